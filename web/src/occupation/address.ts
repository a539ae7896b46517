import { areaIn, type Prices, pricesIn, withChoices } from '../components/use-address';

// What the page's address says: /occupation/<slug>?area=<code>&and=<code>&prices=national.
export interface Address {
  slug: string;
  area: string;
  // The area to compare with; empty if there is none.
  and: string;
  prices: Prices;
}

export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  const [slug = ''] = pathname.split('/').slice(2).map(decodeURIComponent);
  return { slug, area: areaIn(search), and: areaIn(search, 'and', ''), prices: pricesIn(search) };
}

export function addressOf({ slug, ...choices }: Pick<Address, 'slug'> & Partial<Address>): string {
  return withChoices(`/occupation/${encodeURIComponent(slug)}`, choices);
}
