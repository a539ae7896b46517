import type { ComponentChildren } from 'preact';
import type { RankedFiguresFragment, SeveralDocument, SeveralQuery } from '../../generated/graphql';
import { Caveats } from '../components/caveats';
import { NotPublished, PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { sides } from '../components/sides';
import { jobsBasis, monthsBasis, oewsScope, projectionPeriod } from '../format/labels';
import { reasonOf } from '../format/missing';
import { areaInSentence } from '../format/names';
import { count, formatMonths, plural, signedPercent } from '../format/numbers';
import { extremes, lead, orderOfEducation, orderOfExperience, rankText } from './ranks';
import { type Role, rolesOf } from './roles';

// All figures as columns, each with its rank.
export function Overview({ slugs, ...query }: QueryOf<typeof SeveralDocument> & { slugs: string[] }) {
  return (
    <Section
      id="overview"
      title="Overview"
      {...query}
      part={(data) => (rolesOf(data, slugs) ? data : null)}
      empty="No published figures to compare."
    >
      {(data) => <Columns data={data} roles={rolesOf(data, slugs) ?? []} />}
    </Section>
  );
}

function Columns({ data, roles }: { data: SeveralQuery; roles: Role[] }) {
  const area = data.wages?.area;
  const place = area && area.code !== 'US' ? areaInSentence(area.name) : 'nationwide';
  const rankings = [data.wages, data.hourlyWages, data.growth, data.openings, data.jobs];
  const caveats = [...new Set(rankings.flatMap((ranking) => ranking?.caveats ?? []))];
  return (
    <>
      <div class="table">
        <table class="several">
          <caption class="unseen">The roles side by side</caption>
          <thead>
            <tr>
              <td />
              {roles.map((role, its) => (
                <th key={role.slug} scope="col" class={sides[its]}>
                  <a class="role" href={`/occupation/${role.slug}`}>
                    {role.title}
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <RankedRow name="Annual salary" note={`mean, ${place}`} of={data.wages} roles={roles} />
            <RankedRow name="Hourly rate" note={`mean, ${place}`} of={data.hourlyWages} roles={roles} />
            <RankedRow name="Growth" note={periodOf(roles)} of={data.growth} roles={roles} />
            <RankedRow
              name="Openings a year"
              note={`${periodOf(roles)}, replacements included`}
              of={data.openings}
              roles={roles}
            />
            <RankedRow
              name="Jobs"
              note={`wage and salary, ${place}`}
              of={data.jobs}
              roles={roles}
              otherwise={(role) => postings(role)}
            />
            <OrderedRow
              name="Typical entry education"
              roles={roles}
              text={({ education }) => education?.typicalEntry}
              order={({ education }) => orderOfEducation(education?.typicalEntryLevel)}
            />
            <OrderedRow
              name="Typical work experience"
              note="in a related occupation"
              roles={roles}
              text={({ education }) => education?.relatedExperience}
              order={({ education }) => orderOfExperience(education?.relatedExperienceLevel)}
            />
            <OrderedRow
              name="Typical on-the-job training"
              roles={roles}
              text={({ education }) => education?.onTheJobTraining}
              // Lengths of training overlap.
              order={() => null}
            />
            <OrderedRow
              name="Time to become one"
              note={preparation(roles)}
              roles={roles}
              text={({ timeToBecome }) =>
                timeToBecome && formatMonths(timeToBecome.minimumMonths, timeToBecome.maximumMonths)
              }
              order={({ jobZone }) => jobZone}
              small={({ jobZone }) => jobZone && `job zone ${jobZone}`}
            />
            <Row name="Typical age" roles={roles} cell={(role) => <Age of={role} />} />
            <Row
              name="What each does"
              roles={roles}
              cell={({ description }) => description ?? <NotPublished />}
              isProse
            />
          </tbody>
        </table>
      </div>
      <p class="quiet">
        Ranks are tied where the figures do not differ significantly at the 90% level, or by no more than the rounding
        of projections, which have no published errors. {oewsScope}
      </p>
      <Caveats of={caveats} />
    </>
  );
}

// A row, whose cells name their role where a phone shows one below the other.
function Row(props: {
  name: string;
  note?: string | null | undefined;
  roles: Role[];
  cell: (role: Role, place: number) => ComponentChildren;
  isProse?: boolean;
}) {
  return (
    <tr class={props.isProse ? 'prose' : undefined}>
      <th scope="row">
        {props.name}
        {props.note && <small>{props.note}</small>}
      </th>
      {props.roles.map((role, place) => (
        <td key={role.slug} class={sides[place]} data-name={role.title}>
          <div class="cell">{props.cell(role, place)}</div>
        </td>
      ))}
    </tr>
  );
}

// A row of figures with their ranks.
function RankedRow(props: {
  name: string;
  note: string;
  of: RankedFiguresFragment | null;
  roles: Role[];
  // What to show instead of a missing figure.
  otherwise?: (role: Role) => ComponentChildren;
}) {
  const { of, roles, otherwise } = props;
  const entries = new Map(of?.entries.map((entry) => [entry.occupation.slug, entry]));
  return (
    <Row
      name={props.name}
      note={props.note}
      roles={roles}
      cell={(role) => {
        const entry = entries.get(role.slug);
        if (!of || !entry) return <NotPublished />;
        const other = entry.value === null && otherwise?.(role);
        if (other) return other;
        const rank = rankText(of, entry);
        return (
          <>
            <span class="figure">
              {entry.value !== null && of.unit === 'PERCENTAGE_POINTS' ? (
                signedPercent(entry.value)
              ) : (
                <PublishedFigure value={entry.value} unit={of.unit} missing={entry.missing ?? undefined} />
              )}
            </span>
            {rank && <small class={`rank ${lead(entry) ?? ''}`}>{rank}</small>}
          </>
        );
      }}
    />
  );
}

// A row of levels that have an order, with the words for the lowest and the highest.
function OrderedRow(props: {
  name: string;
  note?: string | null;
  roles: Role[];
  text: (role: Role) => string | null | undefined;
  order: (role: Role) => number | null;
  small?: (role: Role) => ComponentChildren;
}) {
  const { roles, text, order, small } = props;
  if (roles.every((role) => !text(role))) return null;
  const words = extremes(roles.map(order));
  return (
    <Row
      name={props.name}
      note={props.note}
      roles={roles}
      cell={(role, place) => {
        const label = text(role);
        if (!label) return <NotPublished />;
        const notes = [small?.(role), words[place]].filter(Boolean);
        return (
          <>
            {breakable(label)}
            {notes.length > 0 && <small>{notes.join('; ')}</small>}
          </>
        );
      }}
    />
  );
}

// "Internship/residency" is too long for a narrow column.
const breakable = (label: string): string => label.replace('/', '/\u200B');

function periodOf(roles: Role[]): string {
  const periods = new Set(roles.flatMap(({ outlook }) => (outlook ? projectionPeriod(outlook) : [])));
  const [period] = periods;
  return periods.size === 1 && period ? period : 'projected; periods differ';
}

function postings({ jobs }: Role): ComponentChildren {
  if (jobs?.basis !== 'OPEN_POSTINGS') return null;
  return (
    <>
      <span class="figure">{count(jobs.count)}</span>
      <small>{jobsBasis(jobs.basis)}; not ranked</small>
    </>
  );
}

function preparation(roles: Role[]): string | null {
  const bases = new Set(roles.flatMap(({ timeToBecome }) => timeToBecome?.basis ?? []));
  const [basis] = bases;
  return bases.size === 1 && basis ? monthsBasis(basis) : null;
}

function Age({ of: { demographics } }: { of: Role }) {
  const [age, measure] =
    demographics?.medianAge != null ? [demographics.medianAge, 'median'] : [demographics?.averageAge, 'mean'];
  if (age == null)
    return <NotPublished reason={demographics ? reasonOf(demographics.missing, 'medianAge') : undefined} />;
  const group = demographics?.publishedFor;
  return (
    <>
      {plural(age, 'year')}
      <small>
        {measure}
        {group && ` of the wider group “${group.name}”`}
      </small>
    </>
  );
}
