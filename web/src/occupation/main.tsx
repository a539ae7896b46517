import '../pages.css';
import './occupation.css';
import { renderPage } from '../components/render-page';
import { canonicalPath, useAddress } from '../components/use-address';
import { addressOf, readAddress } from './address';
import { Occupation } from './occupation';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  const { slug } = readAddress({ pathname: canonicalPath(), search: '' });
  return <Occupation address={address} role={slug} move={move} />;
}

renderPage(<Page />);
