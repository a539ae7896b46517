import type { MissingPartsFragment, MissingReason, Unit } from '../../generated/graphql';
import { formatFigure } from './numbers';

export const notPublished = 'not published';

const reasons: Record<MissingReason, string> = {
  NOT_RELEASED: 'not released',
  HOURLY_ONLY: 'published hourly only',
  ANNUAL_ONLY: 'published annually only',
  TOP_CODED: 'above the published maximum',
  NOT_COLLECTED: notPublished,
  WIDER_GROUP_ONLY: 'published for a wider group only',
  SUPPRESSED: 'withheld: low precision',
  SMALL_SAMPLE: 'withheld: fewer than 50,000 workers',
};

// Explains why a figure is missing, or gives its published lower bound.
export function missingReason(missing: MissingPartsFragment | undefined, unit: Unit): string {
  if (!missing) return notPublished;
  return missing.atLeast === null ? reasons[missing.reason] : `at least ${formatFigure(missing.atLeast, unit)}`;
}
