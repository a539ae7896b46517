import { expect, test } from 'vitest';
import { type PaidRole, periodOf, rangeOf } from '../../src/components/pay-ranges';

type Wages = NonNullable<NonNullable<PaidRole['salary']>['annual']>;

const none: Wages = { mean: null, median: null, p10: null, p25: null, p75: null, p90: null };

function role(annual: Partial<Wages> | null, hourly: Partial<Wages> | null, atLeast?: number): PaidRole {
  const missing = atLeast ? [{ figure: 'annual.p90', reason: 'TOP_CODED' as const, atLeast }] : [];
  const salary = { annual: annual && { ...none, ...annual }, hourly: hourly && { ...none, ...hourly }, missing };
  return { slug: 'x', title: 'X', salary };
}

test('hourly wages are shown only where all have them and one has no annual wages', () => {
  const [both, byHour, byYear] = [
    role({ median: 1 }, { median: 1 }),
    role(null, { median: 1 }),
    role({ mean: 1 }, null),
  ];
  expect(periodOf([both, both])).toBe('annual');
  expect(periodOf([both, byHour])).toBe('hourly');
  expect(periodOf([byYear, byHour])).toBe('annual');
});

test('a range says its ends, bounds and gaps in words', () => {
  const doctor = rangeOf(role({ p10: 60_000, median: 200_000 }, null, 239_200), 'annual');
  expect(doctor.text).toBe('median $200,000; the middle 80% earn $60,000 to at least $239,200');
  expect(doctor.ends.p90).toEqual({ wage: 239_200, isBound: true });
  expect(rangeOf(role({ mean: 57_433 }, null), 'annual').text).toBe('mean $57,433; the spread is not published');
  expect(rangeOf(role(null, null), 'annual').text).toBe('not published');
});
