import { scaleLinear } from 'd3-scale';
import type {
  CompareOverviewDocument,
  CompareOverviewQuery,
  KeyFigurePartsFragment,
  KeyFigureSidePartsFragment,
  Unit,
} from '../../generated/graphql';
import { isBusy } from '../api/use-query';
import type { QueryOf } from '../components/section';
import { Citations, sourcesIn } from '../components/sources';
import { formatFigure, formatShort } from '../format/numbers';
import { type Side, sides, type Titles } from '../format/verdict';
import { type OfferChoices, offerMarks } from './offer';

type Offered = Pick<OfferChoices, 'offer' | 'per'>;
type Comparison = NonNullable<CompareOverviewQuery['comparison']>;
type Choices = Comparison['choices'];
type Lead = KeyFigurePartsFragment['leads'][number];

// A bar from the 10th to the 90th percentile with a mark for the median, or a bar
// from zero. An open end is a lower bound.
type Bar = { from: number; to: number; mark?: number | null; open?: boolean };
type Bars = { unit: Unit; left: Bar | null; right: Bar | null };

// The first screen: who is ahead by five measures, how certain that is, and when
// to choose either. The sections below have all other figures.
export function Verdict(props: QueryOf<typeof CompareOverviewDocument> & { titles: Titles; offer: Offered }) {
  const { state, titles } = props;
  const comparison = state.status === 'loaded' ? state.data.comparison : null;
  if (state.status === 'failed') return null;
  return (
    <div class="verdict" aria-busy={isBusy(state)}>
      <h2 class="unseen">Who is ahead</h2>
      {comparison && (
        <>
          <ul>
            {comparison.keyFigures.map((of) => (
              <Row key={of.name} of={of} titles={titles} offer={props.offer} />
            ))}
          </ul>
          <Choices of={comparison.choices} titles={titles} />
          {comparison.salary && (
            <p class="controls">
              <a href="#offer">Check an offer against the pay of both</a>
            </p>
          )}
          <p class="quiet">{meanings(comparison.keyFigures)}</p>
          <p class="section-foot">
            <Citations of={sourcesIn(cited(comparison))} />
          </p>
        </>
      )}
    </div>
  );
}

// What the key figures are from.
const cited = ({ salary, growth, openings, jobs, entry, left, right }: Comparison): unknown => [
  salary,
  growth,
  openings,
  jobs,
  entry,
  ...[left, right].map(({ jobs, outlook }) => [jobs, outlook]),
];

// What the words for certainty mean.
function meanings(all: KeyFigurePartsFragment[]): string {
  const said = new Set(all.flatMap(({ leads }) => leads.map(({ meaning }) => meaning)));
  return [...said].filter((meaning) => meaning !== null).join(' ');
}

function Row({ of, titles, offer }: { of: KeyFigurePartsFragment; titles: Titles; offer: Offered }) {
  const bars = barsOf(of);
  const [mark] = of.name === 'PAY' && bars ? offerMarks(offer, bars.unit) : [];
  return (
    <li class={bars ? '' : 'text'}>
      <div class="about">
        <h3>{of.title}</h3> <small>{of.note}</small>
        {of.leads.map((lead) => (
          <Leading key={lead.side} lead={lead} titles={titles} />
        ))}
        {mark && bars && <p class="offered">your offer: {formatFigure(mark.value, bars.unit)}</p>}
      </div>
      {sides.map((side) => (
        <Figure key={side} side={side} of={of[side]} title={titles[side]} />
      ))}
      {bars && <Drawing of={bars} mark={mark?.value ?? null} />}
    </li>
  );
}

function Leading({ lead, titles }: { lead: Lead; titles: Titles }) {
  const side = lead.side === null ? null : lead.side === 'LEFT' ? 'left' : 'right';
  const certainty = lead.certainty?.toLowerCase().replace('_', ' ');
  return (
    <p class={`leading ${side ?? ''}`}>
      {side && <b class="role">{titles[side]}:</b>} {lead.words}
      {certainty && (
        <>
          {' '}
          <span class={`certainty ${certainty.replace(' ', '-')}`}>{certainty}</span>
        </>
      )}
      {lead.basis && <small> {lead.basis}</small>}
    </p>
  );
}

