// What the page's address says: /occupation/<slug>?area=<code>.
export interface Address {
  slug: string;
  area: string;
}

export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  const [slug = ''] = pathname.split('/').slice(2).map(decodeURIComponent);
  return { slug, area: new URLSearchParams(search).get('area') || 'US' };
}

export function addressOf({ slug, area }: Address): string {
  const path = `/occupation/${encodeURIComponent(slug)}`;
  return area === 'US' ? path : `${path}?${new URLSearchParams({ area })}`;
}
