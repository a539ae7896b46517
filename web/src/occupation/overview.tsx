import type { ComponentChildren } from 'preact';
import type { GroupPartsFragment, OccupationOverviewDocument, OccupationOverviewQuery } from '../../generated/graphql';
import { Caveats } from '../components/caveats';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { jobsBasis, monthsBasis, projectionPeriod } from '../format/labels';
import { missingReason, notPublished } from '../format/missing';
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
      lacks={(role) =>
        factsOf(role)
          .flatMap(({ name, value }) => (value === null ? name : []))
          .join(', ')
      }
    >
      {(role) => (
        <>
          <Place of={role} />
          <Facts>
            {factsOf(role).map(
              ({ name, note, value }) =>
                value !== null && (
                  <Fact key={name} name={name} note={note}>
                    {value}
                  </Fact>
                ),
            )}
          </Facts>
          <p>{role.description}</p>
          <Caveats of={role.caveats} />
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

interface Figure {
  name: string;
  note?: ComponentChildren;
  // Null if it is not published, and there is no reason to give.
  value: ComponentChildren;
}

function factsOf({ salary, jobs, outlook, education, timeToBecome, ...of }: Role): Figure[] {
  const wage = (by: 'annual' | 'hourly', measure: 'mean' | 'median') => {
    const missing = salary?.missing.find((one) => one.figure === `${by}.${measure}`);
    const value = salary?.[by]?.[measure] ?? null;
    const unit = by === 'annual' ? 'DOLLARS_PER_YEAR' : 'DOLLARS_PER_HOUR';
    if (value === null && missingReason(missing, unit) === notPublished) return null;
    return <PublishedFigure value={value} unit={unit} missing={missing} />;
  };
  const isHourly = salary?.missing.some((one) => one.figure === 'annual.mean' && one.reason === 'HOURLY_ONLY');
  const growth = outlook?.growthPercent ?? null;
  const openings = outlook?.openingsPerYear ?? null;
  const degree = education?.typicalEntry ? null : (education?.mostCommonDegree ?? null);
  return [
    ...(isHourly
      ? [
          {
            name: 'Hourly rate',
            note: 'mean, United States; no annual wage is published',
            value: wage('hourly', 'mean'),
          },
          { name: 'Median hourly rate', note: 'half earn less', value: wage('hourly', 'median') },
        ]
      : [
          { name: 'Average salary', note: 'annual mean, United States', value: wage('annual', 'mean') },
          { name: 'Median salary', note: 'half earn less', value: wage('annual', 'median') },
          { name: 'Hourly rate', note: 'mean', value: wage('hourly', 'mean') },
        ]),
    { name: 'Jobs', note: jobs && jobsBasis(jobs.basis), value: jobs && count(jobs.count) },
    ...(outlook?.employmentFrom == null
      ? []
      : [
          {
            name: 'All jobs',
            note: `in ${outlook.fromYear}, with the self-employed`,
            value: count(outlook.employmentFrom),
          },
        ]),
    {
      name: 'Growth',
      note: outlook && projectionPeriod(outlook),
      value: growth === null ? null : signedPercent(growth),
    },
    {
      name: 'Annual openings',
      note: 'average, including replacements',
      value: openings === null ? null : count(openings),
    },
    degree === null
      ? { name: 'Entry-level education', note: 'typical', value: education?.typicalEntry ?? null }
      : { name: 'Most common degree', value: degree },
    {
      name: 'Time to become one',
      note: timeToBecome && monthsBasis(timeToBecome.basis),
      value: timeToBecome && formatMonths(timeToBecome.minimumMonths, timeToBecome.maximumMonths),
    },
    {
      name: 'Job zone',
      note: of.jobZone !== null && `${preparation[of.jobZone - 1]} preparation`,
      value: of.jobZone === null ? null : `${of.jobZone} of 5`,
    },
    { name: 'Years of experience', value: of.yearsOfExperience === null ? null : plural(of.yearsOfExperience, 'year') },
    { name: 'Job satisfaction', value: of.jobSatisfaction },
  ];
}
