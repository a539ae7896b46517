import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Unit } from '../../generated/graphql';
import { formatFigure } from '../format/numbers';
import { Mark } from './mark';
import { useWidth } from './use-width';
import { WageGrid } from './wage-grid';

export interface Curve {
  name: string;
  side: 'left' | 'right';
  points: { percentile: number; wage: number | null; atLeast: number | null }[];
}

export interface Crossing {
  lowerPercentile: number;
  upperPercentile: number;
}

const height = 340;
const margin = { top: 16, right: 24, bottom: 44, left: 72 };

// Wages by percentile, one curve for each role. The straight lines between
// published percentiles are not figures. A crossing lies somewhere between two
// percentiles, so the whole range is marked. A table next to the chart has the
// same figures, so screen readers get only a title.
export function PercentileChart(props: { curves: Curve[]; crossings: Crossing[]; unit: Unit; title: string }) {
  const [frame, width] = useWidth<HTMLElement>(720);
  const wages = props.curves.flatMap((curve) => curve.points.map((point) => point.wage ?? point.atLeast ?? 0));
  const x = scaleLinear([10, 90], [margin.left, width - margin.right]);
  const y = scaleLinear([0, Math.max(...wages, 1)], [height - margin.bottom, margin.top]).nice(5);
  const path = line<{ percentile: number; wage: number | null }>()
    .defined((point) => point.wage !== null)
    .x((point) => x(point.percentile))
    .y((point) => y(point.wage ?? 0));
  return (
    <figure class="chart" ref={frame}>
      <figcaption>
        {props.curves.map((curve) => (
          <span key={curve.side} class={`key ${curve.side}`}>
            <svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true">
              <line x1="0" x2="28" y1="6" y2="6" class={`curve ${curve.side}`} />
              <Mark side={curve.side} x={14} y={6} />
            </svg>
            {curve.name}
          </span>
        ))}
        {props.crossings.length > 0 && <span class="key crossing">curves cross here</span>}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.title}>
        {props.crossings.map(({ lowerPercentile, upperPercentile }) => (
          <rect
            key={lowerPercentile}
            class="crossing"
            x={x(lowerPercentile)}
            width={x(upperPercentile) - x(lowerPercentile)}
            y={margin.top}
            height={height - margin.top - margin.bottom}
          />
        ))}
        <WageGrid y={y} from={margin.left} to={width - margin.right} unit={props.unit} />
        {[10, 25, 50, 75, 90].map((percentile) => (
          <text key={percentile} class="tick" x={x(percentile)} y={height - margin.bottom + 20} text-anchor="middle">
            {percentile === 50 ? 'median' : `${percentile}th`}
          </text>
        ))}
        <text class="tick" x={(margin.left + width - margin.right) / 2} y={height - 4} text-anchor="middle">
          percentile of workers
        </text>
        {props.curves.map((curve) => (
          <g key={curve.side}>
            <path class={`curve ${curve.side}`} d={path(curve.points) ?? ''} />
            {curve.points.map((point) => (
              <Point key={point.percentile} {...point} {...{ curve, x, y, unit: props.unit }} />
            ))}
          </g>
        ))}
      </svg>
    </figure>
  );
}

function Point(props: {
  curve: Curve;
  percentile: number;
  wage: number | null;
  atLeast: number | null;
  x: (value: number) => number;
  y: (value: number) => number;
  unit: Unit;
}) {
  const { curve, percentile, wage, atLeast, x, y, unit } = props;
  const known = wage ?? atLeast;
  if (known === null) return null;
  const description = `${curve.name}, ${percentile}th percentile: ${wage === null ? 'at least ' : ''}${formatFigure(known, unit)}`;
  return (
    <g>
      <title>{description}</title>
      {wage === null ? (
        // A top-coded wage lies above its bound.
        <path class={`bound ${curve.side}`} d={`M${x(percentile)} ${y(known)}v-10m-5 5l5-5l5 5`} />
      ) : (
        <Mark side={curve.side} x={x(percentile)} y={y(known)} />
      )}
    </g>
  );
}
