import { expect, test } from 'vitest';
import { addressOf, readAddress } from '../../src/several/address';

test('the address has three or four roles, a pair or one', () => {
  const roles = ['actors', 'dancers', 'a b'];
  expect(addressOf({ roles, area: 'OH' })).toBe('/compare/actors/dancers/a%20b?area=OH');
  expect(readAddress({ pathname: '/compare/actors/dancers/a%20b', search: '?area=oh' })).toEqual({ roles, area: 'OH' });
  expect(addressOf({ roles: ['actors', 'dancers'], area: 'US' })).toBe('/compare/actors/dancers');
  expect(addressOf({ roles: ['actors'], area: 'US' })).toBe('/occupation/actors');
});
