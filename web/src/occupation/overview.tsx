import type { GroupPartsFragment, OccupationOverviewDocument, OccupationOverviewQuery } from '../../generated/graphql';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { jobsBasis, monthsBasis, projectionPeriod } from '../format/labels';
import { count, formatMonths, plural, signedPercent } from '../format/numbers';
import { Fact, Facts } from './facts';

type Role = NonNullable<OccupationOverviewQuery['occupation']>;

// O*NET's terms for its five job zones.
const preparation = ['little or no', 'some', 'medium', 'considerable', 'extensive'];

export function Overview(query: QueryOf<typeof OccupationOverviewDocument>) {
  return (
    <Section
      id="overview"
      title="At a glance"
      opened
      {...query}
      part={(data) => data.occupation}
      empty="This role does not exist."
    >
      {(role) => (
        <>
          <Place of={role} />
          <p>{role.description}</p>
          <KeyFigures of={role} />
          {role.caveats.length > 0 && (
            <>
              <h3>Notes on these figures</h3>
              <ul class="caveats">
                {role.caveats.map((caveat) => (
                  <li key={caveat}>{caveat}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Section>
  );
}

// The kind of role and its major group.
function Place({ of }: { of: Role }) {
  const groups = [of.group, of.group.parent, of.group.parent?.parent].filter((group) => group != null);
  const major = groups.find((group) => group.level === 'MAJOR');
  return (
    <p class="quiet">
      {of.kind === 'ROLE' ? 'A job title' : `SOC occupation ${of.code}`}
      {of.broader && (
        <>
          {' '}
          under <a href={`/occupation/${of.broader.slug}`}>{of.broader.title}</a>; its figures are its own
        </>
      )}
      {major && <Group of={major} />}.
    </p>
  );
}

function Group({ of: { code, title } }: { of: GroupPartsFragment }) {
  return (
    <>
      {' '}
      in <a href={`/#group-${code}`}>{title}</a>
    </>
  );
}

function KeyFigures({ of }: { of: Role }) {
  const { salary, jobs, outlook, education, timeToBecome } = of;
  const missing = (figure: string) => salary?.missing.find((one) => one.figure === figure);
  return (
    <Facts>
      <Fact name="Average salary" note="annual mean, United States">
        <PublishedFigure
          value={salary?.annual?.mean ?? null}
          unit="DOLLARS_PER_YEAR"
          missing={missing('annual.mean')}
        />
      </Fact>
      <Fact name="Median salary" note="half earn less">
        <PublishedFigure
          value={salary?.annual?.median ?? null}
          unit="DOLLARS_PER_YEAR"
          missing={missing('annual.median')}
        />
      </Fact>
      <Fact name="Hourly rate" note="mean">
        <PublishedFigure
          value={salary?.hourly?.mean ?? null}
          unit="DOLLARS_PER_HOUR"
          missing={missing('hourly.mean')}
        />
      </Fact>
      <Fact name="Jobs" note={jobs && jobsBasis(jobs.basis)}>
        {jobs && count(jobs.count)}
      </Fact>
      {outlook?.employmentFrom != null && (
        <Fact name="All jobs" note={`in ${outlook.fromYear}, with the self-employed`}>
          {count(outlook.employmentFrom)}
        </Fact>
      )}
      <Fact name="Growth" note={outlook && projectionPeriod(outlook)}>
        {outlook && outlook.growthPercent !== null ? signedPercent(outlook.growthPercent) : null}
      </Fact>
      <Fact name="Annual openings" note={outlook?.openingsPerYear != null && 'average, including replacements'}>
        {outlook?.openingsPerYear != null ? count(outlook.openingsPerYear) : null}
      </Fact>
      {education?.typicalEntry || !education?.mostCommonDegree ? (
        <Fact name="Entry-level education" note="typical">
          {education?.typicalEntry}
        </Fact>
      ) : (
        <Fact name="Most common degree">{education.mostCommonDegree}</Fact>
      )}
      <Fact name="Time to become one" note={timeToBecome && monthsBasis(timeToBecome.basis)}>
        {timeToBecome && formatMonths(timeToBecome.minimumMonths, timeToBecome.maximumMonths)}
      </Fact>
      <Fact name="Job zone" note={of.jobZone !== null && `${preparation[of.jobZone - 1]} preparation`}>
        {of.jobZone !== null ? `${of.jobZone} of 5` : null}
      </Fact>
      <Fact name="Years of experience">
        {of.yearsOfExperience !== null ? plural(of.yearsOfExperience, 'year') : null}
      </Fact>
      <Fact name="Job satisfaction">{of.jobSatisfaction}</Fact>
    </Facts>
  );
}
