import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { DifferencePartsFragment } from '../../generated/graphql';
import { DifferenceRow } from '../../src/components/difference-table';

const titles = { left: 'Actors', right: 'Dancers' };
const difference: DifferencePartsFragment = {
  left: 57433,
  right: 53243,
  leftMeasure: 'annual.mean',
  rightMeasure: 'annual.mean',
  absolute: 4190,
  percent: 7.8696,
  higher: 'LEFT',
  unit: 'DOLLARS_PER_YEAR',
  verdict: 'NOT_TESTABLE',
  confidence: null,
  missing: [],
  explanation: { note: 'N', sources: [] },
};

// Returns the texts of a row's cells, with each element's text apart.
function cells(of: DifferencePartsFragment | null, otherwise?: string): string[] {
  const html = renderToString(<DifferenceRow name="Pay" of={of} titles={titles} {...(otherwise && { otherwise })} />);
  return html
    .split('</td>')
    .slice(0, -1)
    .map((cell) => cell.replaceAll(/<[^>]*>/g, '|').replaceAll(/\|+/g, '|'));
}

test('a row has both figures, their difference and the verdict', () => {
  expect(cells(difference)).toEqual([
    '|Pay|$57,433',
    '|$53,243',
    '|+$4,190 (+7.9%)|Actors higher; significance not testable|',
  ]);
});

test('a confidence interval is in the unit of the difference', () => {
  const confidence = { level: 90, low: 3500.2, high: 4879.8 };
  expect(cells({ ...difference, verdict: 'SIGNIFICANT', confidence })[2]).toBe(
    '|+$4,190 (+7.9%)|Actors higher, statistically significant; 90% interval |+$3,500| to |+$4,880|',
  );
});

test('equal figures have no percentage', () => {
  expect(cells({ ...difference, absolute: 0, percent: 0, higher: 'EQUAL' })[2]).toBe('|$0|equal|');
});

test('each side has the reason for its own missing figure', () => {
  const missing: DifferencePartsFragment['missing'] = [
    { figure: 'right annual.mean', reason: 'HOURLY_ONLY', atLeast: null },
    { figure: 'left annual.mean', reason: 'TOP_CODED', atLeast: 239_200 },
  ];
  const of = { ...difference, left: null, right: null, absolute: null, percent: null, higher: null, missing };
  expect(cells(of)).toEqual(['|Pay|at least $239,200|', '|published hourly only|', '|not available|']);
});

test('a row without data says so', () => {
  expect(cells(null)).toEqual(['|Pay|not published|', '|not published|', '|not available']);
  expect(cells(null, 'counted differently')[2]).toBe('|counted differently');
});

test('a percentage over 1,000 is a multiple', () => {
  expect(cells({ ...difference, percent: 1000 })[2]).toContain('(+1,000%)');
  expect(cells({ ...difference, percent: 110_589.2 })[2]).toContain('(1,106 times)');
});
