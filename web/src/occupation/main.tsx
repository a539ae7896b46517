import './occupation.css';
import { mount } from '../parts/mount';
import { useAddress } from '../parts/use-address';
import { addressOf, readAddress } from './address';
import { Occupation } from './occupation';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  return <Occupation address={address} move={move} />;
}

mount(<Page />);
