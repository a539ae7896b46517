import { expect, test } from 'vitest';
import {
  inPeriod,
  type OfferWages,
  ordinal,
  type Point,
  percentilesFor,
  place,
  readAmount,
} from '../../src/comparison/offer-place';

test.each([
  ['85,000', 85_000],
  ['$85000', 85_000],
  [' $ 40.50 ', 40.5],
  ['85k', 85_000],
  ['.5', 0.5],
  ['85.', 85],
  ['', null],
  ['0', null],
  ['-5', null],
  ['85 000', null],
  ['1e9', null],
  ['lots', null],
  ['9999999999', null],
])('the amount in "%s" is %s', (text, amount) => {
  expect(readAmount(text)).toBe(amount);
});

const points = (...wages: (number | null)[]): Point[] =>
  wages.map((wage, index) => ({ percentile: [10, 25, 50, 75, 90][index] as number, wage, atLeast: null }));

const capped = (from: number, ...wages: number[]): Point[] =>
  points(...wages, ...Array(5 - wages.length).fill(null)).map((point) =>
    point.percentile >= from ? { ...point, atLeast: 239_200 } : point,
  );

const producers = points(45_780, 62_670, 90_360, 134_800, 198_540);

// As tests/resolvers/test_offers.py expects of the API.
test.each([
  [45_779, producers, 'below the 10th percentile', '90% earn more than $45,780'],
  [45_780, producers, 'exactly the 10th percentile', '$45,780'],
  [
    60_000,
    producers,
    'about the 23rd percentile',
    'interpolated between the 10th percentile ($45,780) and the 25th percentile ($62,670)',
  ],
  [90_360, producers, 'exactly the median', '$90,360'],
  [
    100_000,
    producers,
    'about the 55th percentile',
    'interpolated between the median ($90,360) and the 75th percentile ($134,800)',
  ],
  [200_000, producers, 'above the 90th percentile', '$198,540; fewer than 10% earn more'],
  [37_000, points(37_000, 37_000, 40_000), 'exactly the 10th percentile to the 25th percentile', '$37,000'],
  [50_000, points(null, 62_670), 'below the 25th percentile', '75% earn more than $62,670'],
  [90_000, points(1, 2, 3, 80_000), 'above the 75th percentile', '$80,000; no higher percentile is published'],
  [
    200_000,
    capped(75, 100_000, 150_000, 180_000),
    'above the median ($180,000) and below the 75th percentile',
    'which is published as at least $239,200',
  ],
  [
    300_000,
    capped(75, 100_000, 150_000, 180_000),
    'above the median ($180,000)',
    'at or above $239,200, the highest wage that is published',
  ],
  [200_000, capped(10), 'below the 10th percentile', 'which is published as at least $239,200'],
  [239_200, capped(10), 'at or above $239,200, the highest wage that is published', ''],
])('%i is placed', (amount, among, position, detail) => {
  expect(place(amount, among, 'DOLLARS_PER_YEAR')).toEqual({ position, detail });
});

test('an interpolated percentile lies between its neighbors and rises with the amount', () => {
  const found = Array.from({ length: 300 }, (_, step) => place(46_000 + 500 * step, producers, 'DOLLARS_PER_YEAR'))
    .map(({ position }) => Number(/about the (\d+)/.exec(position)?.[1]))
    .filter(Number.isFinite);
  expect(found.every((percentile) => percentile >= 10 && percentile <= 90)).toBe(true);
  expect(found).toEqual(found.toSorted((one, other) => one - other));
});

const curve = { p10: 10, p25: 20, median: 30, p75: 40, p90: null };

test('an offer is placed among wages of its own period, or of the other one', () => {
  const missing: OfferWages['missing'] = [{ figure: 'hourly.p90', reason: 'TOP_CODED', atLeast: 115 }];
  const hourly: OfferWages = { annual: null, hourly: curve, missing };
  expect(percentilesFor(hourly, 'year')).toEqual({
    period: 'hour',
    points: [10, 20, 30, 40, null].map((wage, index) => ({
      percentile: [10, 25, 50, 75, 90][index],
      wage,
      atLeast: wage === null ? 115 : null,
    })),
  });
  expect(percentilesFor({ annual: curve, hourly: curve, missing: [] }, 'year')?.period).toBe('year');
  expect(percentilesFor({ annual: null, hourly: null, missing: [] }, 'hour')).toBeNull();
  expect(percentilesFor(null, 'hour')).toBeNull();
  expect([inPeriod(83_200, 'year', 'hour'), inPeriod(40, 'hour', 'year'), inPeriod(5, 'hour', 'hour')]).toEqual([
    40, 83_200, 5,
  ]);
});

test('ordinals', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 53, 90].map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 53rd 90th',
  );
});
