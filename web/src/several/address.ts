import { areaIn, withChoices } from '../components/use-address';

// What the page's address says: /compare/<role>/<role>/<role>?area=<code>, with
// three or four roles.
export interface Address {
  roles: string[];
  area: string;
}

export const mostRoles = 4;

export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  return { roles: pathname.split('/').slice(2).map(decodeURIComponent), area: areaIn(search) };
}

// Two roles have the page of a comparison, and one has its own.
export function addressOf({ roles, area = 'US' }: Pick<Address, 'roles'> & Partial<Address>): string {
  const path = roles.length === 1 ? '/occupation' : '/compare';
  return withChoices([path, ...roles.map(encodeURIComponent)].join('/'), { area });
}
