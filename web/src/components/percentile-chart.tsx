import type { MissingPartsFragment, Unit } from '../../generated/graphql';
import { formatFigure } from '../format/numbers';
import { type ChartMark, Dumbbells, type Side } from './dumbbells';

export interface Curve {
  name: string;
  side: Side;
  points: { percentile: number; wage: number | null; missing: MissingPartsFragment | undefined }[];
}

// Wages of both roles by percentile. A mark is a wage to read them against, such as an
// offer.
export function PercentileChart(props: { curves: [Curve, Curve]; unit: Unit; marks?: ChartMark[] }) {
  const [one, other] = props.curves;
  const rows = one.points.map(({ percentile, wage, missing }, index) => {
    const opposite = other.points[index];
    const right = opposite?.wage ?? null;
    return {
      name: percentile === 50 ? 'Median' : `${percentile}th percentile`,
      left: wage,
      right,
      points: wage === null || right === null ? null : wage - right,
      missing: { left: missing, right: opposite?.missing },
    };
  });
  const period = props.unit === 'DOLLARS_PER_HOUR' ? 'Hourly' : 'Annual';
  return (
    <Dumbbells
      caption={
        <span class="quiet">
          {period} wages. 10% of workers earn less than the 10th percentile, half less than the median.
        </span>
      }
      heading="Percentile"
      titles={{ left: one.name, right: other.name }}
      rows={rows}
      format={(wage) => formatFigure(wage, props.unit)}
      {...(props.marks && { marks: props.marks })}
    />
  );
}
