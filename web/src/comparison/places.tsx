import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComparePlacesDocument, MixPartsFragment, PlacesPartsFragment, Unit } from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { type Gap, gapsOf } from '../components/charts/gaps';
import { Near } from '../components/near';
import { type QueryOf, Section } from '../components/section';
import { placesAnswer } from '../format/answers';
import { count, formatDifference, percent } from '../format/numbers';
import { significant, type Titles } from '../format/verdict';
import { type Address, addressOf } from './address';
import { PlaceFigures } from './place-figures';
import { PlaceList } from './place-list';

type PlacesOf = QueryOf<typeof ComparePlacesDocument> & {
  titles: Titles;
  address: Address;
  move: (part: Partial<Address>) => void;
};

const map = () => import('../components/charts/state-map');

// The states and metropolitan areas where the national result holds or reverses.
export function Places({ titles, address, move, ...query }: PlacesOf) {
  const link = (area: string) => addressOf({ ...address, area, place: '' });
  return (
    <Section
      id="places"
      title="Pay by state and metropolitan area"
      opened={address.place !== ''}
      {...query}
      part={({ comparison }) => (comparison && comparison.states.compared > 0 ? comparison : null)}
      answer={({ states }) => placesAnswer(states, titles)}
      empty="No state has published annual medians, or hourly ones, for both roles."
    >
      {({ states: { unit, ...of }, metros, decomposition, bySector }) => {
        const states = gapsOf(nodesOf(of.areas));
        return (
          <>
            <Counts of={{ unit, ...of }} places="states and territories" titles={titles} />
            <Mapped {...{ states, unit, titles, link }} chosen={address.place} choose={(place) => move({ place })} />
            {metros.compared > 0 && <Counts of={metros} places="metropolitan areas" titles={titles} />}
            <PlaceList
              metros={metros.compared}
              metroUnit={metros.unit}
              roles={query.variables}
              {...{ states, unit, titles, link }}
            />
            <Mixes of={[decomposition, bySector]} titles={titles} />
          </>
        );
      }}
    </Section>
  );
}

// The map and the figures of the state that is pointed at, or else of the chosen one.
function Mapped(props: {
  states: Gap[];
  unit: Unit;
  titles: Titles;
  link: (code: string) => string;
  chosen: string;
  choose: (code: string) => void;
}) {
  const { states, unit, titles, link, chosen, choose } = props;
  const place = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const [shown, picked] = [pointed ?? chosen, chosen].map((code) => states.find((state) => state.code === code));
  // The figures of a state that is closed or left by the back button go, also if it has the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice ends the pointing.
  useEffect(() => setPointed(null), [chosen]);
  const close = () => {
    place.current?.querySelector<SVGElement>(`[data-code="${chosen}"]`)?.focus();
    setPointed(null);
    if (chosen !== '') choose('');
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from everywhere in it.
    <div ref={place} class="mapped" onKeyDown={(event) => event.key === 'Escape' && close()}>
      <Near load={map} class="states">
        {({ MapKey, StateMap }) => (
          <>
            <MapKey {...{ states, titles }} />
            <StateMap {...{ states, unit, titles, chosen, choose }} point={setPointed} />
          </>
        )}
      </Near>
      <div class="figures">
        {shown ? (
          <PlaceFigures of={shown} link={link(shown.code)} {...{ unit, titles }} {...(shown === picked && { close })} />
        ) : (
          <p class="quiet">Point at a state or tap it to see its figures.</p>
        )}
      </div>
    </div>
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
