import { expect, test } from 'vitest';
import type { CompareOverviewQuery, DifferencePartsFragment } from '../../generated/graphql';
import { meanings, type VerdictRow, verdictRows } from '../../src/comparison/verdict-rows';

type Comparison = NonNullable<CompareOverviewQuery['comparison']>;
type Higher = DifferencePartsFragment['higher'];

function difference(
  left: number | null,
  right: number | null,
  changes: Partial<DifferencePartsFragment> = {},
): DifferencePartsFragment {
  const absolute = left === null || right === null ? null : left - right;
  const higher: Higher = absolute === null ? null : absolute > 0 ? 'LEFT' : absolute < 0 ? 'RIGHT' : 'EQUAL';
  return {
    left,
    right,
    leftMeasure: 'figure',
    rightMeasure: 'figure',
    absolute,
    percent: null,
    higher,
    unit: 'DOLLARS_PER_YEAR',
    verdict: 'NOT_TESTABLE',
    confidence: null,
    missing: [],
    explanation: { note: '', sources: [] },
    ...changes,
  };
}

const wages = (unit: DifferencePartsFragment['unit'], ...pairs: [number | null, number | null][]) =>
  pairs.map(([left, right], place) => ({
    percentile: [10, 25, 50, 75, 90][place] as number,
    difference: difference(left, right, { unit }),
  }));

const outlook = { fromYear: 2024, toYear: 2034 };
const jobs = { count: 1, basis: 'WAGE_AND_SALARY' };
const requirement = (left: string | null, right: string | null, needsMore: Higher) => ({ left, right, needsMore });

const nurses = {
  area: { code: 'OH', name: 'Ohio' },
  left: { outlook, jobs, timeToBecome: null },
  right: { outlook, jobs, timeToBecome: null },
  salary: {
    annualMean: difference(85_000, 126_000, { verdict: 'SIGNIFICANT' }),
    hourlyMean: difference(41, 60, { unit: 'DOLLARS_PER_HOUR', verdict: 'SIGNIFICANT' }),
    percentiles: wages('DOLLARS_PER_YEAR', [67_000, 101_000], [1, 2], [82_510, 124_870], [3, 4], [105_000, 155_000]),
  },
  growth: difference(4.9, 40.1, { unit: 'PERCENTAGE_POINTS' }),
  openings: difference(189_100, 29_500, { unit: 'OPENINGS_PER_YEAR' }),
  jobs: difference(3_379_720, 323_040, { unit: 'WAGE_AND_SALARY_JOBS', verdict: 'NOT_SIGNIFICANT' }),
  entry: {
    education: requirement("Bachelor's degree", "Master's degree", 'RIGHT'),
    experience: requirement('None', 'Less than 5 years', 'RIGHT'),
    training: requirement('Short-term on-the-job training', 'None', 'LEFT'),
    note: '',
  },
  timeToBecome: null,
};

const rowsOf = (changes: object = {}): Record<string, VerdictRow> =>
  Object.fromEntries(verdictRows({ ...nurses, ...changes } as unknown as Comparison).map((row) => [row.id, row]));

const says = (row: VerdictRow | undefined): string[] | undefined =>
  row?.leads.map(({ side, words, certainty, basis }) => [side, words, certainty, basis].filter(Boolean).join(', '));

test('five rows name who is ahead and how certain that is', () => {
  const rows = rowsOf();
  expect(Object.values(rows).map(({ name, note }) => `${name}: ${note}`)).toEqual([
    'Pay: median a year, Ohio',
    'Growth: projected, 2024–2034, nationwide',
    'Openings a year: projected, with replacements, nationwide',
    'To get in: typical requirements',
    'Jobs: wage-and-salary jobs, nationwide',
  ]);
  expect(Object.values(rows).map(({ left, right }) => [left.figure, right.figure])).toEqual([
    ['$82,510', '$124,870'],
    ['+4.9%', '+40.1%'],
    ['189,100', '29,500'],
    ["Bachelor's degree", "Master's degree"],
    ['3,379,720', '323,040'],
  ]);
  expect(Object.values(rows).map(says)).toEqual([
    ['right, higher pay, clear, by the mean: $85,000 and $126,000'],
    ['right, faster, projected'],
    ['left, more, projected'],
    ['left, needs longer training', 'right, needs more education and more experience'],
    ['no clear difference, not clear'],
  ]);
  expect(rows['pay']?.drawing).toEqual({
    unit: 'DOLLARS_PER_YEAR',
    left: { from: 67_000, to: 105_000, mark: 82_510, open: false },
    right: { from: 101_000, to: 155_000, mark: 124_870, open: false },
  });
  expect(rows['pay']?.left.spoken).toBe('8 in 10 earn $67,000 to $105,000');
  expect(rows['entry']?.right.detail).toBe('less than 5 years of experience; no training on the job');
  expect(rowsOf({ area: { code: 'US', name: 'United States' } })['growth']?.note).toBe('projected, 2024–2034');
});

