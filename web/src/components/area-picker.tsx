import { AreasNamedDocument, type AreasNamedQuery } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';
import { isSameText } from '../format/names';
import { Combobox } from './combobox';
import { recent, remember } from './recent';

export type Area = NonNullable<AreasNamedQuery['areas']>['nodes'][number];

// The area that the visitor chose last, on any page; null for the nation.
export function lastArea(): Area | null {
  const area = recent<Area>('areas')[0];
  return area && area.code !== nation.code ? area : null;
}

const nation: Area = { code: 'US', name: 'United States' };

// Searches areas by code, name, city, county or nickname, with a way back to the
// nation. A page has at most one.
export function AreaPicker(props: { area: string; areaName: string; move: (area: string) => void }) {
  const { area, areaName } = props;
  const move = (chosen: Area) => {
    remember('areas', chosen, ({ code }) => code);
    props.move(chosen.code);
  };
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
        isExact={({ code, name }, text) => isSameText(text, code) || isSameText(text, name)}
        recent={() => recent<Area>('areas')}
        onChoose={move}
      />
      {area !== 'US' && (
        <button type="button" onClick={() => move(nation)}>
          Back to the United States
        </button>
      )}
    </>
  );
}

async function searchAreas(text: string, signal: AbortSignal): Promise<Area[]> {
  return (await fetchDocument(AreasNamedDocument, { text }, signal)).data.areas?.nodes ?? [];
}
