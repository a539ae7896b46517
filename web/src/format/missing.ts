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
  SUPPRESSED: 'suppressed: low precision',
  SMALL_SAMPLE: 'withheld: fewer than 50,000 workers',
  OTHER_BOUNDARIES: 'published for other areas only',
};

// Returns the reason why a figure is missing, in words.
export function reasonOf(missing: MissingPartsFragment[], figure: string): string {
  const found = missing.find((one) => one.figure === figure);
  return found ? reasons[found.reason] : notPublished;
}

// Returns the suppressed categories of a distribution.
export function suppressed(missing: MissingPartsFragment[], distribution: string): string[] {
  return missing
    .filter((one) => one.reason === 'SUPPRESSED' && one.figure.startsWith(`${distribution}.`))
    .map((one) => one.figure.slice(distribution.length + 1));
}

// Explains why a figure is missing, or gives its published lower bound.
export function missingReason(missing: MissingPartsFragment | undefined, unit: Unit): string {
  if (!missing) return notPublished;
  return missing.atLeast === null ? reasons[missing.reason] : `at least ${formatFigure(missing.atLeast, unit)}`;
}
