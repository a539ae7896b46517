import type { MissingPartsFragment, Unit } from '../../generated/graphql';
import { formatFigure } from '../format/numbers';

// Where a wage stands among the published percentiles of an occupation.

// The hours of a full-time year, by which OEWS turns hourly into annual wages.
export const hoursAYear = 2080;

export type Period = 'year' | 'hour';

export interface Point {
  percentile: number;
  wage: number | null;
  // The lower bound of a top-coded wage.
  atLeast: number | null;
}

interface Percentiles {
  p10: number | null;
  p25: number | null;
  median: number | null;
  p75: number | null;
  p90: number | null;
}

export interface OfferWages {
  annual: Percentiles | null;
  hourly: Percentiles | null;
  missing: MissingPartsFragment[];
}

const statistics = { p10: 10, p25: 25, median: 50, p75: 75, p90: 90 };

// Reads an amount as people type it: "85,000", "$40.50", "85k". Returns null for
// anything else.
export function readAmount(text: string): number | null {
  const [, number, thousands] = /^\$?\s*([\d,]*\.?\d+|[\d,]+\.?)\s*(k?)$/i.exec(text.trim()) ?? [];
  const amount = Number(number?.replaceAll(',', '')) * (thousands ? 1000 : 1);
  return Number.isFinite(amount) && amount > 0 && amount < 1e9 ? amount : null;
}

export function inPeriod(amount: number, from: Period, to: Period): number {
  if (from === to) return amount;
  return to === 'year' ? amount * hoursAYear : amount / hoursAYear;
}

// The percentiles to place an offer among: those of its own period, or those of the
// other one where only these are published. Null without any.
export function percentilesFor(wages: OfferWages | null, period: Period): { period: Period; points: Point[] } | null {
  if (!wages) return null;
  const other = period === 'year' ? 'hour' : 'year';
  for (const one of [period, other] as const) {
    const points = pointsOf(wages, one);
    if (points.some(({ wage, atLeast }) => wage !== null || atLeast !== null)) return { period: one, points };
  }
  return null;
}

function pointsOf({ annual, hourly, missing }: OfferWages, period: Period): Point[] {
  const [name, wages] = period === 'year' ? (['annual', annual] as const) : (['hourly', hourly] as const);
  return Object.entries(statistics).map(([statistic, percentile]) => ({
    percentile,
    wage: wages?.[statistic as keyof Percentiles] ?? null,
    atLeast: missing.find(({ figure }) => figure === `${name}.${statistic}`)?.atLeast ?? null,
  }));
}

export interface Place {
  // The position in words, and the published wages that it follows from.
  position: string;
  detail: string;
}

// Places a wage as the API's field "offer" does. Between two published percentiles,
// the percentile is interpolated, which the detail says.
export function place(amount: number, points: Point[], unit: Unit): Place {
  const money = (wage: number) => formatFigure(wage, unit);
  const known = points.flatMap(({ percentile, wage }) => (wage === null ? [] : [{ percentile, wage }]));
  const bounds = points.flatMap(({ percentile, wage, atLeast }) =>
    wage === null && atLeast !== null ? [{ percentile, atLeast }] : [],
  );
  const equal = known.filter(({ wage }) => wage === amount);
  const [first, last] = [equal[0], equal.at(-1)];
  if (first && last) {
    const several = first === last ? '' : ` to ${nameOf(last.percentile)}`;
    return { position: `exactly ${nameOf(first.percentile)}${several}`, detail: money(amount) };
  }
  const lower = known.filter(({ wage }) => wage < amount).at(-1);
  const upper = known.find(({ wage }) => wage > amount);
  const above = lower && `above ${nameOf(lower.percentile)} (${money(lower.wage)})`;
  if (lower && upper) {
    const share = (amount - lower.wage) / (upper.wage - lower.wage);
    const percentile = Math.round(lower.percentile + share * (upper.percentile - lower.percentile));
    return {
      position: `about the ${ordinal(percentile)} percentile`,
      detail: `interpolated between ${nameOf(lower.percentile)} (${money(lower.wage)}) and ${nameOf(upper.percentile)} (${money(upper.wage)})`,
    };
  }
  if (upper) {
    const more = 100 - upper.percentile;
    return { position: `below ${nameOf(upper.percentile)}`, detail: `${more}% earn more than ${money(upper.wage)}` };
  }
  const [bound] = bounds;
  if (bound && amount < bound.atLeast) {
    const capped = `below ${nameOf(bound.percentile)}`;
    const detail = `which is published as at least ${money(bound.atLeast)}`;
    return { position: [above, capped].filter(Boolean).join(' and '), detail };
  }
  if (bound) {
    const reached = `at or above ${money(bound.atLeast)}, the highest wage that is published`;
    return { position: above ?? reached, detail: above ? reached : '' };
  }
  if (!lower) return { position: 'not published', detail: '' };
  const least = lower.percentile === 90 ? 'fewer than 10% earn more' : 'no higher percentile is published';
  return { position: `above ${nameOf(lower.percentile)}`, detail: `${money(lower.wage)}; ${least}` };
}

const nameOf = (percentile: number): string =>
  percentile === 50 ? 'the median' : `the ${ordinal(percentile)} percentile`;

export function ordinal(number: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][Math.floor(number / 10) % 10 === 1 ? 0 : number % 10] ?? 'th';
  return `${number}${ending}`;
}
