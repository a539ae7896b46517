import type {
  ComparedRoleFragment,
  CompareOverviewDocument,
  CompareOverviewQuery,
  HigherSide,
} from '../../generated/graphql';
import { Caveats } from '../components/caveats';
import { Difference, DifferenceRow, RoleTable, Row } from '../components/difference-table';
import { NotPublished } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { jobsBasis, monthsBasis, projectionPeriod } from '../format/labels';
import { count, formatMonths } from '../format/numbers';
import type { Titles } from '../format/verdict';
import { AgeRow } from './age';
import { mostCommonDegree } from './degree';

type Comparison = NonNullable<CompareOverviewQuery['comparison']>;
type OverviewOf = QueryOf<typeof CompareOverviewDocument>;

const nothing = 'No published figures to compare.';

export function Summary(query: OverviewOf) {
  return (
    <Section
      id="summary"
      title="Summary"
      {...query}
      part={(data) => data.comparison}
      cites={citedUnlessSame}
      empty={nothing}
    >
      {({ summary, caveats, left, right }) => (
        <>
          <ul class="summary">
            {summary.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {left.slug !== right.slug && <Caveats of={caveats} />}
        </>
      )}
    </Section>
  );
}

export function Overview({ titles, ...query }: OverviewOf & { titles: Titles }) {
  return (
    <Section
      id="overview"
      title="Overview"
      {...query}
      part={(data) => data.comparison}
      cites={cited}
      lacks={(comparison) => lacking(comparison).join(', ')}
      empty={nothing}
    >
      {({
        area,
        left,
        right,
        salary,
        growth,
        jobs,
        openings,
        entry,
        yearsOfExperience,
        timeToBecome,
        jobZone,
        education,
        demographics,
      }) => {
        const lacks = lacking({ left, right, yearsOfExperience });
        const periods = periodsOf(left, right);
        return (
          <RoleTable caption="The two roles side by side" titles={titles}>
            <DifferenceRow
              name={
                <>
                  Annual salary<small>mean, {area.name}</small>
                </>
              }
              of={salary?.annualMean}
              repeated
              titles={titles}
            />
            <DifferenceRow
              name={
                <>
                  Hourly rate<small>mean</small>
                </>
              }
              of={salary?.hourlyMean}
              repeated
              titles={titles}
            />
            <DifferenceRow
              name={
                <>
                  Growth rate
                  <small>{periods.left === periods.right ? periods.left : 'projected; periods differ'}</small>
                </>
              }
              of={growth}
              repeated
              titles={titles}
              labels={periods.left === periods.right ? undefined : periods}
            />
            {jobs ? (
              <DifferenceRow
                name={
                  <>
                    Number of jobs<small>{basis(left)}</small>
                  </>
                }
                of={jobs}
                repeated
                titles={titles}
              />
            ) : (
              <Row
                name="Number of jobs"
                left={counted(left)}
                right={counted(right)}
                difference="not comparable: counted differently"
              />
            )}
            {openings && (
              <DifferenceRow
                name={
                  <>
                    Openings a year
                    <small>
                      {periods.left === periods.right ? periods.left : 'projected; periods differ'}, replacements
                      included
                    </small>
                  </>
                }
                of={openings}
                repeated
                titles={titles}
                labels={periods.left === periods.right ? undefined : periods}
              />
            )}
            {!lacks.includes('Job satisfaction') && (
              <Row
                name="Job satisfaction"
                left={left.jobSatisfaction}
                right={right.jobSatisfaction}
                difference="not available"
              />
            )}
            <Row
              name="Most common degree"
              left={<Degree of={left} />}
              right={<Degree of={right} />}
              difference={degreesApart(left, right, education?.mostCommonDegree.same ?? null)}
              repeated
            />
            <EntryRow name="Typical entry education" of={entry.education} titles={titles} more="more education" />
            <EntryRow
              name="Typical work experience"
              note="in a related occupation"
              of={entry.experience}
              titles={titles}
              more="more experience"
            />
            <EntryRow
              name="Typical on-the-job training"
              of={entry.training}
              titles={titles}
              more="longer training"
              unordered={entry.note}
            />
            <AgeRow of={demographics?.age} titles={titles} left={left} right={right} repeated />
            {!lacks.includes('Years of experience') && (
              <DifferenceRow name="Years of experience" of={yearsOfExperience} titles={titles} />
            )}
            <Row
              name={
                timeToBecome ? (
                  'Time to become one'
                ) : (
                  <>
                    Time to become one<small>{trainingNote(left, right)}</small>
                  </>
                )
              }
              left={months(left, jobZone?.left)}
              right={months(right, jobZone?.right)}
              difference={timeToBecome ? <Difference of={timeToBecome} titles={titles} /> : zonesApart(jobZone, titles)}
              repeated={!timeToBecome && left.timeToBecome !== null && right.timeToBecome !== null}
            />
          </RoleTable>
        );
      }}
    </Section>
  );
}

export function Roles(query: OverviewOf) {
  return (
    <Section
      id="roles"
      title="What each does"
      {...query}
      part={(data) => data.comparison}
      cites={({ left, right }) => [left.descriptionSource, right.descriptionSource]}
      empty={nothing}
    >
      {({ left, right }) => (
        <div class="pair">
          <Role of={left} side="left" />
          <Role of={right} side="right" />
        </div>
      )}
    </Section>
  );
}

function Role({ of, side }: { of: ComparedRoleFragment; side: 'left' | 'right' }) {
  return (
    <div>
      <h3 class={side}>
        <a class="role" href={`/occupation/${of.slug}`}>
          {of.title}
        </a>
      </h3>
      <p class="quiet">
        {of.kind === 'ROLE' ? 'A job title' : `Occupation ${of.code} of the Standard Occupational Classification`}
        {of.broader && (
          <>
            {' '}
            under <a href={`/occupation/${of.broader.slug}`}>{of.broader.title}</a>
          </>
        )}
      </p>
      <p>{of.description}</p>
      <p class="quiet ways">
        <a href={`/occupation/${of.slug}#related`}>
          Related roles<span class="unseen"> of {of.title}</span>
        </a>{' '}
        ·{' '}
        <a href={`/occupation/${of.slug}#names`}>
          Other titles<span class="unseen"> of {of.title}</span>
        </a>
      </p>
    </div>
  );
}

// A summary of one role on both sides has no figures.
const citedUnlessSame = (comparison: Comparison): unknown =>
  comparison.left.slug === comparison.right.slug ? [] : cited(comparison);

function cited({ left, right, ...differences }: { left: ComparedRoleFragment; right: ComparedRoleFragment }): unknown {
  const used = ({ jobs, outlook, education, demographics, timeToBecome }: ComparedRoleFragment) => [
    jobs,
    outlook,
    education,
    demographics,
    timeToBecome,
  ];
  return [differences, used(left), used(right)];
}

// The rows without a figure of either side, which are left out of the table.
function lacking({ left, right, yearsOfExperience }: Pick<Comparison, 'left' | 'right' | 'yearsOfExperience'>) {
  return [
    left.jobSatisfaction === null && right.jobSatisfaction === null && 'Job satisfaction',
    yearsOfExperience === null && 'Years of experience',
  ].filter((name) => name !== false);
}

// The period of each side's growth rate. A side without a rate has the other side's.
function periodsOf(left: ComparedRoleFragment, right: ComparedRoleFragment): Titles {
  const [one, other] = [left.outlook ?? right.outlook, right.outlook ?? left.outlook];
  const unknown = { fromYear: null, toYear: null };
  return { left: projectionPeriod(one ?? unknown), right: projectionPeriod(other ?? unknown) };
}

function basis(role: ComparedRoleFragment): string {
  return jobsBasis(role.jobs?.basis ?? 'WAGE_AND_SALARY');
}

function counted(role: ComparedRoleFragment): string | null {
  return role.jobs && `${count(role.jobs.count)} ${basis(role)}`;
}

function Degree({ of }: { of: ComparedRoleFragment }) {
  const [degree, group] = [mostCommonDegree(of), of.education?.degreesPublishedFor];
  if (!degree) return <NotPublished />;
  return (
    <>
      {degree}
      {group && <small>of the wider group “{group.name}”</small>}
    </>
  );
}

function degreesApart(left: ComparedRoleFragment, right: ComparedRoleFragment, same: boolean | null): string {
  if (same !== null) return same ? 'same degree' : 'different degree';
  const bothKnown = left.education?.mostCommonDegree && right.education?.mostCommonDegree;
  return bothKnown ? 'not compared: one wider group' : 'not available';
}

function months({ timeToBecome }: ComparedRoleFragment, zone: number | null | undefined) {
  if (!timeToBecome) return null;
  return (
    <>
      {formatMonths(timeToBecome.minimumMonths, timeToBecome.maximumMonths)}
      {zone != null && <small>job zone {zone}</small>}
    </>
  );
}

const trainingNote = (left: ComparedRoleFragment, right: ComparedRoleFragment): string | null => {
  const basis = (left.timeToBecome ?? right.timeToBecome)?.basis;
  return basis ? monthsBasis(basis) : null;
};

// A requirement of the Employment Projections, and the role that needs more of it.
function EntryRow(props: {
  name: string;
  note?: string;
  of: { left: string | null; right: string | null; needsMore: HigherSide | null };
  titles: Titles;
  more: string;
  // Why two published labels may have no order.
  unordered?: string;
}) {
  const { name, note, of, titles, more, unordered } = props;
  // The job titles of the published comparison page have none.
  if (of.left === null && of.right === null) return null;
  const bothKnown = of.left !== null && of.right !== null;
  return (
    <Row
      name={
        <>
          {name}
          {note && <small>{note}</small>}
        </>
      }
      left={of.left && breakable(of.left)}
      right={of.right && breakable(of.right)}
      difference={
        bothKnown && of.needsMore === null ? (
          <span title={unordered}>not ordered: lengths overlap</span>
        ) : (
          needsMore(of.needsMore, titles, { more, same: 'same' })
        )
      }
      repeated
    />
  );
}

// "Internship/residency" is too long for a column of a phone.
const breakable = (label: string): string => label.replace('/', '/\u200B');

// Compares the zones, because the months of a zone are the same for all its occupations.
function zonesApart(zones: Comparison['jobZone'], titles: Titles): string {
  return needsMore(zones?.needsMore, titles, { more: 'more preparation', same: 'same job zone' });
}

function needsMore(side: HigherSide | null | undefined, titles: Titles, words: { more: string; same: string }): string {
  switch (side) {
    case 'EQUAL':
      return words.same;
    case 'LEFT':
      return `${titles.left}: ${words.more}`;
    case 'RIGHT':
      return `${titles.right}: ${words.more}`;
    default:
      return 'not available';
  }
}
