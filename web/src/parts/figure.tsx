import type { DifferencePartsFragment, MissingPartsFragment, Unit } from '../../generated/graphql';
import { figure } from '../words/figures';
import { whyMissing } from '../words/missing';

// A figure, or why there is none.
export function Figure(props: { value: number | null; unit: Unit; missing?: MissingPartsFragment | undefined }) {
  if (props.value !== null) return <>{figure(props.value, props.unit)}</>;
  return <span class="missing">{whyMissing(props.missing, props.unit)}</span>;
}

// One side's figure of a difference. The sides are named where one is missing,
// as in "left annual.mean".
export function SideFigure({ of, side }: { of: DifferencePartsFragment; side: 'left' | 'right' }) {
  const missing = of.missing.find((one) => one.figure.startsWith(`${side} `));
  return <Figure value={of[side]} unit={of.unit} missing={missing} />;
}
