import { useState } from 'preact/hooks';
import {
  type AreaKind,
  type BestPaidFragment,
  type OccupationPlacesDocument,
  OccupationPlacesNextDocument,
  type OccupationPlacesQuery,
  type PlacesPaidFragment,
  type SalaryOrderField,
} from '../../generated/graphql';
import { usePages } from '../api/use-pages';
import { FindInput, hasText } from '../components/find-input';
import { atNationalPrices } from '../components/prices-switch';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { Waiting } from '../components/waiting';
import { placesOfOne } from '../format/answers';
import { missingReason } from '../format/missing';
import { count, money, plural } from '../format/numbers';
import { type Address, addressOf } from './address';
import { Fact, Facts } from './facts';

type Best = NonNullable<OccupationPlacesQuery['occupation']>['highestPaying'];

export function Places({ address, ...query }: QueryOf<typeof OccupationPlacesDocument> & { address: Address }) {
  const national = address.prices === 'national';
  const at = national ? ' at national prices' : '';
  return (
    <Section
      id="places"
      title="Highest-paying places and employers"
      {...query}
      part={(data) => data.occupation}
      answer={placesOfOne}
      empty="No published wages by place for this role."
    >
      {({ highestPaying, states, metros }) => (
        <>
          {national && <p class="quiet">{atNationalPrices}</p>}
          <BestOf of={highestPaying} national={national} />
          {states && (
            <Ranked
              title={`States by mean annual wage${at}`}
              kind="STATE"
              one="state or territory"
              many="states and territories"
              of={states}
              address={address}
            />
          )}
          {metros && (
            <Ranked
              title={`Metropolitan areas by mean annual wage${at}`}
              kind="METRO"
              one="metropolitan area"
              many="metropolitan areas"
              of={metros}
              address={address}
            />
          )}
        </>
      )}
    </Section>
  );
}

function BestOf({ of, national }: { of: Best; national: boolean }) {
  if (!of) return null;
  const kinds: [string, BestPaidFragment | null][] = [
    ['City', of.city],
    ['State', of.state],
    ['Industry', of.industry],
    ['Company', of.company],
  ];
  return (
    <>
      <Facts>
        {kinds.map(([name, best]) => (
          <Fact key={name} name={name} note={best && payOf(best, national)}>
            {best?.name}
          </Fact>
        ))}
      </Facts>
      {kinds.some(([, best]) => best && best.salary !== null) && (
        <p class="quiet">
          Limited to places and industries with a published employment of at least 100 in the role. The lists below have
          no such limit.
        </p>
      )}
    </>
  );
}

function payOf({ salary, area, atNationalPrices: worth, topCoded }: BestPaidFragment, national: boolean): string {
  const inDollars = salary === null ? 'amount not published' : `${money(salary)} annual mean`;
  const paid = national && area && worth !== null ? `${money(worth)} at national prices; ${inDollars}` : inDollars;
  return topCoded > 0 ? `${paid}; ${count(topCoded)} with a mean above the published maximum may pay more` : paid;
}

interface List {
  title: string;
  one: string;
  many: string;
  kind: AreaKind;
  of: PlacesPaidFragment;
  address: Address;
}

function Ranked({ title, one, many, kind, of, address }: List) {
  const national = address.prices === 'national';
  const [all, setAll] = useState(false);
  const [text, setText] = useState('');
  const { hasNextPage, endCursor } = of.pageInfo;
  const variables = { slug: address.slug, kind, order: orderOf(address), after: endCursor };
  const rest = usePages(
    { document: OccupationPlacesNextDocument, variables, pageOf: ({ occupation }) => occupation?.salaries },
    all,
  );
  const best = paidIn(of.nodes, national);
  const nodes = all && rest.status === 'loaded' ? [...of.nodes, ...rest.nodes] : best;
  const shown = nodes.filter(({ area }) => hasText(area.name, text));
  return (
    <>
      <h3>{title}</h3>
      {best.length === 0 ? (
        <p class="empty">{emptyText(of, one)}</p>
      ) : (
        <div class="table">
          {all && <FindInput what="place" text={text} setText={setText} />}
          <table class="ranked figures">
            <caption class="unseen">{title}</caption>
            <thead>
              <tr>
                <th scope="col">Area</th>
                <th scope="col">Mean{national && <small>at national prices</small>}</th>
                <th scope="col">
                  {national ? 'Mean' : 'Median'}
                  {national && <small>in dollars</small>}
                </th>
                <th scope="col">Employed</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((salary) => (
                <Place key={salary.area.code} of={salary} address={address} />
              ))}
            </tbody>
          </table>
          {all && <Waiting for={rest} />}
          <p class="quiet" role="status">
            {all ? '' : `Top ${count(best.length)} of `}
            {text ? plural(shown.length, one, many) : `${plural(of.totalCount, one, many)} with published figures`}.
          </p>
          {hasNextPage && (
            <button
              type="button"
              aria-expanded={all}
              onClick={() => {
                setAll(!all);
                setText('');
              }}
            >
              {all ? 'Show fewer' : `Show all ${count(of.totalCount)}`}
              <span class="unseen"> {many}</span>
            </button>
          )}
        </div>
      )}
    </>
  );
}

// The best paid places first.
export const orderOf = ({ prices }: Address): SalaryOrderField =>
  prices === 'national' ? 'MEAN_AT_NATIONAL_PRICES' : 'MEAN';

type Paid = PlacesPaidFragment['nodes'][number];

const paidIn = (nodes: Paid[], national: boolean): Paid[] =>
  nodes.filter((salary) => (national ? salary.atNationalPrices : salary.annual)?.mean != null);

function Place({ of, address }: { of: Paid; address: Address }) {
  const { area, annual, atNationalPrices: worth, employment, missing } = of;
  const national = address.prices === 'national';
  const missingOf = (name: string) => missing.find(({ figure }) => figure === name);
  const mean = missingOf('annual.mean');
  return (
    <tr>
      <th scope="row">
        <a href={addressOf({ ...address, area: area.code })}>{area.name}</a>
        {national && area.priceParity !== null && <small>prices {area.priceParity.toFixed(1)}</small>}
      </th>
      <td>
        <PublishedFigure
          value={(national ? worth : annual)?.mean ?? null}
          unit="DOLLARS_PER_YEAR"
          missing={mean ?? missingOf('atNationalPrices')}
        />
      </td>
      <td>
        <PublishedFigure
          value={annual?.[national ? 'mean' : 'median'] ?? null}
          unit="DOLLARS_PER_YEAR"
          missing={national ? mean : missingOf('annual.median')}
        />
      </td>
      <td>
        <PublishedFigure value={employment} unit="WAGE_AND_SALARY_JOBS" missing={missingOf('employment')} />
      </td>
    </tr>
  );
}

function emptyText({ nodes }: PlacesPaidFragment, one: string): string {
  if (nodes.length === 0) return `No published wages by ${one}.`;
  const reasons = nodes.map(({ missing }) =>
    missingReason(
      missing.find(({ figure }) => figure === 'annual.mean'),
      'DOLLARS_PER_YEAR',
    ),
  );
  return `No mean annual wages by ${one}: ${[...new Set(reasons)].join(', or ')}.`;
}
