import type { PlaceGapFragment } from '../../../generated/graphql';

type Side = 'left' | 'right';

// The medians of both sides in a place, and what the test of the means says of them.
export interface Gap {
  code: string;
  name: string;
  left: number;
  right: number;
  // Left minus right.
  gap: number;
  look: Look;
  mean: { gap: number | null; verdict: PlaceGapFragment['mean']['verdict'] };
}

// SURE: the mean differs the same way, significantly. DISAGREE: the mean is higher
// for the other side.
export type Look = 'SURE' | 'UNSURE' | 'DISAGREE' | 'EQUAL';

export function gapsOf(places: PlaceGapFragment[]): Gap[] {
  return places.flatMap(({ area, median, mean }) => {
    const { left, right, absolute: gap } = median;
    if (left === null || right === null || gap === null) return [];
    return [
      { ...area, left, right, gap, look: lookOf(gap, mean), mean: { gap: mean.absolute, verdict: mean.verdict } },
    ];
  });
}

// Medians have no published errors, so the mean is what is tested.
function lookOf(gap: number, { higher, verdict }: PlaceGapFragment['mean']): Look {
  if (gap === 0) return 'EQUAL';
  const [same, other] = gap > 0 ? ['LEFT', 'RIGHT'] : ['RIGHT', 'LEFT'];
  if (higher === other) return 'DISAGREE';
  return higher === same && verdict === 'SIGNIFICANT' ? 'SURE' : 'UNSURE';
}

export const sideOf = (gap: number): Side => (gap > 0 ? 'left' : 'right');

// Of ten gaps, nine are in the first three steps of a scale. A few extreme places
// would else make all others pale.
const covered = 0.9;
const steps = 3;

// Returns the round width of a step, so that three of them hold most gaps.
export function stepOf(gaps: number[]): number {
  const sizes = gaps.map(Math.abs).toSorted((one, other) => one - other);
  const most = sizes[Math.min(sizes.length - 1, Math.floor(covered * sizes.length))] ?? 0;
  if (most === 0) return 1;
  const rough = most / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 2.5, 5, 10].find((digit) => digit * power >= rough) ?? 10);
}

// Returns the step of a gap, from 1 to 3.
export const levelOf = (gap: number, step: number): number => Math.min(steps, 1 + Math.floor(Math.abs(gap) / step));

export type Order = 'LEFT_LEADS' | 'RIGHT_LEADS' | 'LEFT' | 'RIGHT' | 'NAME';

const orders: Record<Order, (one: Gap, other: Gap) => number> = {
  LEFT_LEADS: (one, other) => other.gap - one.gap,
  RIGHT_LEADS: (one, other) => one.gap - other.gap,
  LEFT: (one, other) => other.left - one.left,
  RIGHT: (one, other) => other.right - one.right,
  NAME: () => 0,
};

// Returns the places whose name has a text, in an order. Ties are in the order of names.
export function ranked(places: Gap[], order: Order, text: string): Gap[] {
  const found = places.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return found.toSorted((one, other) => orders[order](one, other) || one.name.localeCompare(other.name, 'en-US'));
}
