import { AreaPicker } from '../parts/area-picker';
import { type Address, addressOf } from './address';

// Swap the sides, or compare somewhere else.
export function Controls(props: { address: Address; areaName: string; move: (area: string) => void }) {
  const { left, right, area } = props.address;
  return (
    <div class="controls">
      <a class="button" href={addressOf({ left: right, right: left, area })}>
        <span aria-hidden="true">⇄</span> Swap sides
      </a>
      <AreaPicker area={area} areaName={props.areaName} move={props.move} />
    </div>
  );
}
