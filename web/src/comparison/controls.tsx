import { AreaCombobox } from '../parts/area-combobox';
import { addressOf, type Address } from './address';

// Swap the sides, or compare somewhere else.
export function Controls(props: { address: Address; areaName: string; move: (area: string) => void }) {
  const { left, right, area } = props.address;
  return (
    <div class="controls">
      <a class="button" href={addressOf({ left: right, right: left, area })}>
        <span aria-hidden="true">⇄</span> Swap sides
      </a>
      <AreaCombobox areaName={props.areaName} move={props.move} />
      {area !== 'US' && (
        <button type="button" onClick={() => props.move('US')}>
          Back to the United States
        </button>
      )}
    </div>
  );
}
