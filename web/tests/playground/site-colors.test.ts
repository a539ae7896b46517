import { expect, test } from 'vitest';
import { hex, triplet } from '../../src/playground/site-colors';

test.each<[string, string, [number, number, number]]>([
  ['#5b21b6', '263, 69%, 42%', [91, 33, 182]],
  ['#7db8f7', '211, 88%, 73%', [125, 184, 247]],
  ['#00ff00', '120, 100%, 50%', [0, 255, 0]],
  ['#ffb3b3', '0, 100%, 85%', [255, 179, 179]],
  ['#ffffff', '0, 0%, 100%', [255, 255, 255]],
])('%s is %s', (written, parts, color) => {
  expect(hex(color)).toBe(written);
  expect(triplet(color)).toBe(parts);
});
