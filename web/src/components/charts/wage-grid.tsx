import type { ScaleLinear } from 'd3-scale';
import type { Unit } from '../../../generated/graphql';
import { formatFigure } from '../../format/numbers';

// Horizontal lines of a chart at round wages, with the wages to the left of them.
export function WageGrid(props: { y: ScaleLinear<number, number>; from: number; to: number; unit: Unit }) {
  const { y, from, to, unit } = props;
  return (
    <>
      {y.ticks(5).map((wage) => (
        <g key={wage}>
          <line class="grid" x1={from} x2={to} y1={y(wage)} y2={y(wage)} />
          <text class="tick" x={from - 10} y={y(wage)} dy="0.35em" text-anchor="end">
            {formatFigure(wage, unit)}
          </text>
        </g>
      ))}
    </>
  );
}
