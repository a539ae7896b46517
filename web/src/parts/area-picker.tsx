import { type AreasFoundFragment, AreasNamedDocument } from '../../generated/graphql';
import { ask } from '../api/ask';
import { Combobox } from './combobox';

type Area = AreasFoundFragment['nodes'][number];

// Finds an area by its name, and the way back to the nation; a page has one of these.
export function AreaPicker(props: { area: string; areaName: string; move: (area: string) => void }) {
  const { area, areaName, move } = props;
  return (
    <>
      <Combobox<Area>
        id="area"
        label="Area"
        placeholder="A state or a metropolitan area"
        text={areaName}
        search={searchAreas}
        keyOf={(found) => found.code}
        textOf={(found) => found.name}
        onChoose={(found) => move(found.code)}
      />
      {area !== 'US' && (
        <button type="button" onClick={() => move('US')}>
          Back to the United States
        </button>
      )}
    </>
  );
}

async function searchAreas(text: string, signal: AbortSignal): Promise<Area[]> {
  const { nation, states, metros, elsewhere } = (await ask(AreasNamedDocument, { text }, signal)).data;
  return [nation, states, metros, elsewhere].flatMap((found) => found.nodes);
}
