import { expect, test } from 'vitest';
import { figuresOf } from '../../src/comparison/demographics';

const nobody = { medianAge: null, averageAge: null };

test('only figures that are published are said to be those of a wider group', () => {
  expect(figuresOf({ ...nobody, medianAge: 26.1 }, 100, 100.5)).toBe('The figures on age, gender and race are');
  expect(figuresOf(nobody, 100, 100)).toBe('The figures on gender and race are');
  expect(figuresOf({ ...nobody, medianAge: 46.4 }, null, null)).toBe('The figures on age are');
  expect(figuresOf(nobody, null, null)).toBe(null);
  expect(figuresOf(null, null, null)).toBe(null);
});
