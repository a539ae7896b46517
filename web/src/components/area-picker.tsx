import { useRef, useState } from 'preact/hooks';
import { AreasNamedDocument, type AreasNamedQuery } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';
import { areaInSentence, isSameText } from '../format/names';
import { Combobox, type Suggestions } from './combobox';
import { recent, remember } from './recent';

export type Area = NonNullable<AreasNamedQuery['areas']>['nodes'][number];

// The area that the visitor chose last, on any page; null for the nation.
export function lastArea(): Area | null {
  const area = recent<Area>('areas')[0];
  return area && area.code !== nation.code ? area : null;
}

const nation: Area = { code: 'US', name: 'United States' };

// Searches areas by code, name, city, county or nickname, with a way back to the
// nation.
export function AreaPicker(props: { area: string; areaName: string; move: (area: string) => void }) {
  const { area, areaName } = props;
  const [first] = useState(area);
  const changed = useRef(false);
  changed.current ||= area !== first;
  return (
    <>
      {/* The page changes far from the input. */}
      <span class="unseen" role="status">
        {changed.current && (areaName ? `Pay is shown for ${areaInSentence(areaName)}.` : 'Loading…')}
      </span>
      <AreaInput id="area" label="Area" areaName={areaName} move={props.move} />
      {area !== 'US' && (
        <button type="button" onClick={() => props.move(remembered(nation).code)}>
          Back to the United States
        </button>
      )}
    </>
  );
}

// Chooses a second area to compare with. The choice can be removed, which empties
// the input.
export function OtherAreaPicker(props: { area: string; areaName: string; move: (area: string) => void }) {
  const [removals, setRemovals] = useState(0);
  const remove = () => {
    setRemovals(removals + 1);
    props.move('');
  };
  return (
    <>
      <AreaInput
        key={removals}
        id="and"
        label="Compare with another place"
        areaName={props.areaName}
        move={props.move}
      />
      {props.area && (
        <button type="button" onClick={remove}>
          Remove the comparison
        </button>
      )}
    </>
  );
}

function AreaInput(props: { id: string; label: string; areaName: string; move: (area: string) => void }) {
  return (
    <Combobox<Area>
      id={props.id}
      label={props.label}
      placeholder="State, city or county"
      named="place"
      text={props.areaName}
      search={searchAreas}
      keyOf={(found) => found.code}
      textOf={(found) => found.name}
      isExact={({ code, name }, text) => isSameText(text, code) || isSameText(text, name)}
      recent={() => recent<Area>('areas')}
      onChoose={(chosen) => props.move(remembered(chosen).code)}
    />
  );
}

function remembered(chosen: Area): Area {
  remember('areas', chosen, ({ code }) => code);
  return chosen;
}

async function searchAreas(text: string, signal: AbortSignal): Promise<Suggestions<Area>> {
  return { options: (await fetchDocument(AreasNamedDocument, { text }, signal)).data.areas?.nodes ?? [] };
}
