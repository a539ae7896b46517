import { useId, useState } from 'preact/hooks';
import { CompareMetrosDocument, type Unit } from '../../generated/graphql';
import { usePages } from '../api/use-pages';
import { type Gap, gapsOf, type Look, type Order, ranked } from '../components/charts/gaps';
import { type DumbbellRow, Dumbbells } from '../components/dumbbells';
import { FindInput } from '../components/find-input';
import { Segments } from '../components/segments';
import { Waiting } from '../components/waiting';
import { count, formatDifference, formatFigure, plural } from '../format/numbers';
import type { Titles } from '../format/verdict';

type Kind = 'STATE' | 'METRO';

const first = 10;

// All states or all metropolitan areas, ranked. The metropolitan areas are loaded once
// they are chosen.
export function PlaceList(props: {
  states: Gap[];
  // Numbers of metropolitan areas with both medians.
  metros: number;
  metroUnit: Unit;
  unit: Unit;
  titles: Titles;
  roles: { left: string; right: string };
  link: (code: string) => string;
}) {
  const { states, titles, roles, link } = props;
  const [kind, setKind] = useState<Kind>('STATE');
  const [order, setOrder] = useState<Order>('LEFT_LEADS');
  const [text, setText] = useState('');
  const metros = usePages(
    {
      document: CompareMetrosDocument,
      variables: { ...roles, after: null },
      pageOf: ({ comparison }) => comparison?.places.areas,
    },
    kind === 'METRO',
  );
  const id = useId();
  const orders: [Order, string][] = [
    ['LEFT_LEADS', `Largest lead of ${titles.left}`],
    ['RIGHT_LEADS', `Largest lead of ${titles.right}`],
    ['LEFT', `Highest median of ${titles.left}`],
    ['RIGHT', `Highest median of ${titles.right}`],
    ['NAME', 'Name'],
  ];
  return (
    <div class={`place-list ${kind === 'STATE' ? 'states' : ''}`}>
      <h3>Every place, ranked</h3>
      <div class="controls">
        {props.metros > 0 && (
          <Segments
            legend="Places"
            options={[
              ['STATE', `States (${states.length})`],
              ['METRO', `Metropolitan areas (${props.metros})`],
            ]}
            value={kind}
            choose={setKind}
          />
        )}
        <label for={id}>
          Sort by
          <select id={id} value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
            {orders.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <FindInput what="place" text={text} setText={setText} />
      </div>
      {kind === 'STATE' && <Ranked key={kind} places={states} unit={props.unit} {...{ order, text, titles, link }} />}
      {kind === 'METRO' && <Waiting for={metros} />}
      {kind === 'METRO' && metros.status === 'loaded' && (
        <Ranked key={kind} places={gapsOf(metros.nodes)} unit={props.metroUnit} {...{ order, text, titles, link }} />
      )}
      <Printed places={ranked(states, order, '')} unit={props.unit} titles={titles} />
    </div>
  );
}

// All states, on paper only, which has no button that shows them.
function Printed({ places, unit, titles }: { places: Gap[]; unit: Unit; titles: Titles }) {
  return (
    <div class="printed">
      <div class="quiet">
        Median {unit === 'DOLLARS_PER_HOUR' ? 'hourly' : 'annual'} wages of <b class="left role">{titles.left}</b> and{' '}
        <b class="right role">{titles.right}</b>, and the first minus the second. *{notes.UNSURE}. †{notes.DISAGREE}.
      </div>
      <ul class="printed-places">
        {places.map(({ code, left, right, gap, look }) => (
          <li key={code}>
            <b>
              {code}
              {marks[look]}
            </b>
            <span class="left">{formatFigure(left, unit)}</span>
            <span class="right">{formatFigure(right, unit)}</span>
            <span>{formatDifference(gap, unit)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

// The first places of an order, and a button that shows the others.
function Ranked(props: {
  places: Gap[];
  unit: Unit;
  order: Order;
  text: string;
  titles: Titles;
  link: (code: string) => string;
}) {
  const { places, unit, order, text, titles, link } = props;
  const [all, setAll] = useState(false);
  const found = ranked(places, order, text);
  const folded = !all && text.trim() === '' && found.length > first;
  const rows = (folded ? found.slice(0, first) : found).map((place) => rowOf(place, link));
  return (
    <>
      <p class="unseen" role="status">
        {plural(found.length, 'place')}
      </p>
      {found.length === 0 ? (
        <p class="empty">No place with published medians of both has this name.</p>
      ) : (
        <Dumbbells
          caption={<span class="quiet">Median {unit === 'DOLLARS_PER_HOUR' ? 'hourly' : 'annual'} wages</span>}
          heading="Place"
          titles={titles}
          rows={rows}
          format={(wage) => formatFigure(wage, unit)}
        />
      )}
      {(folded || all) && (
        <button type="button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${count(found.length)}`}
        </button>
      )}
    </>
  );
}

const notes: Record<Look, string> = {
  SURE: '',
  UNSURE: 'difference not clear',
  DISAGREE: 'median and mean disagree',
  EQUAL: '',
};

// Of the notes, on paper.
const marks: Record<Look, string> = { SURE: '', UNSURE: '*', DISAGREE: '†', EQUAL: '' };

const rowOf = ({ code, name, left, right, gap, look }: Gap, link: (code: string) => string): DumbbellRow => ({
  name,
  href: link(code),
  note: notes[look],
  left,
  right,
  points: gap,
});
