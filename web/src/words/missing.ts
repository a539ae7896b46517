import type { MissingPartsFragment, MissingReason, Unit } from '../../generated/graphql';
import { figure } from './figures';

const reasons: Record<MissingReason, string> = {
  NOT_RELEASED: 'not released',
  HOURLY_ONLY: 'published by the hour only',
  ANNUAL_ONLY: 'published by the year only',
  TOP_CODED: 'above what is released',
  NOT_COLLECTED: 'not published',
};

// Why a figure is not there, or the bound that it is known to reach.
export function whyMissing(missing: MissingPartsFragment | undefined, unit: Unit): string {
  if (!missing) return reasons.NOT_COLLECTED;
  return missing.atLeast === null ? reasons[missing.reason] : `at least ${figure(missing.atLeast, unit)}`;
}
