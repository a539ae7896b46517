import { expect, test } from 'vitest';
import { mostCommonDegree } from '../../src/comparison/degree';

const degrees = [
  { name: 'Master’s', percent: 15.3 },
  { name: 'Bachelor’s', percent: 57.46 },
];

test('a degree has its own share', () => {
  expect(mostCommonDegree({ education: { mostCommonDegree: 'Bachelor’s', degrees } })).toBe('Bachelor’s, 57.5%');
});

test('a degree without a published share stands alone', () => {
  expect(mostCommonDegree({ education: { mostCommonDegree: 'Doctorate', degrees } })).toBe('Doctorate');
});

test('without education data there is no degree', () => {
  expect(mostCommonDegree({ education: null })).toBeNull();
  expect(mostCommonDegree({ education: { mostCommonDegree: null, degrees } })).toBeNull();
});
