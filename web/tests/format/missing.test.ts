import { expect, test } from 'vitest';
import { missingReason } from '../../src/format/missing';

test.each([
  ['NOT_RELEASED', 'not released'],
  ['HOURLY_ONLY', 'published hourly only'],
  ['ANNUAL_ONLY', 'published annually only'],
  ['TOP_CODED', 'above the published maximum'],
  ['NOT_COLLECTED', 'not published'],
] as const)('%s is %s', (reason, text) => {
  expect(missingReason({ figure: 'annual.mean', reason, atLeast: null }, 'DOLLARS_PER_YEAR')).toBe(text);
});

test('a lower bound is shown in the unit of its figure', () => {
  const missing = { figure: 'hourly.p90', reason: 'TOP_CODED', atLeast: 115 } as const;
  expect(missingReason(missing, 'DOLLARS_PER_HOUR')).toBe('at least $115.00');
  expect(missingReason({ ...missing, atLeast: 239_200 }, 'DOLLARS_PER_YEAR')).toBe('at least $239,200');
});

test('a lower bound of zero is a bound', () => {
  expect(missingReason({ figure: 'employment', reason: 'NOT_RELEASED', atLeast: 0 }, 'WAGE_AND_SALARY_JOBS')).toBe(
    'at least 0',
  );
});

test('a figure without a reason is not published', () => {
  expect(missingReason(undefined, 'WAGE_AND_SALARY_JOBS')).toBe('not published');
});
