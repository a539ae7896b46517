import { AreasNamedDocument, type AreasNamedQuery } from '../../generated/graphql';
import { ask } from '../api/ask';
import { Combobox } from '../parts/combobox';
import { addressOf, type Address } from './address';

type Area = AreasNamedQuery['areas']['nodes'][number];

// Swap the sides, or compare somewhere else.
export function Controls(props: { address: Address; areaName: string; move: (area: string) => void }) {
  const { address, areaName, move } = props;
  return (
    <div class="controls">
      <a class="button" href={addressOf({ left: address.right, right: address.left, area: address.area })}>
        <span aria-hidden="true">⇄</span> Swap sides
      </a>
      <Combobox<Area>
        id="area"
        label="Area"
        placeholder="A state or a metropolitan area"
        text={areaName}
        search={searchAreas}
        keyOf={(area) => area.code}
        textOf={(area) => area.name}
        onChoose={(area) => move(area.code)}
      />
      {address.area !== 'US' && (
        <button type="button" onClick={() => move('US')}>
          Back to the United States
        </button>
      )}
    </div>
  );
}

async function searchAreas(text: string, signal: AbortSignal): Promise<Area[]> {
  return (await ask(AreasNamedDocument, { text }, signal)).data.areas.nodes;
}
