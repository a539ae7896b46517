import { AreasNamedDocument, type AreasFoundFragment } from '../../generated/graphql';
import { ask } from '../api/ask';
import { Combobox } from './combobox';

type Area = AreasFoundFragment['nodes'][number];

// Finds an area by its name; a page has one of these.
export function AreaCombobox({ areaName, move }: { areaName: string; move: (area: string) => void }) {
  return (
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
  );
}

async function searchAreas(text: string, signal: AbortSignal): Promise<Area[]> {
  const { nation, states, metros, elsewhere } = (await ask(AreasNamedDocument, { text }, signal)).data;
  return [nation, states, metros, elsewhere].flatMap((found) => found.nodes);
}
