import { AreaCombobox } from '../parts/area-combobox';
import { addressOf, type Address } from './address';

// Swap the sides, or compare somewhere else.
export function Controls(props: { address: Address; areaName: string; move: (area: string) => void }) {
  const { address, areaName, move } = props;
  return (
    <div class="controls">
      <a class="button" href={addressOf({ left: address.right, right: address.left, area: address.area })}>
        <span aria-hidden="true">⇄</span> Swap sides
      </a>
      <AreaCombobox areaName={areaName} move={move} />
      {address.area !== 'US' && (
        <button type="button" onClick={() => move('US')}>
          Back to the United States
        </button>
      )}
    </div>
  );
}
