import './occupation.css';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Frame } from '../parts/frame';
import { addressOf, readAddress, type Address } from './address';
import { Occupation } from './occupation';

function Page() {
  const [address, setAddress] = useState<Address>(() => readAddress(window.location));
  useEffect(() => {
    const follow = () => setAddress(readAddress(window.location));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  return (
    <Frame>
      <Occupation address={address} move={(area) => setAddress(moved(address, area))} />
    </Frame>
  );
}

// Another area is another address, which can be shared and gone back from.
function moved(address: Address, area: string): Address {
  const next = { ...address, area };
  window.history.pushState(null, '', addressOf(next));
  return next;
}

const container = document.getElementById('page');
if (!container) throw new Error('The page has no element with the id "page".');
render(<Page />, container);
