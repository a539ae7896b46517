import './comparison.css';
import { mount } from '../parts/mount';
import { useAddress } from '../parts/use-address';
import { addressOf, readAddress } from './address';
import { Comparison } from './comparison';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  return <Comparison address={address} move={move} />;
}

mount(<Page />);
