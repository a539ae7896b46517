import { expect, test } from 'vitest';
import { topPayNotes } from '../../src/comparison/pay';

const top = { name: 'San Jose', salary: 194_950, source: {} } as Parameters<typeof topPayNotes>[0];

test('a highest-paying place says what it is not clearly above, and of which places', () => {
  expect(topPayNotes({ ...top, notClearlyAbove: 3, topCoded: 1, minimumEmployment: 100 })).toEqual([
    'not clearly above 3 others',
    '1 other above the published maximum',
    'of those with at least 100 jobs',
  ]);
});

test('a place that a source names has no notes', () => {
  expect(topPayNotes({ ...top, notClearlyAbove: null, topCoded: 0, minimumEmployment: null })).toEqual([]);
});
