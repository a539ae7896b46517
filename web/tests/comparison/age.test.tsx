import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { DifferencePartsFragment } from '../../generated/graphql';
import { AgeRow } from '../../src/comparison/age';

const titles = { left: 'Media Producer', right: 'Actors' };
const ages: DifferencePartsFragment = {
  left: 40,
  right: 41.7,
  leftMeasure: 'averageAge',
  rightMeasure: 'medianAge',
  absolute: null,
  percent: null,
  higher: null,
  unit: 'YEARS',
  verdict: 'NOT_TESTABLE',
  confidence: null,
  missing: [],
  explanation: { note: '', sources: [] },
};

const text = (of: DifferencePartsFragment | null) =>
  renderToString(<AgeRow of={of} titles={titles} />)
    .replaceAll(/<[^>]*>/g, '|')
    .replaceAll(/\|+/g, '|');

test('each side names its measure where they differ', () => {
  expect(text(ages)).toBe('|Age|40 years|average|41.7 years|median|not available|');
});

test('the row names a measure that both sides have', () => {
  expect(text({ ...ages, leftMeasure: 'medianAge' })).toBe('|Median age|40 years|41.7 years|not available|');
  expect(text({ ...ages, rightMeasure: 'averageAge' })).toBe('|Average age|40 years|41.7 years|not available|');
});

test('a row without ages says so', () => {
  expect(text(null)).toBe('|Average age|not published|not published|not available|');
});
