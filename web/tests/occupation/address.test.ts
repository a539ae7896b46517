import { expect, test } from 'vitest';
import { addressOf, readAddress } from '../../src/occupation/address';

test('an address names a role and an area', () => {
  const read = (address: string) => readAddress(new URL(address, 'http://rolegraph.test'));
  expect(read('/occupation/actors?area=31080')).toEqual({ slug: 'actors', area: '31080', and: '', prices: '' });
  expect(read('/occupation/caf%C3%A9')).toEqual({ slug: 'café', area: 'US', and: '', prices: '' });
});

test('the nation is not part of an address', () => {
  expect(addressOf({ slug: 'actors', area: 'US' })).toBe('/occupation/actors');
  expect(addressOf({ slug: 'a/b', area: 'CA' })).toBe('/occupation/a%2Fb?area=CA');
});

test('an address names a second area and the prices', () => {
  const address = '/occupation/actors?area=TX&and=OR&prices=national';
  const read = readAddress(new URL(address.replace('OR', 'or'), 'http://rolegraph.test'));
  expect(read).toEqual({ slug: 'actors', area: 'TX', and: 'OR', prices: 'national' });
  expect(addressOf(read)).toBe(address);
  expect(addressOf({ ...read, area: 'US', prices: '' })).toBe('/occupation/actors?and=OR');
});
