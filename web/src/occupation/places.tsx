import type {
  BestPaidFragment,
  OccupationPlacesDocument,
  OccupationPlacesQuery,
  PlacesPaidFragment,
} from '../../generated/graphql';
import { atNationalPrices } from '../components/prices-switch';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
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
          {states && <Ranked title={`States by mean annual wage${at}`} one="state" of={states} address={address} />}
          {metros && (
            <Ranked
              title={`Metropolitan areas by mean annual wage${at}`}
              one="metropolitan area"
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

function Ranked(props: { title: string; one: string; of: PlacesPaidFragment; address: Address }) {
  const { title, one, of, address } = props;
  const national = address.prices === 'national';
  const paid = of.nodes.filter((salary) => (national ? salary.atNationalPrices : salary.annual)?.mean != null);
  return (
    <>
      <h3>{title}</h3>
      {paid.length === 0 ? (
        <p class="empty">{emptyText(of, one)}</p>
      ) : (
        <div class="table">
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
              {paid.map(({ area, annual, atNationalPrices: worth, employment, missing }) => (
                <tr key={area.code}>
                  <th scope="row">
                    <a href={addressOf({ ...address, area: area.code })}>{area.name}</a>
                    {national && area.priceParity !== null && <small>prices {area.priceParity.toFixed(1)}</small>}
                  </th>
                  <td>{money((national ? worth : annual)?.mean ?? 0)}</td>
                  <td>
                    <PublishedFigure
                      value={annual?.[national ? 'mean' : 'median'] ?? null}
                      unit="DOLLARS_PER_YEAR"
                      missing={missing.find((figure) => figure.figure === 'annual.median')}
                    />
                  </td>
                  <td>
                    <PublishedFigure
                      value={employment}
                      unit="WAGE_AND_SALARY_JOBS"
                      missing={missing.find((figure) => figure.figure === 'employment')}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="quiet">
            Top {count(paid.length)} of {plural(of.totalCount, one)} with published wages.
          </p>
        </div>
      )}
    </>
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