test('only the words for certainty that the rows use are explained', () => {
  expect(meanings(Object.values(rowsOf()))).toBe(
    'Clear: statistically significant at the 90% level. Not clear: the difference may be due to chance. ' +
      'Projected: by the Bureau of Labor Statistics; projections cannot be tested.',
  );
  const untested = Object.values(rowsOf({ growth: null, openings: null, jobs: null })).slice(0, 1);
  expect(meanings(untested)).toBe('Clear: statistically significant at the 90% level.');
});

test('pay that is not tested is only said to be published', () => {
  const salary = { ...nurses.salary, annualMean: difference(85_000, 126_000) };
  expect(says(rowsOf({ salary })['pay'])).toEqual([
    'right, published pay is higher, not tested, by the mean: $85,000 and $126,000',
  ]);
  const unknown = { ...nurses.salary, annualMean: difference(null, null) };
  expect(says(rowsOf({ salary: unknown })['pay'])).toEqual(['right, published pay is higher, not tested']);
});

test('a mean and a median in opposite order are both said', () => {
  const annualMean = difference(130_000, 126_000, { verdict: 'SIGNIFICANT' });
  expect(says(rowsOf({ salary: { ...nurses.salary, annualMean } })['pay'])).toEqual([
    'left, higher mean, but a lower median, clear, by the mean: $130,000 and $126,000',
  ]);
});

test('a top-coded median and an open range are lower bounds', () => {
  const missing = [{ figure: 'left annual.median', reason: 'TOP_CODED' as const, atLeast: 239_200 }];
  const capped = difference(null, 90_000, { missing, higher: 'LEFT' });
  const percentiles = wages('DOLLARS_PER_YEAR', [90_000, 50_000], [1, 2], [1, 90_000], [1, 2], [null, 120_000]);
  (percentiles[2] as (typeof percentiles)[number]).difference = capped;
  (percentiles[4] as (typeof percentiles)[number]).difference.missing = missing;
  const row = rowsOf({ salary: { ...nurses.salary, percentiles } })['pay'];
  expect(row?.left).toMatchObject({ figure: '$239,200+', detail: 'at least, top-coded' });
  expect(row?.drawing?.left).toEqual({ from: 90_000, to: 239_200, mark: null, open: true });
  expect(row?.left.spoken).toBe('8 in 10 earn $90,000 to over $239,200');
});

test('hourly wages are compared by the hour, and stand alone next to annual ones', () => {
  const percentiles = wages('DOLLARS_PER_HOUR', [15, 14], [1, 2], [29.05, 24.8], [3, 4], [143, 52]);
  const hourlyMean = difference(45, 32, { unit: 'DOLLARS_PER_HOUR', verdict: 'SIGNIFICANT' });
  const both = { percentiles, hourlyMean, annualMean: difference(null, null) };
  const row = rowsOf({ salary: both })['pay'];
  expect([row?.note, row?.left.figure, says(row)]).toEqual([
    'median an hour, Ohio',
    '$29.05',
    ['left, higher pay, clear, by the mean: $45.00 and $32.00'],
  ]);
  const missing = [{ figure: 'left annual.median', reason: 'HOURLY_ONLY' as const, atLeast: null }];
  const apart = wages('DOLLARS_PER_YEAR', [null, 1], [null, 1], [null, 62_000], [null, 1], [null, 99_000]);
  for (const { difference: of } of apart) of.missing = missing;
  const salary = {
    annualMean: difference(null, 65_000),
    hourlyMean: difference(58.29, null, { unit: 'DOLLARS_PER_HOUR' }),
    percentiles: apart,
  };
  const alone = rowsOf({ salary })['pay'];
  expect(alone?.left).toEqual({ figure: '$58.29', missing: '', detail: 'an hour, mean' });
  expect(says(alone)).toEqual(['not comparable']);
  expect(alone?.drawing?.left).toBeNull();
  const neither = wages('DOLLARS_PER_YEAR', [null, null], [null, null], [null, null]);
  const unreleased = rowsOf({ salary: { ...salary, annualMean: difference(null, null), percentiles: neither } })['pay'];
  expect(unreleased?.left).toEqual({ figure: '$58.29', missing: '', detail: 'an hour, mean' });
  expect(unreleased?.right.figure).toBeNull();
});

