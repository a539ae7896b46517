import { expect, test } from 'vitest';
import { higherIn } from '../../src/occupation/two-places';

const areas = { left: { name: 'Texas' }, right: { name: 'District of Columbia' } };
const pay = (mean: number | null, worth: number | null) =>
  ({
    annual: mean === null ? null : { mean, median: null },
    atNationalPrices: worth === null ? null : { mean: worth, median: null },
  }) as Parameters<typeof higherIn>[1]['left'];

test.each([
  [pay(2, 2), pay(1, 1), 'In dollars and at national prices, the published mean is higher in Texas.'],
  [
    pay(90, 95),
    pay(100, 85),
    'In dollars, the published mean is higher in the District of Columbia; at national prices, it is higher in Texas.',
  ],
  [pay(1, 1), pay(1, 1), 'In dollars and at national prices, the published mean is the same in both.'],
  [
    pay(2, 2),
    pay(1, null),
    'In dollars, the published mean is higher in Texas. At national prices, they cannot be compared.',
  ],
  [pay(null, null), pay(1, 1), 'The means of these two places cannot be compared: one is not published.'],
])('the place with the higher mean, case %#', (left, right, text) => {
  expect(higherIn(areas, { left, right })).toBe(text);
});
