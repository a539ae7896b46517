import type { OccupationKey } from '../../generated/graphql';
import { pageData } from '../api/page-data';
import { areaIn, type Prices, pricesIn, withChoices } from '../components/use-address';

// What the page's address says: /compare/<left>/<right>?area=<code>&prices=national&place=<code>&offer=<dollars>&per=hour.
export interface Address {
  left: string;
  right: string;
  area: string;
  prices: Prices;
  // The place of the map whose figures are shown.
  place: string;
  // The wage to place among those of both roles, a year or an hour.
  offer: string;
  per: '' | 'hour';
}

export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  const [left = '', right = ''] = pathname.split('/').slice(2).map(decodeURIComponent);
  const chosen = new URLSearchParams(search);
  return {
    left,
    right,
    area: areaIn(search),
    prices: pricesIn(search),
    place: areaIn(search, 'place', ''),
    offer: chosen.get('offer') ?? '',
    per: chosen.get('per') === 'hour' ? 'hour' : '',
  };
}

export function addressOf({ left, right, ...choices }: Pick<Address, 'left' | 'right'> & Partial<Address>): string {
  return withChoices(`/compare/${encodeURIComponent(left)}/${encodeURIComponent(right)}`, choices);
}

// Returns the key of a side: its slug, or the job title that the address has in
// its place. The summary says when two titles are counted in one occupation.
export function keyOf(side: 'left' | 'right', role: string): OccupationKey {
  const title = pageData.titles[side];
  return title ? { title } : { slug: role };
}