test('projections within their rounding are about the same, and a decline is called one', () => {
  const growth = difference(3.5, 3.4, { unit: 'PERCENTAGE_POINTS' });
  const openings = difference(200, 100, { unit: 'OPENINGS_PER_YEAR' });
  const rows = rowsOf({ growth, openings });
  expect([says(rows['growth']), says(rows['openings'])]).toEqual([
    ['about the same, projected'],
    ['about the same, projected'],
  ]);
  const falling = rowsOf({ growth: difference(-1.5, -4, { unit: 'PERCENTAGE_POINTS' }) })['growth'];
  expect([falling?.left.figure, says(falling)]).toEqual(['−1.5%', ['left, slower decline, projected']]);
  expect(falling?.drawing).toMatchObject({ left: { from: -1.5, to: 0 }, right: { from: -4, to: 0 } });
});

test('the published page has means, postings and a time to become one', () => {
  const role = (count: number, minimumMonths: number, maximumMonths: number) => ({
    outlook: { fromYear: null, toYear: null },
    jobs: { count, basis: 'OPEN_POSTINGS' },
    timeToBecome: { minimumMonths, maximumMonths },
  });
  const none = requirement(null, null, null);
  const rows = rowsOf({
    left: role(17_827, 6, 12),
    right: role(87_800, 24, 48),
    salary: {
      ...nurses.salary,
      annualMean: difference(57_433, 53_243),
      percentiles: wages('DOLLARS_PER_YEAR', [null, null], [null, null], [null, null], [null, null], [null, null]),
    },
    growth: difference(8, 8, { unit: 'PERCENTAGE_POINTS' }),
    openings: null,
    jobs: difference(17_827, 87_800, { unit: 'OPEN_POSTINGS' }),
    entry: { education: none, experience: none, training: none, note: '' },
    timeToBecome: difference(9, 36, { unit: 'MONTHS' }),
  });
  expect(Object.values(rows).map(({ note, left }) => [note, left.figure ?? left.missing])).toEqual([
    ['mean a year, Ohio', '$57,433'],
    ['projected, nationwide', '+8%'],
    ['projected, with replacements, nationwide', 'not published'],
    ['time to become one', '6–12 months'],
    ['open postings, nationwide', '17,827'],
  ]);
  expect(Object.values(rows).map(says)).toEqual([
    ['left, published pay is higher, not tested'],
    ['the same'],
    [],
    ['right, takes longer as published, not tested'],
    ['right, published count is higher, not tested'],
  ]);
});

test('what is not published or counts different things is not compared', () => {
  const postings = { outlook: null, jobs: { count: 5, basis: 'OPEN_POSTINGS' }, timeToBecome: null };
  const rows = rowsOf({
    left: postings,
    salary: null,
    growth: null,
    jobs: null,
    entry: {
      education: requirement(null, "Master's degree", null),
      experience: requirement(null, 'None', null),
      training: requirement(null, 'None', null),
      note: '',
    },
  });
  expect(Object.values(rows).map(says)).toEqual([
    ['no published wages'],
    [],
    ['left, more, projected'],
    ['not comparable'],
    ['not comparable: counted differently'],
  ]);
  expect(rows['jobs']?.left).toEqual({ figure: '5', missing: '', detail: 'open postings' });
  expect(rows['growth']?.drawing).toBeNull();
});
