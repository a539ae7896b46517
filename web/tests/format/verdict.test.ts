import { expect, test } from 'vitest';
import { verdictText } from '../../src/format/verdict';

const titles = { left: 'Actors', right: 'Dancers' };

test.each([
  ['LEFT', 'SIGNIFICANT', 'Actors higher, statistically significant'],
  ['RIGHT', 'SIGNIFICANT', 'Dancers higher, statistically significant'],
  ['LEFT', 'NOT_SIGNIFICANT', 'not statistically significant; may be due to chance'],
  ['LEFT', 'NOT_TESTABLE', 'Actors higher; significance not testable'],
  ['RIGHT', 'NOT_TESTABLE', 'Dancers higher; significance not testable'],
  ['EQUAL', 'NOT_TESTABLE', 'equal'],
  [null, 'NOT_TESTABLE', 'not available'],
] as const)('%s and %s is "%s"', (higher, verdict, text) => {
  expect(verdictText(higher, verdict, titles)).toBe(text);
});
