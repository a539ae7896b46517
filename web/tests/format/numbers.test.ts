import { describe, expect, test } from 'vitest';
import {
  count,
  formatDifference,
  formatFigure,
  formatMonths,
  hourly,
  money,
  percent,
  plural,
  signedPercent,
} from '../../src/format/numbers';

test('money has no cents, and hourly wages always have them', () => {
  expect([money(57433.4), money(1_234_567.5), money(0)]).toEqual(['$57,433', '$1,234,568', '$0']);
  expect([hourly(27.6), hourly(100), hourly(58.295)]).toEqual(['$27.60', '$100.00', '$58.30']);
});

test('counts and percentages have at most one decimal', () => {
  expect([count(87800), count(4.04), count(4.05), count(0)]).toEqual(['87,800', '4', '4.1', '0']);
  expect([percent(8), percent(32.94), percent(0.2)]).toEqual(['8%', '32.9%', '0.2%']);
});

test('one of a thing is singular, also after rounding', () => {
  expect([plural(1, 'role'), plural(0.96, 'year'), plural(0, 'role'), plural(1.5, 'year')]).toEqual([
    '1 role',
    '1 year',
    '0 roles',
    '1.5 years',
  ]);
  expect([plural(1, 'activity', 'activities'), plural(2, 'activity', 'activities')]).toEqual([
    '1 activity',
    '2 activities',
  ]);
});

test.each([
  [57433, 'DOLLARS_PER_YEAR', '$57,433'],
  [27.61, 'DOLLARS_PER_HOUR', '$27.61'],
  [4.94, 'PERCENTAGE_POINTS', '4.9%'],
  [12, 'YEARS', '12 years'],
  [1, 'MONTHS', '1 month'],
  [17827.5, 'WAGE_AND_SALARY_JOBS', '17,828'],
] as const)('the figure %d in %s is %s', (value, unit, text) => {
  expect(formatFigure(value, unit)).toBe(text);
});

test.each([
  [4190, 'DOLLARS_PER_YEAR', '+$4,190'],
  [-2.01, 'DOLLARS_PER_HOUR', '−$2.01'],
  [-1, 'PERCENTAGE_POINTS', '−1 point'],
  [2, 'PERCENTAGE_POINTS', '+2 points'],
  [0, 'PERCENTAGE_POINTS', '0 points'],
  [-27, 'MONTHS', '−27 months'],
  [0.4, 'DOLLARS_PER_YEAR', '$0'],
  [-0.04, 'PERCENTAGE_POINTS', '0 points'],
] as const)('the difference %d in %s is %s', (value, unit, text) => {
  expect(formatDifference(value, unit)).toBe(text);
});

test('signed percentages have a minus sign, not a hyphen, and zero has no sign', () => {
  expect([7.87, -79.7, 0, -0.04, 0.05].map(signedPercent)).toEqual(['+7.9%', '−79.7%', '0%', '0%', '+0.1%']);
});

describe('a range of months', () => {
  test.each([
    [6, 12, '6–12 months'],
    [24, 48, '2–4 years'],
    [12, 12, '1 year'],
    [0, 3, '0–3 months'],
    [0, 12, '0–12 months'],
    [48, null, '4 years or more'],
    [12, null, '1 year or more'],
    [30, null, '30 months or more'],
    [12, 18, '12–18 months'],
    [1, 1, '1 month'],
  ] as const)('from %d to %s is %s', (minimum, maximum, text) => {
    expect(formatMonths(minimum, maximum)).toBe(text);
  });
});
