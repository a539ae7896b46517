import { AreasNamedDocument, type AreaKind, type AreasNamedQuery } from '../../generated/graphql';
import { ask } from '../api/ask';
import { Combobox } from './combobox';

type Area = AreasNamedQuery['areas']['nodes'][number];

// Where figures are for: the nation, a state, or one of its parts.
export function AreaPicker(props: { area: string; areaName: string; move: (area: string) => void }) {
  return (
    <>
      <Combobox<Area>
        id="area"
        label="Area"
        placeholder="A state or a metropolitan area"
        text={props.areaName}
        search={searchAreas}
        keyOf={(area) => area.code}
        textOf={(area) => area.name}
        onChoose={(area) => props.move(area.code)}
      />
      {props.area !== 'US' && (
        <button type="button" onClick={() => props.move('US')}>
          Back to the United States
        </button>
      )}
    </>
  );
}

const order: AreaKind[] = ['NATION', 'STATE', 'METRO', 'NONMETRO'];

// A state before its parts, which have its name in theirs.
async function searchAreas(text: string, signal: AbortSignal): Promise<Area[]> {
  const { nodes } = (await ask(AreasNamedDocument, { text }, signal)).data.areas;
  return nodes.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind)).slice(0, 12);
}
