import type { NeighborFragment } from '../../../generated/graphql';
import { missingReason } from '../../format/missing';

// An occupation on the map of pay and growth.
export interface Neighbor {
  slug: string;
  title: string;
  pay: number;
  growth: number;
}

export interface Neighborhood {
  by: 'annual' | 'hourly';
  // The projection's years, such as "2024–2034".
  period: string;
  own: Neighbor | null;
  // The nearest first.
  others: Neighbor[];
  leftOut: { slug: string; title: string; reason: string }[];
}

// Returns the occupations with a published median wage and projected growth, and why others
// are left out. Pay is annual unless the occupation itself only has an hourly median.
export function neighborhood(own: NeighborFragment, related: NeighborFragment[]): Neighborhood {
  const by = own.salary?.annual?.median == null && own.salary?.hourly?.median != null ? 'hourly' : 'annual';
  const projected = [own, ...related].find(
    ({ outlook }) => outlook?.growthPercent != null && outlook.fromYear !== null,
  );
  const period = periodOf(projected);
  const leftOut: Neighborhood['leftOut'] = [];
  const place = (of: NeighborFragment): Neighbor | null => {
    const { slug, title, salary, outlook } = of;
    const pay = salary?.[by]?.median ?? null;
    const growth = outlook?.growthPercent ?? null;
    if (pay !== null && growth !== null && periodOf(of) === period) return { slug, title, pay, growth };
    leftOut.push({ slug, title, reason: growth !== null && pay === null ? unpaid(salary, by) : unprojected(growth) });
    return null;
  };
  const first = place(own);
  // An occupation can be related to several parts of another.
  const unique = new Map(related.filter(({ slug }) => slug !== own.slug).map((one) => [one.slug, one]));
  const others = [...unique.values()].flatMap((one) => place(one) ?? []);
  return { by, period, own: first, others, leftOut };
}

function periodOf(of: NeighborFragment | undefined): string {
  const { fromYear = null, toYear = null } = of?.outlook ?? {};
  return fromYear !== null && toYear !== null ? `${fromYear}–${toYear}` : '';
}

const unprojected = (growth: number | null): string =>
  growth === null ? 'no published growth' : 'growth of another period';

function unpaid(salary: NeighborFragment['salary'], by: 'annual' | 'hourly'): string {
  if (!salary) return 'no published wages';
  const missing = salary.missing.find(({ figure }) => figure === `${by}.median`);
  return `median wage ${missingReason(missing, by === 'hourly' ? 'DOLLARS_PER_HOUR' : 'DOLLARS_PER_YEAR')}`;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

// A label's place: its end or middle, and its vertical middle.
export interface Label {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

const labelHeight = 16;
const gap = 9;

// Returns a place for the label of each point, where it covers neither another label nor a
// point; null where there is none. The first points come first, and the first of all always
// has a label. Labels are between the ends of the box.
export function placeLabels(points: [number, number][], widths: number[], bounds: Box): (Label | null)[] {
  const taken: Box[] = points.map(([x, y]) => ({ x: x - 5, y: y - 5, width: 10, height: 10 }));
  return points.map(([x, y], index) => {
    const width = widths[index] ?? 0;
    const places: Label[] = [
      { x: x + gap, y, anchor: 'start' },
      { x: x - gap, y, anchor: 'end' },
      { x, y: y - gap - labelHeight / 2, anchor: 'middle' },
      { x, y: y + gap + labelHeight / 2, anchor: 'middle' },
    ];
    const fitting = places.filter((place) => within(boxOf(place, width), bounds));
    const free = fitting.find((place) => !taken.some((other) => overlap(boxOf(place, width), other)));
    const found = free ?? (index === 0 ? fitting[0] : undefined) ?? null;
    if (found) taken.push(boxOf(found, width));
    return found;
  });
}

const parts = { start: 0, middle: 0.5, end: 1 };

const boxOf = ({ x, y, anchor }: Label, width: number): Box => ({
  x: x - parts[anchor] * width,
  y: y - labelHeight / 2,
  width,
  height: labelHeight,
});

const within = (box: Box, bounds: Box): boolean =>
  box.x >= bounds.x &&
  box.y >= bounds.y &&
  box.x + box.width <= bounds.x + bounds.width &&
  box.y + box.height <= bounds.y + bounds.height;

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

// Returns round values between two ends, evenly apart on a logarithmic scale.
export function logTicks(from: number, to: number): number[] {
  const powers = Array.from({ length: 12 }, (_, power) => 10 ** power);
  const all = powers.flatMap((power) => [1, 1.5, 2, 3, 5, 7].map((digit) => digit * power));
  return all.filter((value) => value >= from && value <= to);
}
