import { expect, test } from 'vitest';
import { hint } from '../../src/home/picker';
import { addressOf, readSlugs } from '../../src/home/use-selected-roles';

const actors = { slug: 'actors', code: '27-2011', title: 'Actors' };
const dancers = { slug: 'dancers', code: '27-2031', title: 'Dancers' };

test('the address has the selected roles', () => {
  expect(addressOf({ left: null, right: null })).toBe('/');
  expect(addressOf({ left: actors, right: null })).toBe('/?left=actors');
  expect(addressOf({ left: null, right: dancers })).toBe('/?right=dancers');
  expect(addressOf({ left: actors, right: dancers })).toBe('/?left=actors&right=dancers');
  expect(addressOf({ left: actors, right: null, fourth: dancers })).toBe('/?left=actors&fourth=dancers');
});

test('the roles are read from the address', () => {
  expect(readSlugs('?right=dancers&left=actors')).toEqual({ left: 'actors', right: 'dancers' });
  expect(readSlugs('?third=actors&other=x')).toEqual({ third: 'actors' });
  expect(readSlugs('')).toEqual({});
});

test.each([
  [null, null, 'Type a job title or SOC code, then select a suggestion.'],
  [actors, null, 'Select a second role to compare, or view this one.'],
  [null, dancers, 'Select a second role to compare, or view this one.'],
  [actors, actors, 'Both sides have the same role. Change one of them to compare.'],
  [actors, dancers, 'Ready to compare.'],
])('the hint names the next step (%#)', (left, right, text) => {
  expect(hint({ left, right })).toBe(text);
});
