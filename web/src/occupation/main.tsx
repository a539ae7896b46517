import './occupation.css';
import { renderPage } from '../components/render-page';
import { useAddress } from '../components/use-address';
import { addressOf, readAddress } from './address';
import { Occupation } from './occupation';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  return <Occupation address={address} move={move} />;
}

renderPage(<Page />);
