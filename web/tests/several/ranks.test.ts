import { expect, test } from 'vitest';
import type { RankedFiguresFragment } from '../../generated/graphql';
import { type Entry, extremes, lead, orderOfEducation, rankText } from '../../src/several/ranks';

const entry = (highestRank: number | null, lowestRank: number | null, more: Partial<Entry> = {}): Entry => ({
  highestRank,
  lowestRank,
  value: 1,
  standardErrorPercent: 1,
  missing: null,
  occupation: { slug: 'x' },
  ...more,
});

const ranking = (measure: RankedFiguresFragment['measure'], entries: Entry[]): RankedFiguresFragment => ({
  measure,
  unit: 'DOLLARS_PER_YEAR',
  entries,
  caveats: [],
  sources: [],
});

test('a rank names its ties, and what is not tested or not comparable', () => {
  const entries = [
    entry(1, 2),
    entry(1, 3),
    entry(3, 3, { standardErrorPercent: null }),
    entry(null, null),
    entry(null, null, { value: null }),
  ];
  const texts = (of: RankedFiguresFragment) => entries.map((one) => rankText(of, one));
  expect(texts(ranking('MEAN_WAGE', entries))).toEqual([
    'tied 1st–2nd',
    'tied 1st–3rd',
    '3rd, not tested',
    'not ranked: another period',
    null,
  ]);
  // Projections are never tested, which is said once.
  expect(texts(ranking('GROWTH', entries))[2]).toBe('3rd');
  expect(entries.map(lead)).toEqual(['shared', 'shared', null, null, null]);
  expect(lead(entry(1, 1))).toBe('first');
});

test('one figure alone has no rank', () => {
  const alone = entry(1, 1);
  expect(rankText(ranking('MEAN_WAGE', [alone, entry(null, null, { value: null })]), alone)).toBe(null);
});

test('the lowest and the highest level are named if all levels are known', () => {
  const levels = (['MASTERS', 'BACHELORS', 'NO_CREDENTIAL', 'MASTERS'] as const).map(orderOfEducation);
  expect(extremes(levels)).toEqual(['most', null, 'least', 'most']);
  expect(extremes([2, 2])).toEqual([null, null]);
  expect(extremes([1, null, 2])).toEqual([null, null, null]);
});
