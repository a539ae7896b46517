import { useEffect, useState } from 'preact/hooks';

// Returns the area that an address names, by default the nation. The letters of a
// state are in capitals, as the server redirects to.
export function areaIn(search: string, name = 'area', otherwise = 'US'): string {
  const area = new URLSearchParams(search).get(name) || otherwise;
  return area.length === 2 ? area.toUpperCase() : area;
}

// Returns an address with what is chosen; the nation and empty choices are left out.
export function withChoices(path: string, { area = 'US', ...others }: Record<string, string>): string {
  const chosen = { area: area === 'US' ? '' : area, ...others };
  const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''));
  return query.size > 0 ? `${path}?${query}` : path;
}

// The way a page counts wages of places: in dollars, or at national prices.
export type Prices = '' | 'national';

export const pricesIn = (search: string): Prices =>
  new URLSearchParams(search).get('prices') === 'national' ? 'national' : '';

// Returns the page's canonical path, in which occupations take the place of job
// titles and codes.
export function canonicalPath(): string {
  const link = document.querySelector<HTMLLinkElement>('link[rel=canonical]');
  return link ? new URL(link.href).pathname : window.location.pathname;
}

// Reads the page's address and follows it when the visitor goes back or forward.
// Each choice has its own address, which can be shared. What is typed replaces the last one.
export function useAddress<Address>(
  read: (location: Location) => Address,
  write: (address: Address) => string,
): [Address, (part: Partial<Address>, replace?: boolean) => void] {
  const [address, setAddress] = useState(() => read(window.location));
  useEffect(() => {
    const follow = () => setAddress(read(window.location));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [read]);
  const move = (part: Partial<Address>, replace = false) => {
    const next = { ...address, ...part };
    window.history[replace ? 'replaceState' : 'pushState'](null, '', write(next));
    setAddress(next);
  };
  return [address, move];
}
