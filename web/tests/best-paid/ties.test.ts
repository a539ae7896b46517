import { expect, test } from 'vitest';
import { tiesText } from '../../src/best-paid/list';

test.each([
  [[], 'none'],
  [[4], '4'],
  [[9, 4, 7, 8], '4, 7–9'],
])('the ties %j are %s', (ties, text) => {
  expect(tiesText(ties)).toBe(text);
});
