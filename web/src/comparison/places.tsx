import type {
  ComparePlacesDocument,
  ComparePlacesQuery,
  MixPartsFragment,
  PlacesPartsFragment,
} from '../../generated/graphql';
import { Section, type Shown } from '../parts/section';
import { type StateGap, StateList, StateMap } from '../parts/state-map';
import { count, percent, signed } from '../words/figures';
import type { Titles } from '../words/verdict';
import { type Address, addressOf } from './address';

type Comparison = NonNullable<ComparePlacesQuery['comparison']>;
type PlacesOf = Shown<typeof ComparePlacesDocument> & { titles: Titles; address: Address };

// Where the answer of the nation holds, and where it turns around.
export function Places({ titles, address, ...shown }: PlacesOf) {
  const link = (area: string) => addressOf({ ...address, area });
  return (
    <Section
      id="places"
      title={`Where ${titles.right} would be paid more`}
      {...shown}
      part={({ comparison }) => (comparison && comparison.states.compared > 0 ? comparison : null)}
      empty="No state has published wages for both roles, so there is nothing to map."
    >
      {(comparison) => {
        const states = gaps(comparison);
        return (
          <>
            <Counts of={comparison.states} places="states and territories" titles={titles} />
            <Legend titles={titles} />
            <StateMap states={states} link={link} />
            <details>
              <summary>All {states.length} states and territories in figures, ranked</summary>
              <StateList states={states} titles={titles} link={link} />
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
  return states.where.nodes.flatMap(({ area, median, mean }) =>
    median.left === null || median.right === null || median.absolute === null
      ? []
      : [
          {
            code: area.code,
            name: area.name,
            left: median.left,
            right: median.right,
            gap: median.absolute,
            clear: mean.verdict === 'SIGNIFICANT',
          },
        ],
  );
}

function Counts({ of, places, titles }: { of: PlacesPartsFragment; places: string; titles: Titles }) {
  return (
    <p class="lead">
      Of {count(of.compared)} {places} where both are published, the median is higher in{' '}
      <b class="right role">{count(of.rightHigher)}</b> for {titles.right} and in{' '}
      <b class="left role">{count(of.leftHigher)}</b> for {titles.left}
      {of.equal > 0 && `; in ${count(of.equal)} it is the same`}.{' '}
      {of.reversal && <strong>That turns the national answer around. </strong>}
      <small class="quiet">
        By the mean, the difference is clear in {count(of.rightSignificant)} for {titles.right} and in{' '}
        {count(of.leftSignificant)} for {titles.left}.
      </small>
    </p>
  );
}

function Legend({ titles }: { titles: Titles }) {
  return (
    <ul class="legend" aria-hidden="true">
      <li class="tile left clear">{titles.left} higher, clear difference</li>
      <li class="tile left unclear">higher, may be chance</li>
      <li class="tile right clear">{titles.right} higher, clear difference</li>
      <li class="tile right unclear">higher, may be chance</li>
      <li class="tile none">not published for both</li>
    </ul>
  );
}

function Mixes({ of, titles }: { of: (MixPartsFragment | null)[]; titles: Titles }) {
  const known = of.filter((mix) => mix !== null);
  if (known.length === 0) return null;
  return (
    <>
      <h3>What the national gap is made of</h3>
      {known.map((mix) => (
        <Mix key={mix.by} of={mix} titles={titles} />
      ))}
    </>
  );
}

function Mix({ of, titles }: { of: MixPartsFragment; titles: Titles }) {
  const [kind, same] = of.by === 'STATE' ? ['states', 'state'] : ['sectors', 'sector'];
  const dollars = (value: number) => signed(Math.round(value), 'DOLLARS_PER_YEAR');
  return (
    <p>
      Of the gap of <b>{dollars(of.total)}</b> between the means of {titles.left} and {titles.right},{' '}
      <b>{dollars(of.mix)}</b> comes from working in other {kind}, and <b>{dollars(of.within)}</b> from other pay within
      the same {same}{' '}
      <small class="quiet">
        ({count(of.cells)} {kind}
        {of.coveragePercent !== null && `, which cover at least ${percent(of.coveragePercent)} of either role’s jobs`}).
      </small>
    </p>
  );
}
