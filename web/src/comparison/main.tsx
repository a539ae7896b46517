import './comparison.css';
import { renderPage } from '../components/render-page';
import { useAddress } from '../components/use-address';
import { addressOf, readAddress } from './address';
import { Comparison } from './comparison';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  return <Comparison address={address} move={move} />;
}

renderPage(<Page />);
