import { useRef, useState } from 'preact/hooks';
import type { Unit } from '../../../generated/graphql';
import { formatFigure } from '../../format/numbers';
import type { Titles } from '../../format/verdict';
import { type Gap, levelOf, sideOf, stepOf } from './gaps';
import { nextTile, tiles } from './tiles';

const size = 52;
const inset = 2;

const directions: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

// A map of the states by the size of the gap in medians. Circles are states where the
// left side is ahead, squares those of the right one. A state is a button that shows its
// figures; the arrow keys move between states.
export function StateMap(props: {
  states: Gap[];
  unit: Unit;
  titles: Titles;
  // The state whose figures are shown.
  chosen: string;
  choose: (code: string) => void;
  // Called with the state that is pointed at, and with null once none is.
  point: (code: string | null) => void;
}) {
  const { states, unit, titles, chosen, choose, point } = props;
  const map = useRef<SVGSVGElement>(null);
  const byCode = new Map(states.map((state) => [state.code, state]));
  const [current, setCurrent] = useState(chosen);
  // The one tile in the order of Tab.
  const stop = byCode.has(current) ? current : states[0]?.code;
  const step = stepOf(states.map(({ gap }) => gap));
  const toggle = (code: string) => choose(code === chosen ? '' : code);
  const onKeyDown = (event: KeyboardEvent, code: string) => {
    const direction = directions[event.key];
    const next = direction && nextTile(code, direction, [...byCode.keys()]);
    if (next) map.current?.querySelector<SVGElement>(`[data-code=${next}]`)?.focus();
    if (event.key === 'Enter' || event.key === ' ') toggle(code);
    if (direction || event.key === ' ') event.preventDefault();
  };
  return (
    <svg
      ref={map}
      class="map"
      viewBox={`0 0 ${11 * size} ${8 * size}`}
      role="group"
      aria-label="Map of the states. The arrow keys move between them, Enter shows a state’s figures."
      onPointerLeave={() => point(null)}
    >
      <Hatch />
      {Object.entries(tiles).map(([code, [column, row]]) => {
        const state = byCode.get(code);
        const transform = `translate(${column * size} ${row * size})`;
        if (!state) {
          return (
            <g
              key={code}
              class="tile none"
              transform={transform}
              role="img"
              aria-label={`${code}: not published for both`}
            >
              <title>{code}: not published for both</title>
              <Tile text={code} />
            </g>
          );
        }
        return (
          <g
            key={code}
            class={`tile ${tileClass(state, step)}`}
            transform={transform}
            data-code={code}
            role="button"
            tabindex={code === stop ? 0 : -1}
            aria-pressed={code === chosen}
            aria-label={tileLabel(state, unit, titles)}
            onClick={() => toggle(code)}
            onKeyDown={(event) => onKeyDown(event, code)}
            onFocus={() => {
              setCurrent(code);
              point(code);
            }}
            onBlur={() => point(null)}
            onPointerEnter={(event) => event.pointerType === 'mouse' && point(code)}
          >
            <Tile text={code} state={state} />
          </g>
        );
      })}
    </svg>
  );
}

function Tile({ text, state }: { text: string; state?: Gap }) {
  const edge = size - 2 * inset;
  const shape = {
    x: inset,
    y: inset,
    width: edge,
    height: edge,
    rx: state && state.gap > 0 && state.look !== 'DISAGREE' ? edge / 2 : 5,
  };
  return (
    <>
      <rect class="ground" {...shape} />
      {state?.look === 'UNSURE' && <rect class="hatched" {...shape} />}
      {state?.look === 'DISAGREE' && <path class="other" d={`M${edge + inset} ${inset}V${edge + inset}H${inset}Z`} />}
      <text x={size / 2} y={size / 2} dy="0.35em" text-anchor="middle">
        {text}
      </text>
    </>
  );
}

const Hatch = () => (
  <defs>
    <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="line" width="3" height="7" />
    </pattern>
  </defs>
);

// The look of a state: its side, the size of its gap and how sure it is.
const tileClass = ({ gap, look }: Gap, step: number): string =>
  look === 'EQUAL' ? 'equal' : `${sideOf(gap)} level${levelOf(gap, step)} ${look.toLowerCase()}`;

const tileLabel = ({ name, left, right }: Gap, unit: Unit, titles: Titles): string =>
  `${name}: ${titles.left} ${formatFigure(left, unit)}, ${titles.right} ${formatFigure(right, unit)}`;

const compact = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', notation: 'compact' });

// What the looks of the tiles stand for.
export function MapKey({ states, titles }: { states: Gap[]; titles: Titles }) {
  const step = stepOf(states.map(({ gap }) => gap));
  const [one, two] = [compact.format(step), compact.format(2 * step)];
  const swatches: [string, string][] = [
    ['left level3 sure', `${two}+`],
    ['left level2 sure', `${one}+`],
    ['left level1 sure', `<${one}`],
    ['right level1 sure', `<${one}`],
    ['right level2 sure', `${one}+`],
    ['right level3 sure', `${two}+`],
  ];
  const looks = new Set(states.map(({ look }) => look));
  return (
    <div class="map-key" aria-hidden="true">
      <p>
        <span class="left role">{titles.left} more</span>
        <span class="right role">{titles.right} more</span>
      </p>
      <ul class="scale">
        {swatches.map(([look, text]) => (
          <li key={look}>
            <Swatch look={look} />
            {text}
          </li>
        ))}
      </ul>
      <ul>
        {looks.has('UNSURE') && (
          <li>
            <Swatch look="right level2 unsure" />
            not clear: not significant, or not testable
          </li>
        )}
        {looks.has('DISAGREE') && (
          <li>
            <Swatch look="left level2 disagree" />
            median and mean disagree
          </li>
        )}
        {looks.has('EQUAL') && (
          <li>
            <Swatch look="equal" />
            equal medians
          </li>
        )}
        <li>
          <Swatch look="none" />
          not published for both
        </li>
      </ul>
    </div>
  );
}

function Swatch({ look }: { look: string }) {
  const state = {
    gap: look.startsWith('left') ? 1 : 0,
    look: look.endsWith('unsure') ? 'UNSURE' : look.endsWith('disagree') ? 'DISAGREE' : 'SURE',
  } as Gap;
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="16" height="16" aria-hidden="true">
      <g class={`tile ${look}`}>
        <Tile text="" state={state} />
      </g>
    </svg>
  );
}
