import { type AreasFoundFragment, AreasNamedDocument } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';
import { Combobox } from './combobox';

type Area = AreasFoundFragment['nodes'][number];

// Searches areas by name, with a way back to the nation. A page has at most one.
export function AreaPicker(props: { area: string; areaName: string; move: (area: string) => void }) {
  const { area, areaName, move } = props;
  return (
    <>
      <Combobox<Area>
        id="area"
        label="Area"
        placeholder="State or metropolitan area"
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
  const { nation, states, metros, elsewhere } = (await fetchDocument(AreasNamedDocument, { text }, signal)).data;
  return [nation, states, metros, elsewhere].flatMap((found) => found.nodes);
}
