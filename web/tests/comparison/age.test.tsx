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

const own = { demographics: { publishedFor: null } };
const grouped = { demographics: { publishedFor: { name: 'Cashiers' } } };

const text = (of: DifferencePartsFragment | null, left = own, right: typeof own | typeof grouped = own) =>
  renderToString(<AgeRow of={of} titles={titles} left={left} right={right} />)
    .replaceAll(/<[^>]*>/g, '|')
    .replaceAll(/\|+/g, '|');

test('each side names its measure where they differ', () => {
  expect(text(ages)).toBe('|Age|40 years|average|41.7 years|median|not compared: different measures|');
});

test('the row names a measure that both sides have', () => {
  expect(text({ ...ages, leftMeasure: 'medianAge' })).toBe('|Median age|40 years|41.7 years|not available|');
  expect(text({ ...ages, rightMeasure: 'averageAge' })).toBe('|Average age|40 years|41.7 years|not available|');
});

test('an age of a wider group names the group', () => {
  expect(text({ ...ages, leftMeasure: 'medianAge' }, own, grouped)).toBe(
    '|Median age|40 years|41.7 years|of the wider group “Cashiers”|not available|',
  );
  expect(text(ages, own, grouped)).toContain('|41.7 years|median, of the wider group “Cashiers”|');
});

test('two ages of one wider group are not compared', () => {
  const missing = [{ figure: 'left medianAge', reason: 'WIDER_GROUP_ONLY' as const, atLeast: null }];
  const of = { ...ages, leftMeasure: 'medianAge', missing };
  expect(text(of)).toBe('|Median age|40 years|41.7 years|not compared: one wider group|');
});

test('a row without ages says so', () => {
  expect(text(null)).toBe('|Average age|not published|not published|not available|');
});
