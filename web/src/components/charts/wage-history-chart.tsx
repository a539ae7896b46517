import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import type { Unit } from '../../../generated/graphql';
import { formatFigure } from '../../format/numbers';
import { useWidth } from '../use-width';
import type { WageLine } from '../wage-change';
import { Mark } from './mark';
import { Plot, type Spot } from './plot';
import { spread, wrapped } from './spots';
import { WageGrid } from './wage-grid';

type Dollars = 'real' | 'nominal';

const height = 340;
const wide = 560;
const lineHeight = 17;
const characterWidth = 8;
const [axisWidth, top, bottom] = [68, 16, 30];
// Labels that are as near as this would touch.
const touching = 14;
const shortestYear = 44;

// Median wages by year, one line for each role, named at its end. The scale does not
// begin at 0, because the lines are read for their slope.
export function WageHistoryChart(props: { lines: WageLine[]; dollars: Dollars; unit: Unit; title: string }) {
  const { lines, dollars, unit } = props;
  const [frame, width] = useWidth<HTMLElement>(720);
  const roomy = width >= wide;
  const right = roomy ? 190 : 76;
  const years = (lines[0]?.points ?? []).map(({ year }) => year);
  const known = lines.flatMap(({ points }) => points.flatMap((point) => point[dollars] ?? []));
  const names = roomy ? 0 : lines.length * lineHeight;
  const x = scalePoint(years, [axisWidth + 10, width - right]);
  const y = scaleLinear([Math.min(...known) * 0.96, Math.max(...known) * 1.04], [height - bottom, top + names]).nice(5);
  const at = (year: number) => x(year) ?? 0;
  const path = line<{ year: number; wage: number | null }>()
    .defined(({ wage }) => wage !== null)
    .x(({ year }) => at(year))
    .y(({ wage }) => y(wage ?? 0));
  const shown = lines.map(({ points, ...of }) => ({
    ...of,
    points: points.map((point) => ({ year: point.year, wage: point[dollars] })),
  }));
  const newest = dollars === 'real' ? `, in ${years.at(-1)} dollars` : '';
  const spots = years.map((year): Spot => {
    const found = shown.flatMap(({ name, side, points }) => {
      const wage = points.find((point) => point.year === year)?.wage;
      return wage == null ? [] : [{ name, side, wage }];
    });
    const texts = found.map(({ name, wage }) => `${name} ${formatFigure(wage, unit)}`);
    const middle = found.reduce((sum, { wage }) => sum + y(wage), 0) / (found.length || 1);
    return {
      key: String(year),
      x: at(year) - x.step() / 2,
      width: x.step(),
      y: top,
      height: height - top - bottom,
      at: [at(year), found.length > 0 ? middle : height / 2],
      label: `May ${year}: ${texts.join(', ') || 'not published'}${newest}`,
      readout: (
        <>
          <p>May {year}</p>
          {found.map(({ name, side, wage }) => (
            <p key={side} class={`value ${side}`}>
              <span class="role">{name}</span> <b>{formatFigure(wage, unit)}</b>
            </p>
          ))}
          {found.length === 0 && <p>not published</p>}
          {found[0] && found[1] && <Gap of={[found[0], found[1]]} unit={unit} />}
        </>
      ),
    };
  });
  return (
    <figure class="chart" ref={frame}>
      <Plot title={props.title} width={width} height={height} spots={spots}>
        {(active) => (
          <>
            <WageGrid y={y} from={axisWidth} to={width - right} unit={unit} />
            {years.map((year) => (
              <text key={year} class="tick" x={at(year)} y={height - 8} text-anchor="middle">
                {x.step() < shortestYear ? `’${year % 100}` : year}
              </text>
            ))}
            {active && (
              <line class="cursor" x1={at(Number(active))} x2={at(Number(active))} y1={top} y2={height - bottom} />
            )}
            {shown.map(({ side, points }) => (
              <g key={side}>
                <path class={`curve ${side}`} d={path(points) ?? ''} />
                {points.map(
                  ({ year, wage }) => wage !== null && <Mark key={year} side={side} x={at(year)} y={y(wage)} />,
                )}
              </g>
            ))}
            {roomy ? (
              <Names lines={shown} y={y} x={width - right + 14} unit={unit} />
            ) : (
              <NamesAbove lines={shown} y={y} x={width - right + 10} unit={unit} />
            )}
          </>
        )}
      </Plot>
    </figure>
  );
}

interface Drawn {
  name: string;
  side: 'left' | 'right';
  points: { year: number; wage: number | null }[];
}

interface NamesOf {
  lines: Drawn[];
  y: (wage: number) => number;
  x: number;
  unit: Unit;
}

const lastOf = ({ points }: Drawn): number => points.findLast(({ wage }) => wage !== null)?.wage ?? 0;

// At the end of each line its name and its last wage.
function Names({ lines, y, x, unit }: NamesOf) {
  const texts = lines.map(({ name }) => wrapped(name, 21));
  const tallest = Math.max(...texts.map((text) => text.length + 1)) * lineHeight;
  const places = spread(
    lines.map((line) => y(lastOf(line))),
    tallest + touching / 2,
    [top + tallest / 2, height - bottom - tallest / 2],
  );
  return (
    <>
      {lines.map((line, index) => {
        const text = [...(texts[index] ?? []), formatFigure(lastOf(line), unit)];
        const start = (places[index] ?? 0) - ((text.length - 1) * lineHeight) / 2;
        return (
          <text key={line.side} class={`line-label ${line.side}`} y={start} dy="0.35em">
            {text.map((part, row) => (
              <tspan key={part} x={x} y={start + row * lineHeight} dy="0.35em">
                {part}
              </tspan>
            ))}
          </text>
        );
      })}
    </>
  );
}

// On a narrow screen the names are above the lines, each with its mark, and the last
// wages at their ends.
function NamesAbove({ lines, y, x, unit }: NamesOf) {
  const places = spread(
    lines.map((line) => y(lastOf(line))),
    lineHeight,
    [top, height - bottom],
  );
  return (
    <>
      {lines.map((line, index) => (
        <g key={line.side}>
          <Mark side={line.side} x={6} y={8 + index * lineHeight} />
          <text class={`line-label ${line.side}`} x="18" y={8 + index * lineHeight} dy="0.35em">
            {shortened(line.name, (x + 40) / characterWidth)}
          </text>
          <text class={`line-label ${line.side}`} x={x} y={places[index]} dy="0.35em">
            {formatFigure(lastOf(line), unit)}
          </text>
        </g>
      ))}
    </>
  );
}

function Gap({ of: [one, other], unit }: { of: [{ wage: number }, { wage: number }]; unit: Unit }) {
  const gap = one.wage - other.wage;
  if (gap === 0) return <p>the same</p>;
  return (
    <p>
      <span class={`more ${gap > 0 ? 'left' : 'right'}`}>{formatFigure(Math.abs(gap), unit)} more</span>
    </p>
  );
}

const shortened = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, Math.max(1, Math.floor(characters) - 1)).trimEnd()}…`;
