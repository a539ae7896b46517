import { useEffect, useState } from 'preact/hooks';
import type { ComparePayQuery } from '../../generated/graphql';
import { areaInSentence } from '../format/names';
import { formatFigure } from '../format/numbers';
import { type Side, sides, type Titles } from '../format/verdict';
import type { Address } from './address';
import { hoursAYear, inPeriod, type OfferWages, type Period, percentilesFor, place, readAmount } from './offer-place';

type Paid = NonNullable<ComparePayQuery['comparison']>;

export interface OfferChoices {
  offer: string;
  per: Address['per'];
  national: boolean;
  move: (part: Partial<Address>, replace?: boolean) => void;
}

const pauseMs = 400;

// An amount of the address, as it is shown in the input.
const written = (offer: string): string => readAmount(offer)?.toLocaleString('en-US') ?? offer;

// An offer, which the visitor types, among the wages of both roles in the page's
// area. The address keeps it once typing pauses.
export function OfferBox({ paid, titles, choices }: { paid: Paid; titles: Titles; choices: OfferChoices }) {
  const { offer, per, move } = choices;
  const [text, setText] = useState(() => written(offer));
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address changes the text.
  useEffect(() => {
    if (readAmount(text) !== readAmount(offer)) setText(written(offer));
  }, [offer]);
  const amount = readAmount(text);
  const kept = amount === null ? '' : String(amount);
  useEffect(() => {
    if (kept === offer) return;
    const timer = setTimeout(() => move({ offer: kept }, true), pauseMs);
    return () => clearTimeout(timer);
  }, [kept, offer, move]);
  const placed = readAmount(offer);
  return (
    <div class="offer" id="offer">
      <h3>Where would an offer stand?</h3>
      <form onSubmit={(event) => event.preventDefault()}>
        <label for="offer-amount">I’d be paid</label>
        <span class="amount">
          <span aria-hidden="true">$</span>
          <input
            id="offer-amount"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            placeholder={per === 'hour' ? '40.50' : '85,000'}
            value={text}
            aria-describedby="offer-hint"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </span>
        <select
          aria-label="Pay period"
          value={per}
          onChange={(event) => move({ per: event.currentTarget.value === 'hour' ? 'hour' : '' })}
        >
          <option value="">a year</option>
          <option value="hour">an hour</option>
        </select>
        <span>in {areaInSentence(paid.area.name)}</span>
      </form>
      <p id="offer-hint" class="quiet">
        {text.trim() && amount === null
          ? 'Type an amount in dollars, such as 85,000 or 40.50.'
          : 'Among the published wages of both roles. The address of this page keeps the offer.'}
      </p>
      <div role="status">
        {placed !== null && (
          <>
            <Placed titles={titles} wages={(side) => paid[side].salary} offered={{ amount: placed, per }} />
            {choices.national && <AtNationalPrices paid={paid} titles={titles} offered={{ amount: placed, per }} />}
          </>
        )}
      </div>
    </div>
  );
}

interface Offered {
  amount: number;
  per: Address['per'];
}

const periodOf = (per: Address['per']): Period => (per === 'hour' ? 'hour' : 'year');
const unitOf = (period: Period) => (period === 'hour' ? 'DOLLARS_PER_HOUR' : 'DOLLARS_PER_YEAR');
const inWords = { year: 'a year', hour: 'an hour' };

// The place of an offer among the wages of both sides.
function Placed(props: { titles: Titles; wages: (side: Side) => OfferWages | null; offered: Offered }) {
  return (
    <ul>
      {sides.map((side) => (
        <li key={side} class={side}>
          <b class="role">{props.titles[side]}:</b> <Among wages={props.wages(side)} offered={props.offered} />
        </li>
      ))}
    </ul>
  );
}

// Where the offer is among some wages. Wages of the other pay period are compared by
// the hours of a full-time year.
function Among({ wages, offered }: { wages: OfferWages | null; offered: Offered }) {
  const period = periodOf(offered.per);
  const found = percentilesFor(wages, period);
  if (!found) return <span class="missing">no percentiles published</span>;
  const amount = inPeriod(offered.amount, period, found.period);
  const { position, detail } = place(amount, found.points, unitOf(found.period));
  const wage = `${formatFigure(amount, unitOf(found.period))} ${inWords[found.period]}`;
  return (
    <>
      <strong>{position}</strong>
      {detail && `, ${detail}`}
      {found.period !== period && (
        <small>
          Only wages by the {found.period} are published: the offer counts as {wage}, at{' '}
          {hoursAYear.toLocaleString('en-US')} hours a year.
        </small>
      )}
    </>
  );
}

// What the offer buys at the nation's prices, among the nation's wages.
function AtNationalPrices({ paid, titles, offered }: { paid: Paid; titles: Titles; offered: Offered }) {
  const { area } = paid;
  if (area.code === 'US') return <p>Prices nationwide are what other places are measured by.</p>;
  if (area.priceParity === null) return <p>No price level is published for {areaInSentence(area.name)}.</p>;
  const worth = { amount: offered.amount / (area.priceParity / 100), per: offered.per };
  const period = periodOf(offered.per);
  return (
    <>
      <p>
        At national prices, it buys what {formatFigure(worth.amount, unitOf(period))} {inWords[period]} buys nationwide.
        Among wages nationwide, that would be:
      </p>
      <Placed titles={titles} wages={(side) => paid[side].nation ?? null} offered={worth} />
    </>
  );
}

// The offer as a mark of a chart in some unit; none without an offer.
export function offerMarks(
  { offer, per }: Pick<OfferChoices, 'offer' | 'per'>,
  unit: string,
): { label: string; value: number }[] {
  const amount = readAmount(offer);
  if (amount === null) return [];
  const value = inPeriod(amount, periodOf(per), unit === 'DOLLARS_PER_HOUR' ? 'hour' : 'year');
  return [{ label: 'Your offer', value }];
}
