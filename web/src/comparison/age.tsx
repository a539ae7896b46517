import type { DifferencePartsFragment } from '../../generated/graphql';
import { DifferenceRow } from '../components/difference-table';
import type { Titles } from '../format/verdict';

const measures: Record<string, string> = { averageAge: 'average', medianAge: 'median' };

// The row of both sides' ages. Sources publish the mean or the median age, and
// each side says which one it is if they differ.
export function AgeRow({ of, titles }: { of: DifferencePartsFragment | null | undefined; titles: Titles }) {
  const [left, right] = [of?.leftMeasure, of?.rightMeasure].map((name) => measures[name ?? ''] ?? '');
  if (!of || !left || !right || left === right) {
    return <DifferenceRow name={left === 'median' ? 'Median age' : 'Average age'} of={of} titles={titles} />;
  }
  return <DifferenceRow name="Age" of={of} titles={titles} labels={{ left, right }} />;
}
