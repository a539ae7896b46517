import type { ComparedRoleFragment, CompareOverviewDocument } from '../../generated/graphql';
import { Difference, DifferenceRow, RoleTable, Row } from '../parts/difference-table';
import { Section, type Shown } from '../parts/section';
import { count, span } from '../words/figures';
import type { Titles } from '../words/verdict';
import { degree } from './degree';

type OverviewOf = Shown<typeof CompareOverviewDocument>;

const nothing = 'Nobody publishes figures that could be compared here.';

export function Summary(shown: OverviewOf) {
  return (
    <Section id="summary" title="In short" {...shown} part={(data) => data.comparison} cites={cited} empty={nothing}>
      {({ summary, caveats }) => (
        <>
          <ul class="summary">
            {summary.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {caveats.length > 0 && (
            <details class="caveats-box">
              <summary>What to know about these figures ({caveats.length})</summary>
              <ul class="caveats">
                {caveats.map((caveat) => (
                  <li key={caveat}>{caveat}</li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </Section>
  );
}

export function Overview({ titles, ...shown }: OverviewOf & { titles: Titles }) {
  return (
    <Section id="overview" title="Overview" {...shown} part={(data) => data.comparison} cites={cited} empty={nothing}>
      {({ area, left, right, salary, growth, jobs, yearsOfExperience, timeToBecome, demographics }) => (
        <RoleTable caption="The two roles side by side" titles={titles}>
          <DifferenceRow
            name={
              <>
                Yearly salary<small>mean, {area.name}</small>
              </>
            }
            of={salary?.annualMean}
            titles={titles}
          />
          <DifferenceRow
            name={
              <>
                Hourly rate<small>mean</small>
              </>
            }
            of={salary?.hourlyMean}
            titles={titles}
          />
          <DifferenceRow
            name={
              <>
                Growth rate<small>{period(left, right)}</small>
              </>
            }
            of={growth}
            titles={titles}
          />
          {jobs ? (
            <DifferenceRow
              name={
                <>
                  Number of jobs<small>{basis(left)}</small>
                </>
              }
              of={jobs}
              titles={titles}
            />
          ) : (
            <Row name="Number of jobs" left={counted(left)} right={counted(right)} difference="counted differently" />
          )}
          <Row
            name="Job satisfaction"
            left={left.jobSatisfaction}
            right={right.jobSatisfaction}
            difference="nobody publishes it"
          />
          <Row
            name="Most common degree"
            left={degree(left)}
            right={degree(right)}
            difference={degreesApart(left, right)}
          />
          <DifferenceRow name={ageName(left, right)} of={demographics?.age} titles={titles} otherwise="not published" />
          <DifferenceRow
            name="Years of experience"
            of={yearsOfExperience}
            titles={titles}
            otherwise="nobody publishes it"
          />
          <Row
            name={
              <>
                Time to become one<small>compared by midpoints</small>
              </>
            }
            left={months(left)}
            right={months(right)}
            difference={timeToBecome ? <Difference of={timeToBecome} titles={titles} /> : 'not published'}
          />
        </RoleTable>
      )}
    </Section>
  );
}

export function Roles(shown: OverviewOf) {
  return (
    <Section
      id="roles"
      title="What each does"
      {...shown}
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
      <p>
        {of.description ?? (
          <span class="missing">
            No description is stored: O*NET’s own sentences can be imported and are not part of the embedded data.
          </span>
        )}
      </p>
    </div>
  );
}

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

function period(...roles: ComparedRoleFragment[]): string {
  const outlook = roles.map((role) => role.outlook).find((one) => one?.fromYear);
  return outlook ? `projected, ${outlook.fromYear}–${outlook.toYear}` : 'projected; the source gives no period';
}

function basis(role: ComparedRoleFragment): string {
  return role.jobs?.basis === 'OPEN_POSTINGS' ? 'open postings' : 'people employed, nationwide';
}

function counted(role: ComparedRoleFragment): string | null {
  return role.jobs && `${count(role.jobs.count)} ${basis(role)}`;
}

function degreesApart(left: ComparedRoleFragment, right: ComparedRoleFragment): string {
  const [one, other] = [left.education?.mostCommonDegree, right.education?.mostCommonDegree];
  if (!one || !other) return 'nothing to compare';
  // Publishers write the same degree in letters of either case.
  return one.toLowerCase() === other.toLowerCase() ? 'the same degree' : 'another degree';
}

function ageName(left: ComparedRoleFragment, right: ComparedRoleFragment): string {
  const medians = left.demographics?.medianAge ?? right.demographics?.medianAge;
  return medians && !left.demographics?.averageAge && !right.demographics?.averageAge ? 'Median age' : 'Average age';
}

function months({ timeToBecome }: ComparedRoleFragment): string | null {
  return timeToBecome && span(timeToBecome.minimumMonths, timeToBecome.maximumMonths);
}
