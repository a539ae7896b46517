import { expect, test } from 'vitest';
import { addressOf, readAddress } from '../../src/comparison/address';

const nothing = { prices: '', place: '', offer: '', per: '' };
const read = (address: string) => readAddress(new URL(address, 'http://rolegraph.test'));

test('an address names both roles and the area', () => {
  expect(read('/compare/actors/dancers?area=CA&utm_source=x')).toEqual({
    left: 'actors',
    right: 'dancers',
    area: 'CA',
    ...nothing,
  });
});

test.each(['/compare/actors/dancers', '/compare/actors/dancers?area=', '/compare/actors/dancers?Area=CA'])(
  '%s is about the nation',
  (address) => {
    expect(read(address)).toEqual({ left: 'actors', right: 'dancers', area: 'US', ...nothing });
  },
);

test('the letters of a state are read in any case', () => {
  expect(read('/compare/actors/dancers?area=tx').area).toBe('TX');
});

test('a role that the path lacks is empty', () => {
  expect(read('/compare/actors')).toEqual({ left: 'actors', right: '', area: 'US', ...nothing });
});

test('the nation is not part of an address, and other areas are', () => {
  const roles = { left: 'actors', right: 'dancers' };
  expect(addressOf({ ...roles, area: 'US' })).toBe('/compare/actors/dancers');
  expect(addressOf({ ...roles, area: '0100001' })).toBe('/compare/actors/dancers?area=0100001');
});

test('special characters are encoded, and read back as they were', () => {
  const chosen = { prices: 'national', place: 'TX', offer: '40.5', per: 'hour' } as const;
  const address = { left: 'a/b?', right: 'ä%', area: 'x&y', ...chosen };
  expect(addressOf(address)).toBe(
    '/compare/a%2Fb%3F/%C3%A4%25?area=x%26y&prices=national&place=TX&offer=40.5&per=hour',
  );
  expect(read(addressOf(address))).toEqual(address);
});
