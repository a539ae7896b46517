import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import type { Unit } from '../../generated/graphql';
import { formatFigure } from '../format/numbers';
import { Mark } from './mark';
import { useWidth } from './use-width';
import { WageGrid } from './wage-grid';

export interface WageLine {
  name: string;
  side: 'left' | 'right';
  points: { year: number; nominal: number | null; real: number | null }[];
}

const height = 320;
const margin = { top: 28, right: 20, bottom: 28, left: 72 };
const labelGap = 12;
const labelOverhang = 8;
const characterWidth = 8;

// Median wages by year: for each role a strong line in dollars of the newest
// year and a thin one in dollars of each year, which meet in the newest year.
// The scale does not begin at 0, because the lines are read for their slope. A
// table next to the chart has the same figures, so screen readers get only a title.
export function WageHistoryChart(props: { lines: WageLine[]; unit: Unit; title: string }) {
  const [frame, width] = useWidth<HTMLElement>(720);
  const years = (props.lines[0]?.points ?? []).map(({ year }) => year);
  const wages = props.lines.flatMap(({ points }) => points.flatMap(({ nominal, real }) => [nominal, real]));
  const known = wages.filter((wage) => wage !== null);
  const hasReal = props.lines.some(({ points }) => points.some(({ real }) => real !== null));
  const x = scalePoint(years, [margin.left + 14, width - margin.right]);
  const y = scaleLinear(
    [Math.min(...known) * 0.95, Math.max(...known) * 1.05],
    [height - margin.bottom, margin.top],
  ).nice(5);
  const at = (year: number) => x(year) ?? 0;
  return (
    <figure class="chart" ref={frame}>
      {hasReal && (
        <figcaption>
          <Key of="real" text={`in ${years.at(-1)} dollars`} />
          <Key of="nominal" text="in dollars of each year" />
        </figcaption>
      )}
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.title}>
        <WageGrid y={y} from={margin.left} to={width - margin.right} unit={props.unit} />
        {years.map((year) => (
          <text key={year} class="tick" x={at(year)} y={height - 6} text-anchor="middle">
            {year}
          </text>
        ))}
        {props.lines.map((one) => (
          <g key={one.side}>
            <Series of={one} kind="nominal" look={hasReal ? 'nominal' : 'real'} {...{ at, y, unit: props.unit }} />
            {hasReal && <Series of={one} kind="real" look="real" {...{ at, y, unit: props.unit }} />}
          </g>
        ))}
        {labels(props.lines, at, y, width).map(({ text, side, ...place }) => (
          <text key={side} class={`line-label ${side}`} x={place.x} y={place.y} text-anchor="end">
            {text}
          </text>
        ))}
      </svg>
    </figure>
  );
}

function Key({ of, text }: { of: 'real' | 'nominal'; text: string }) {
  return (
    <span class="key">
      <svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true">
        <line x1="0" x2="28" y1="6" y2="6" class={`curve ${of}`} />
        <circle class={`mark ${of}`} cx="14" cy="6" r={of === 'real' ? 5 : 3} />
      </svg>
      {text}
    </span>
  );
}

function Series(props: {
  of: WageLine;
  kind: 'nominal' | 'real';
  // Without wages in constant dollars the others take their look.
  look: 'nominal' | 'real';
  at: (year: number) => number;
  y: (wage: number) => number;
  unit: Unit;
}) {
  const { of, kind, look, at, y, unit } = props;
  const points = of.points.map((point) => ({ year: point.year, wage: point[kind] }));
  const path = line<{ year: number; wage: number | null }>()
    .defined(({ wage }) => wage !== null)
    .x(({ year }) => at(year))
    .y(({ wage }) => y(wage ?? 0));
  const newest = of.points.at(-1)?.year;
  return (
    <>
      <path class={`curve ${of.side} ${look}`} d={path(points) ?? ''} />
      {points.map(
        ({ year, wage }) =>
          wage !== null && (
            <g key={year}>
              <title>
                {`${of.name}, May ${year}: ${formatFigure(wage, unit)}`}
                {kind === 'real' && year !== newest && ` in ${newest} dollars`}
              </title>
              <Mark side={of.side} x={at(year)} y={y(wage)} kind={look} />
            </g>
          ),
      )}
    </>
  );
}

// The names of the lines at their ends: that of the higher line above all that the
// name spans, that of the lower one below it.
function labels(lines: WageLine[], at: (year: number) => number, y: (wage: number) => number, width: number) {
  const right = width - margin.right + labelOverhang;
  const ends = lines.flatMap(({ name, side, points }) => {
    const last = points.findLast(({ nominal }) => nominal !== null);
    if (last?.nominal == null) return [];
    const text = shortened(name, (right - margin.left) / characterWidth);
    const start = right - text.length * characterWidth;
    // The point before the name's first letter too: the line comes from there.
    const first = points.findLastIndex(({ year }) => at(year) <= start);
    const wages = points.slice(Math.max(0, first)).flatMap(({ nominal, real }) => [nominal, real]);
    const places = wages.filter((wage) => wage !== null).map(y);
    return [{ text, side, wage: last.nominal, places }];
  });
  const highest = Math.max(...ends.map(({ wage }) => wage));
  const above = ends.find(({ wage }) => wage === highest);
  return ends.map((end) => ({
    ...end,
    x: right,
    y:
      end === above
        ? Math.max(margin.top - labelGap, Math.min(...end.places) - labelGap)
        : Math.min(height - margin.bottom - 4, Math.max(...end.places) + labelGap + 10),
  }));
}

const shortened = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, Math.max(1, Math.floor(characters) - 1)).trimEnd()}…`;
