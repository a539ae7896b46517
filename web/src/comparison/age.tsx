import type { DifferencePartsFragment } from '../../generated/graphql';
import { DifferenceRow } from '../components/difference-table';
import type { Titles } from '../format/verdict';

const measures: Record<string, string> = { averageAge: 'average', medianAge: 'median' };

// The row of both sides' ages. Sources publish the mean or the median age, and
// each side says which one it is if they differ.
export function AgeRow(props: {
  of: DifferencePartsFragment | null | undefined;
  titles: Titles;
  left: Surveyed;
  right: Surveyed;
  repeated?: boolean;
}) {
  const { of, titles, repeated = false } = props;
  const [left = '', right = ''] = [of?.leftMeasure, of?.rightMeasure].map((name) => measures[name ?? '']);
  const differ = left !== right;
  const labels = {
    left: [differ && left, inGroup(props.left)].filter(Boolean).join(', '),
    right: [differ && right, inGroup(props.right)].filter(Boolean).join(', '),
  };
  const name = differ ? 'Age' : left === 'median' ? 'Median age' : 'Average age';
  return <DifferenceRow name={name} of={of} titles={titles} labels={labels} repeated={repeated} />;
}

interface Surveyed {
  demographics: { publishedFor: { name: string } | null } | null;
}

const inGroup = ({ demographics }: Surveyed) =>
  demographics?.publishedFor && `of the wider group “${demographics.publishedFor.name}”`;
