import { AreaPicker } from '../components/area-picker';
import { Share } from '../components/share';
import { type Address, addressOf } from './address';

// Links and inputs that change the address: swapped sides, another area.
export function Controls(props: { address: Address; areaName: string; move: (part: Partial<Address>) => void }) {
  const { left, right, area } = props.address;
  return (
    <div class="controls">
      <a class="button" href={addressOf({ ...props.address, left: right, right: left })}>
        <span aria-hidden="true">⇄</span> Swap sides
      </a>
      <AreaPicker area={area} areaName={props.areaName} move={(chosen) => props.move({ area: chosen })} />
      <Share />
    </div>
  );
}
