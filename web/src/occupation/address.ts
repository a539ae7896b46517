import { areaIn, withArea } from '../components/use-address';

// What the page's address says: /occupation/<slug>?area=<code>.
export interface Address {
  slug: string;
  area: string;
}

export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  const [slug = ''] = pathname.split('/').slice(2).map(decodeURIComponent);
  return { slug, area: areaIn(search) };
}

export function addressOf({ slug, area }: Address): string {
  return withArea(`/occupation/${encodeURIComponent(slug)}`, area);
}
