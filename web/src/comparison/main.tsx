import '../pages.css';
import './comparison.css';
import './offer.css';
import './verdict.css';
import { Found } from '../components/not-found';
import { renderPage } from '../components/render-page';
import { canonicalPath, useAddress } from '../components/use-address';
import { addressOf, readAddress } from './address';
import { Comparison } from './comparison';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  const { left, right } = readAddress({ pathname: canonicalPath(), search: '' });
  return (
    <Found title="Comparison not found">
      <Comparison address={address} roles={{ left, right }} move={move} />
    </Found>
  );
}

renderPage(<Page />);
