import type { OccupationKey } from '../../generated/graphql';
import { areaIn, withArea } from '../components/use-address';

// What the page's address says: /compare/<left>/<right>?area=<code>.
export interface Address {
  left: string;
  right: string;
  area: string;
}

export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  const [left = '', right = ''] = pathname.split('/').slice(2).map(decodeURIComponent);
  return { left, right, area: areaIn(search) };
}

export function addressOf({ left, right, area }: Address): string {
  return withArea(`/compare/${encodeURIComponent(left)}/${encodeURIComponent(right)}`, area);
}

// Returns the key of a side: its slug, or the job title that the address has in
// its place. The summary says when two titles are counted in one occupation.
export const keyOf = (written: string, role: string): OccupationKey =>
  written === role ? { slug: role } : { title: written.replaceAll('-', ' ') };
