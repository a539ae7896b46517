import type { ComponentChildren } from 'preact';
import type { MissingPartsFragment } from '../../generated/graphql';
import { reasonOf } from '../format/missing';
import { NotPublished } from './published-figure';

export type Side = 'left' | 'right';

export interface DumbbellRow {
  name: string;
  href?: string;
  note?: string;
  left: number | null;
  right: number | null;
  // Left minus right; null if the two are not compared.
  points?: number | null;
  // Why a side has no figure. A figure above the published maximum has a lower bound.
  missing?: Partial<Record<Side, MissingPartsFragment | undefined>>;
}

// A value that both sides are read against, such as an offer.
export interface ChartMark {
  label: string;
  value: number;
}

interface DumbbellsProps {
  caption: ComponentChildren;
  // The heading of the rows' names.
  heading?: string;
  titles: { left: string; right: string };
  rows: DumbbellRow[];
  format: (value: number) => string;
  // Formats the size of a difference, such as "5 points".
  formatSize?: (size: number) => string;
  // The ends of the axis. An end that is not given is that of the figures.
  from?: number;
  to?: number;
  marks?: ChartMark[];
}

// Figures by category, each row on the same axis: a circle for the left side, a square
// for the right one, each with its figure, and the difference named by the higher side.
// It is a table, so screen readers, print and narrow screens have all figures as text.
export function Dumbbells(props: DumbbellsProps) {
  const { caption, heading = 'Category', titles, rows, format, formatSize = format, marks = [] } = props;
  const place = scale([...rows.flatMap(valuesOf), ...marks.map(({ value }) => value)], props.from, props.to);
  const top = rows.find((row) => lowerSide(row) !== null);
  const lower = (top && lowerSide(top)) ?? 'left';
  const longest = Math.max(...rows.flatMap(valuesOf).map((value) => format(value).length));
  return (
    <table class="dumbbells" style={{ '--room': `${longest}ch`, ...namePlaces(top, place) }}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="unseen">
            {heading}
          </th>
          {sides.map((side) => (
            <th key={side} scope="col" class={`${side} ${side === lower ? 'lower' : 'higher'}`}>
              {titles[side]}
            </th>
          ))}
          <th scope="col" class="unseen">
            Difference
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.href ?? row.name}>
            <th scope="row">
              {row.href ? <a href={row.href}>{row.name}</a> : row.name}
              {row.note && <small>{row.note}</small>}
            </th>
            {sides.map((side) => (
              <SideCell key={side} {...{ row, side, place, format }}>
                {side === 'left' && <Lines row={row} place={place} marks={marks} />}
              </SideCell>
            ))}
            <td class="apart">{apart(row, titles, formatSize)}</td>
          </tr>
        ))}
      </tbody>
      {marks.length > 0 && (
        <tfoot>
          {marks.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td class="side mark" colSpan={sides.length}>
                <i class="point" aria-hidden="true" style={{ left: percent(place(value)) }} />
                <span style={labelPlace(place(value), true)}>{format(value)}</span>
              </td>
            </tr>
          ))}
        </tfoot>
      )}
    </table>
  );
}

const sides: Side[] = ['left', 'right'];

type Place = (value: number) => number;

// Returns the scale from a value to its place on the axis, in percent of its length.
export function scale(values: number[], from = Math.min(...values), to = Math.max(...values)): Place {
  const length = to - from;
  return (value) => (length > 0 ? Math.round(((value - from) / length) * 10_000) / 100 : 50);
}

const known = (row: DumbbellRow, side: Side): number | null => row[side] ?? row.missing?.[side]?.atLeast ?? null;

// The names of the sides stand above the points of the first row that has both.
function namePlaces(top: DumbbellRow | undefined, place: Place) {
  const [start = 0, end = 100] = top
    ? valuesOf(top)
        .map(place)
        .toSorted((one, other) => one - other)
    : [];
  return { '--start': `${start}fr`, '--middle': `${end - start}fr`, '--rest': `${100 - end}fr` };
}

const reason = (missing: MissingPartsFragment | undefined) => missing && reasonOf([missing], missing.figure);

const valuesOf = (row: DumbbellRow): number[] =>
  [known(row, 'left'), known(row, 'right')].filter((value) => value !== null);

// Returns the side whose figure is at the left; null if a side has none.
function lowerSide(row: DumbbellRow): Side | null {
  const [left, right] = [known(row, 'left'), known(row, 'right')];
  if (left === null || right === null || left === right) return null;
  return left < right ? 'left' : 'right';
}

function SideCell(props: {
  row: DumbbellRow;
  side: Side;
  place: Place;
  format: (value: number) => string;
  children: ComponentChildren;
}) {
  const { row, side, place, format, children } = props;
  const value = known(row, side);
  const other = known(row, side === 'left' ? 'right' : 'left');
  if (value === null) {
    // Where the other side leaves room.
    const start = other !== null && place(other) > 50;
    return (
      <td class={`side none ${side} ${start || (other === null && side === 'left') ? 'start' : 'end'}`}>
        {children}
        <NotPublished reason={reason(row.missing?.[side])} />
      </td>
    );
  }
  const bounded = row[side] === null;
  // Of equal figures the left side's is labeled at the left.
  const after = other === null ? place(value) <= 50 : side !== (lowerSide(row) ?? 'left');
  return (
    <td class={`side ${side}`}>
      {children}
      <i class={bounded ? 'bound' : 'point'} aria-hidden="true" style={{ left: percent(place(value)) }} />
      <span style={labelPlace(place(value), after)}>
        {bounded && <span class="unseen">at least </span>}
        {bounded && <span aria-hidden="true">≥&thinsp;</span>}
        {format(value)}
      </span>
    </td>
  );
}

// The line between both points, and those of the marks.
function Lines({ row, place, marks }: { row: DumbbellRow; place: Place; marks: ChartMark[] }) {
  const ends = valuesOf(row).map(place);
  const lower = lowerSide(row);
  const [start, end] = [Math.min(...ends), Math.max(...ends)];
  return (
    <>
      {marks.map(({ label, value }) => (
        <i key={label} class="at" aria-hidden="true" style={{ left: percent(place(value)) }} />
      ))}
      {lower && (
        <i
          class={`between ${lower === 'left' ? 'right' : 'left'}`}
          aria-hidden="true"
          style={{ left: percent(start), width: percent(end - start) }}
        />
      )}
    </>
  );
}

// A label stands outside of its row's points.
const labelPlace = (place: number, after: boolean) =>
  after ? { left: `calc(${percent(place)} + 0.6rem)` } : { right: `calc(${percent(100 - place)} + 0.6rem)` };

const percent = (share: number): string => `${Math.round(share * 100) / 100}%`;

// Names the difference by the side that has more.
function apart({ points }: DumbbellRow, titles: DumbbellsProps['titles'], format: (size: number) => string) {
  if (points == null) return null;
  const size = format(Math.abs(points));
  if (!/[1-9]/.test(size)) return 'the same';
  const side = points > 0 ? 'left' : 'right';
  return (
    <span class={`more ${side}`}>
      <span class="unseen">{titles[side]}: </span>
      {size} more
    </span>
  );
}
