import '../pages.css';
import './best-paid.css';
import { renderPage } from '../components/render-page';
import { useAddress } from '../components/use-address';
import { addressOf, readAddress } from './address';
import { BestPaid } from './best-paid';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  return <BestPaid address={address} move={move} />;
}

renderPage(<Page />);
