import type { Unit } from '../../generated/graphql';
import { formatDifference, formatFigure } from '../format/numbers';
import type { Titles } from '../format/verdict';

// A tile map: each state and territory is a tile of the same size, so that small
// states are visible. Columns and rows count from the northwest.
const tiles: Record<string, [column: number, row: number]> = {
  AK: [0, 0],
  ME: [10, 0],
  VT: [9, 1],
  NH: [10, 1],
  WA: [0, 2],
  ID: [1, 2],
  MT: [2, 2],
  ND: [3, 2],
  MN: [4, 2],
  IL: [5, 2],
  WI: [6, 2],
  MI: [7, 2],
  NY: [8, 2],
  RI: [9, 2],
  MA: [10, 2],
  OR: [0, 3],
  NV: [1, 3],
  WY: [2, 3],
  SD: [3, 3],
  IA: [4, 3],
  IN: [5, 3],
  OH: [6, 3],
  PA: [7, 3],
  NJ: [8, 3],
  CT: [9, 3],
  CA: [0, 4],
  UT: [1, 4],
  CO: [2, 4],
  NE: [3, 4],
  MO: [4, 4],
  KY: [5, 4],
  WV: [6, 4],
  VA: [7, 4],
  MD: [8, 4],
  DE: [9, 4],
  AZ: [1, 5],
  NM: [2, 5],
  KS: [3, 5],
  AR: [4, 5],
  TN: [5, 5],
  NC: [6, 5],
  SC: [7, 5],
  DC: [8, 5],
  OK: [3, 6],
  LA: [4, 6],
  MS: [5, 6],
  AL: [6, 6],
  GA: [7, 6],
  HI: [0, 7],
  TX: [3, 7],
  FL: [8, 7],
  PR: [9, 7],
  VI: [10, 7],
  GU: [1, 7],
};
const size = 52;

export interface StateGap {
  code: string;
  name: string;
  left: number;
  right: number;
  gap: number;
  clear: boolean;
}

// Which role has the higher wages, by state. The list below the map has the same
// figures, so screen readers skip the map.
export function StateMap(props: { states: StateGap[]; unit: Unit; link: (code: string) => string }) {
  const { states, unit, link } = props;
  const byCode = new Map(states.map((state) => [state.code, state]));
  return (
    <svg class="map" viewBox={`0 0 ${11 * size} ${8 * size}`} aria-hidden="true">
      {Object.entries(tiles).map(([code, [column, row]]) => {
        const state = byCode.get(code);
        const tile = (
          <g key={code} transform={`translate(${column * size} ${row * size})`} class={`tile ${tileClass(state)}`}>
            <rect x="2" y="2" width={size - 4} height={size - 4} rx="5" />
            <text x={size / 2} y={size / 2} dy="0.35em" text-anchor="middle">
              {code}
            </text>
            <title>{state ? tileTitle(state, unit) : `${code}: not published for both`}</title>
          </g>
        );
        return state ? (
          <a key={code} href={link(code)} tabindex={-1}>
            {tile}
          </a>
        ) : (
          tile
        );
      })}
    </svg>
  );
}

function tileClass(state: StateGap | undefined): string {
  if (!state) return 'none';
  return `${state.gap > 0 ? 'left' : state.gap < 0 ? 'right' : 'equal'} ${state.clear ? 'clear' : 'unclear'}`;
}

function tileTitle({ name, left, right, gap }: StateGap, unit: Unit): string {
  return `${name}: ${formatFigure(left, unit)} and ${formatFigure(right, unit)}, ${formatDifference(gap, unit)}`;
}

// The same states as a table with bars, sorted from the largest lead of the left
// role to the largest lead of the right one.
export function StateList(props: { states: StateGap[]; unit: Unit; titles: Titles; link: (code: string) => string }) {
  const states = props.states.toSorted((one, other) => other.gap - one.gap);
  const most = Math.max(...states.map((state) => Math.abs(state.gap)), 1);
  return (
    <div class="table" role="region" aria-label="Median wages by state" tabIndex={0}>
      <table class="strip">
        <caption class="unseen">Median wages by state, largest lead of {props.titles.left} first</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col" class="left">
              {props.titles.left}
            </th>
            <th scope="col" class="right">
              {props.titles.right}
            </th>
            <th scope="col" colSpan={2}>
              Difference in medians
            </th>
          </tr>
        </thead>
        <tbody>
          {states.map((state) => (
            <tr key={state.code}>
              <th scope="row">
                <a href={props.link(state.code)}>{state.name}</a>
              </th>
              <td>{formatFigure(state.left, props.unit)}</td>
              <td>{formatFigure(state.right, props.unit)}</td>
              <td>{formatDifference(state.gap, props.unit)}</td>
              <td class={`lean ${state.gap > 0 ? 'left' : 'right'}`}>
                <i aria-hidden="true" style={{ width: `${(Math.abs(state.gap) / most) * 50}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
