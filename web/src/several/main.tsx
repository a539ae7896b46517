import '../pages.css';
import './several.css';
import { Found } from '../components/not-found';
import { renderPage } from '../components/render-page';
import { canonicalPath, useAddress } from '../components/use-address';
import { addressOf, readAddress } from './address';
import { Several } from './several';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  const { roles } = readAddress({ pathname: canonicalPath(), search: '' });
  return (
    <Found title="Comparison not found">
      <Several address={address} slugs={roles} move={move} />
    </Found>
  );
}

renderPage(<Page />);
