import type { Prices } from './use-address';

// Switches some figures of a page between dollars and national prices.
export function PricesSwitch(props: { of: string; prices: Prices; move: (part: { prices: Prices }) => void }) {
  const { of, prices, move } = props;
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={prices === 'national'}
        onChange={(event) => move({ prices: event.currentTarget.checked ? 'national' : '' })}
      />
      <span>
        After cost of living<small>{of} at national prices</small>
      </span>
    </label>
  );
}

// What wages at national prices are.
export const atNationalPrices =
  'At national prices, a wage is divided by the price level of its place (BEA’s regional price parity; that of the United States is 100). BEA publishes no standard errors; places without a price level are left out.';
