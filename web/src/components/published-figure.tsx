import type { DifferencePartsFragment, MissingPartsFragment, Unit } from '../../generated/graphql';
import { missingReason, notPublished } from '../format/missing';
import { formatFigure } from '../format/numbers';

// A figure, or the reason why it is missing.
export function PublishedFigure(props: {
  value: number | null;
  unit: Unit;
  missing?: MissingPartsFragment | undefined;
}) {
  if (props.value !== null) return <>{formatFigure(props.value, props.unit)}</>;
  return <span class="missing">{missingReason(props.missing, props.unit)}</span>;
}

export const NotPublished = ({ reason = notPublished }: { reason?: string | undefined }) => (
  <span class="missing">{reason}</span>
);

// One side's figure of a difference. Missing figures are named by side, as in
// "left annual.mean".
export function SideFigure(props: {
  of: DifferencePartsFragment;
  side: 'left' | 'right';
  // What the figure is, where the sides differ.
  label?: string | undefined;
}) {
  const { of, side, label } = props;
  const missing = of.missing.find((one) => one.figure.startsWith(`${side} `));
  return (
    <>
      <PublishedFigure value={of[side]} unit={of.unit} missing={missing} />
      {label && of[side] !== null && <small>{label}</small>}
    </>
  );
}
