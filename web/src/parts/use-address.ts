import { useEffect, useState } from 'preact/hooks';

// The area that an address names, which is the nation where it names none.
export const areaIn = (search: string): string => new URLSearchParams(search).get('area') || 'US';

export function withArea(path: string, area: string): string {
  return area === 'US' ? path : `${path}?${new URLSearchParams({ area })}`;
}

// What a page's address says, followed when the visitor goes back or forward.
// Another area is another address, which can be shared and gone back from.
export function useAddress<Address extends { area: string }>(
  read: (location: Location) => Address,
  write: (address: Address) => string,
): [Address, (area: string) => void] {
  const [address, setAddress] = useState(() => read(window.location));
  useEffect(() => {
    const follow = () => setAddress(read(window.location));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [read]);
  const move = (area: string) => {
    const next = { ...address, area };
    window.history.pushState(null, '', write(next));
    setAddress(next);
  };
  return [address, move];
}
