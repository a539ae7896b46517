import type { GroupPartsFragment, OccupationOverviewDocument, OccupationOverviewQuery } from '../../generated/graphql';
import { Figure } from '../parts/figure';
import { Section, type Shown } from '../parts/section';
import { count, plural, signedPercent, span } from '../words/figures';
import { Fact, Facts } from './facts';

type Role = NonNullable<OccupationOverviewQuery['occupation']>;

// O*NET's words for its five zones.
const preparation = ['little or no', 'some', 'medium', 'considerable', 'extensive'];

export function Overview(shown: Shown<typeof OccupationOverviewDocument>) {
  return (
    <Section
      id="overview"
      title="At a glance"
      {...shown}
      part={(data) => data.occupation}
      empty="There is no such role."
    >
      {(role) => (
        <>
          <Place of={role} />
          <Description of={role} />
          <KeyFigures of={role} />
          {role.caveats.length > 0 && (
            <>
              <h3>What to know about these figures</h3>
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

// What kind of role it is, and where it stands among the others.
function Place({ of }: { of: Role }) {
  const groups = [of.group, of.group.parent, of.group.parent?.parent].filter((group) => group != null);
  const major = groups.find((group) => group.level === 'MAJOR');
  return (
    <p class="quiet">
      {of.kind === 'ROLE' ? 'A job title' : `SOC occupation ${of.code}`}
      {of.broader && (
        <>
          {' '}
          under <a href={`/occupation/${of.broader.slug}`}>{of.broader.title}</a>, whose figures it does not borrow
        </>
      )}
      {major && <Group of={major} />}.
    </p>
  );
}

function Group({ of: { code, title } }: { of: GroupPartsFragment }) {
  return (
    <>
      , one of the <a href={`/#group-${code}`}>{title}</a>
    </>
  );
}

function Description({ of: { description } }: { of: Role }) {
  if (description) return <p>{description}</p>;
  return (
    <p class="missing">
      No description is stored: O*NET’s own sentences can be imported and are not part of the embedded data.
    </p>
  );
}

function KeyFigures({ of }: { of: Role }) {
  const { salary, jobs, outlook, education, timeToBecome } = of;
  const missing = (figure: string) => salary?.missing.find((one) => one.figure === figure);
  return (
    <Facts>
      <Fact name="Average salary" note="mean, a year, United States">
        <Figure value={salary?.annual?.mean ?? null} unit="DOLLARS_PER_YEAR" missing={missing('annual.mean')} />
      </Fact>
      <Fact name="Median salary" note="half earn less">
        <Figure value={salary?.annual?.median ?? null} unit="DOLLARS_PER_YEAR" missing={missing('annual.median')} />
      </Fact>
      <Fact name="Hourly rate" note="mean">
        <Figure value={salary?.hourly?.mean ?? null} unit="DOLLARS_PER_HOUR" missing={missing('hourly.mean')} />
      </Fact>
      <Fact
        name="Jobs"
        note={
          jobs &&
          (jobs.basis === 'EMPLOYED' ? 'people employed, nationwide' : 'open postings, which are not people employed')
        }
      >
        {jobs && count(jobs.count)}
      </Fact>
      <Fact name="Growth" note={outlook && period(outlook)}>
        {outlook && outlook.growthPercent !== null ? signedPercent(outlook.growthPercent) : null}
      </Fact>
      <Fact name="Openings a year" note={outlook?.openingsPerYear != null && 'on average, replacements included'}>
        {outlook?.openingsPerYear != null ? count(outlook.openingsPerYear) : null}
      </Fact>
      {education?.typicalEntry || !education?.mostCommonDegree ? (
        <Fact name="Education to enter" note="typically needed">
          {education?.typicalEntry}
        </Fact>
      ) : (
        <Fact name="Most common degree">{education.mostCommonDegree}</Fact>
      )}
      <Fact name="Time to become one">
        {timeToBecome && span(timeToBecome.minimumMonths, timeToBecome.maximumMonths)}
      </Fact>
      <Fact name="Job zone" note={of.jobZone !== null && `${preparation[of.jobZone - 1]} preparation`}>
        {of.jobZone !== null ? `${of.jobZone} of 5` : null}
      </Fact>
      <Fact name="Years of experience">
        {of.yearsOfExperience !== null ? plural(of.yearsOfExperience, 'year') : null}
      </Fact>
      <Fact name="Job satisfaction">{of.jobSatisfaction ?? <span class="missing">nobody publishes it</span>}</Fact>
    </Facts>
  );
}

function period({ fromYear, toYear }: { fromYear: number | null; toYear: number | null }): string {
  return fromYear && toYear ? `projected, ${fromYear}–${toYear}` : 'projected; the source gives no period';
}