function Figure({ side, of, title }: { side: Side; of: KeyFigureSidePartsFragment; title: string }) {
  return (
    <p class={`figure ${side}`}>
      <span class="unseen">{title}: </span>
      {of.published ? <b>{of.text}</b> : <span class="missing">{of.text}</span>}
      {of.detail && <small> {of.detail}</small>}
      {of.spread && <span class="unseen">, {of.spread.text}</span>}
    </p>
  );
}

// Spreads of wages where there are any, or bars from zero.
function barsOf({ unit, left, right }: KeyFigurePartsFragment): Bars | null {
  const isRange = left.spread !== null || right.spread !== null;
  const bar = ({ value, spread }: KeyFigureSidePartsFragment): Bar | null => {
    if (spread) return { from: spread.low, to: spread.high, mark: value, open: spread.open };
    return isRange || value === null ? null : { from: Math.min(value, 0), to: Math.max(value, 0) };
  };
  const bars = { left: bar(left), right: bar(right) };
  return unit && (bars.left || bars.right) ? { unit, ...bars } : null;
}

// Both bars on one scale. Places are percentages, so that the drawing needs no
// width; the figures next to it say the same.
function Drawing(props: { of: Bars; mark: number | null }) {
  const { mark } = props;
  const { unit, left, right } = props.of;
  const bars = [left, right].filter((bar) => bar !== null);
  const isRange = bars.some((bar) => bar.mark !== undefined);
  const values = [...bars.flatMap((bar) => [bar.from, bar.to]), ...(mark === null ? [] : [mark])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // The labels of an axis are wider than its ticks.
  const x = scaleLinear([low, high > low ? high : low + 1], isRange ? [4, 92] : [0, 98]);
  if (isRange) x.nice(5);
  const ticks = isRange ? x.ticks(4) : [0];
  return (
    <>
      <svg class="drawing" aria-hidden="true">
        {ticks.map((tick) => (
          <line key={tick} class="grid" x1={`${x(tick)}%`} x2={`${x(tick)}%`} y1="0" y2="100%" />
        ))}
        {left && <Line of={left} side="left" y="25%" x={x} />}
        {right && <Line of={right} side="right" y="75%" x={x} />}
        {mark !== null && <line class="offer-line" x1={`${x(mark)}%`} x2={`${x(mark)}%`} y1="0" y2="100%" />}
      </svg>
      {isRange && (
        <svg class="axis" aria-hidden="true">
          {ticks.map((tick) => (
            <text key={tick} class="tick" x={`${x(tick)}%`} y="12" text-anchor="middle">
              {formatShort(tick, unit)}
            </text>
          ))}
        </svg>
      )}
    </>
  );
}

function Line(props: { of: Bar; side: Side; y: string; x: (value: number) => number }) {
  const { of, side, y, x } = props;
  return (
    <g class={side}>
      <line class="bar-line" x1={`${x(of.from)}%`} x2={`${of.open ? 98 : x(of.to)}%`} y1={y} y2={y} />
      <svg aria-hidden="true" x={`${of.open ? 98 : x(of.to)}%`} y={y}>
        {of.open && <path class="bar-line-end" d="M0 -9l9 9l-9 9z" />}
      </svg>
      {of.mark != null && (
        <svg aria-hidden="true" x={`${x(of.mark)}%`} y={y}>
          <line class="median" y1="-11" y2="11" />
        </svg>
      )}
    </g>
  );
}

function Choices({ of, titles }: { of: Choices; titles: Titles }) {
  if (!of.left && !of.right) {
    return <p class="choices">No figure that is tested or projected clearly speaks for one of the two.</p>;
  }
  return (
    <div class="choices">
      {sides.map((side) => (
        <p key={side} class={side}>
          <b class="role">{titles[side]}</b>
          {of[side]?.slice(titles[side].length) ?? ': no figure that is tested or projected clearly speaks for it.'}
        </p>
      ))}
    </div>
  );
}
