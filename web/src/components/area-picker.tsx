import { AreasNamedDocument, type AreasNamedQuery } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';
import { Combobox } from './combobox';

type Area = NonNullable<AreasNamedQuery['areas']>['nodes'][number];

// Searches areas by code, name, city, county or nickname, with a way back to the
// nation. A page has at most one.
export function AreaPicker(props: { area: string; areaName: string; move: (area: string) => void }) {
  const { area, areaName, move } = props;
  return (
    <>
      <Combobox<Area>
        id="area"
        label="Area"
        placeholder="State, city or county"
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
  return (await fetchDocument(AreasNamedDocument, { text }, signal)).data.areas?.nodes ?? [];
}
