import type {
  ComparePlacesDocument,
  ComparePlacesQuery,
  MixPartsFragment,
  PlacesPartsFragment,
} from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { type QueryOf, Section } from '../components/section';
import { type StateGap, StateList, StateMap } from '../components/state-map';
import { count, formatDifference, percent } from '../format/numbers';
import { significant, type Titles } from '../format/verdict';
import { type Address, addressOf } from './address';

type Comparison = NonNullable<ComparePlacesQuery['comparison']>;
type PlacesOf = QueryOf<typeof ComparePlacesDocument> & { titles: Titles; address: Address };

// The states and metropolitan areas where the national result holds or reverses.
export function Places({ titles, address, ...query }: PlacesOf) {
  const link = (area: string) => addressOf({ ...address, area });
  return (
    <Section
      id="places"
      title="Pay by state and metropolitan area"
      {...query}
      part={({ comparison }) => (comparison && comparison.states.compared > 0 ? comparison : null)}
      empty="No state has published annual medians, or hourly ones, for both roles."
    >
      {(comparison) => {
        const states = gaps(comparison);
        return (
          <>
            <Counts of={comparison.states} places="states and territories" titles={titles} />
            <Legend titles={titles} />
            <StateMap states={states} unit={comparison.states.unit} link={link} />
            <details class="places">
              <summary>Show all {states.length} states and territories as a table</summary>
              <StateList states={states} unit={comparison.states.unit} titles={titles} link={link} />
            </details>
            {comparison.metros.compared > 0 && (
              <Counts of={comparison.metros} places="metropolitan areas" titles={titles} />
            )}
            <Mixes of={[comparison.decomposition, comparison.bySector]} titles={titles} />
          </>
        );
      }}
    </Section>
  );
}

function gaps({ states }: Comparison): StateGap[] {
  return nodesOf(states.areas).flatMap(({ area, median, mean }) =>
    median.left === null || median.right === null || median.absolute === null
      ? []
      : [
          {
            code: area.code,
            name: area.name,
            left: median.left,
            right: median.right,
            gap: median.absolute,
            // The mean is what is tested. Its difference can have the opposite sign of the median's.
            clear: mean.verdict === 'SIGNIFICANT' && mean.higher === (median.absolute > 0 ? 'LEFT' : 'RIGHT'),
          },
        ],
  );
}

function Counts({ of, places, titles }: { of: PlacesPartsFragment; places: string; titles: Titles }) {
  return (
    <p class="lead">
      Of {count(of.compared)} {places} with published medians for both, the median{' '}
      {of.unit === 'DOLLARS_PER_HOUR' ? 'hourly' : 'annual'} wage is higher for {titles.right} in{' '}
      <b class="right role">{count(of.rightHigher)}</b> and for {titles.left} in{' '}
      <b class="left role">{count(of.leftHigher)}</b>
      {of.equal > 0 && `, and the same in ${count(of.equal)}`}.{' '}
      {of.reversal && <strong>This reverses the national result. </strong>}
      {of.tested > 0 && (
        <small class="quiet">
          The difference in means is {significant} for {titles.right} in {count(of.rightSignificant)} and for{' '}
          {titles.left} in {count(of.leftSignificant)} of {count(of.tested)} tested; chance alone would make{' '}
          {count(of.expectedByChance)} significant. If at most 10% may be false (Benjamini–Hochberg),{' '}
          {count(of.rightSignificantAdjusted)} and {count(of.leftSignificantAdjusted)} remain.
        </small>
      )}
    </p>
  );
}

const notConfirmed = 'not confirmed by the mean';

function Legend({ titles }: { titles: Titles }) {
  return (
    <ul class="legend" aria-hidden="true">
      <li class="tile left clear">{titles.left}: median higher, and mean significantly higher</li>
      <li class="tile left unclear">
        {titles.left}: median higher, {notConfirmed}
      </li>
      <li class="tile right clear">{titles.right}: median higher, and mean significantly higher</li>
      <li class="tile right unclear">
        {titles.right}: median higher, {notConfirmed}
      </li>
      <li class="tile none">not published for both</li>
    </ul>
  );
}

function Mixes({ of, titles }: { of: (MixPartsFragment | null)[]; titles: Titles }) {
  const known = of.filter((mix) => mix !== null);
  if (known.length === 0) return null;
  return (
    <>
      <h3>What the difference is made of</h3>
      {known.map((mix) => (
        <Mix key={mix.by} of={mix} titles={titles} />
      ))}
    </>
  );
}

// The parts alone: the national difference is in the salary section, and the sum of the parts can differ from it.
function Mix({ of, titles }: { of: MixPartsFragment; titles: Titles }) {
  const [kind, same] = of.by === 'STATE' ? ['states', 'state'] : ['sectors', 'sector'];
  if (of.mix === null || of.within === null) {
    return (
      <p class="quiet">
        By {same}: too few jobs are in {kind} with published figures for both (
        {coverage(of.leftCoveragePercent, titles.left)}, {coverage(of.rightCoveragePercent, titles.right)}).
      </p>
    );
  }
  const dollars = (value: number) => formatDifference(Math.round(value), 'DOLLARS_PER_YEAR');
  return (
    <p>
      By {same}: of the difference in means, {titles.left} minus {titles.right}, <b>{dollars(of.mix)}</b> comes from
      working in different {kind} and <b>{dollars(of.within)}</b> from different pay within the same {same}{' '}
      <small class="quiet">
        ({count(of.cells)} {kind}
        {of.coveragePercent !== null && `, covering at least ${percent(of.coveragePercent)} of each role’s jobs`}).
      </small>
    </p>
  );
}

const coverage = (covered: number | null, title: string): string =>
  `${covered === null ? 'an unknown share' : percent(covered)} of the jobs of ${title}`;
