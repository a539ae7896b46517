import type {
  BestPaidFragment,
  OccupationPlacesDocument,
  OccupationPlacesQuery,
  PlacesPaidFragment,
} from '../../generated/graphql';
import { Figure } from '../parts/figure';
import { Section, type Shown } from '../parts/section';
import { count, money, plural } from '../words/figures';
import { whyMissing } from '../words/missing';
import { addressOf } from './address';
import { Fact, Facts } from './facts';

type Best = NonNullable<OccupationPlacesQuery['occupation']>['highestPaying'];

export function Places({ slug, ...shown }: Shown<typeof OccupationPlacesDocument> & { slug: string }) {
  return (
    <Section
      id="places"
      title="Where it is paid best"
      {...shown}
      part={(data) => data.occupation}
      empty="Nobody publishes where this role is paid best."
    >
      {({ highestPaying, states, metros }) => (
        <>
          <BestOf of={highestPaying} />
          <Ranked title="States by the mean annual wage" one="state" of={states} slug={slug} />
          <Ranked title="Metropolitan areas by the mean annual wage" one="metropolitan area" of={metros} slug={slug} />
        </>
      )}
    </Section>
  );
}

function BestOf({ of }: { of: Best }) {
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
          <Fact key={name} name={name} note={best && whatItPays(best)}>
            {best?.name}
          </Fact>
        ))}
      </Facts>
      {kinds.some(([, best]) => best && best.salary !== null) && (
        <p class="quiet">
          Of those that employ 100 or more in the role, as far as that is published. The lists below have smaller ones,
          too.
        </p>
      )}
    </>
  );
}

function whatItPays({ salary, topCoded }: BestPaidFragment): string {
  const paid = salary === null ? 'the source names no figure' : `${money(salary)} a year, mean`;
  return topCoded > 0 ? `${paid}; ${count(topCoded)} with a mean above what is released may pay more` : paid;
}

function Ranked(props: { title: string; one: string; of: PlacesPaidFragment; slug: string }) {
  const { title, one, of, slug } = props;
  const paid = of.nodes.filter((salary) => salary.annual?.mean != null);
  return (
    <>
      <h3>{title}</h3>
      {paid.length === 0 ? (
        <p class="empty">{whyNone(of, one)}</p>
      ) : (
        <div class="table">
          <table class="ranked">
            <caption class="unseen">{title}</caption>
            <thead>
              <tr>
                <th scope="col">Area</th>
                <th scope="col">Mean</th>
                <th scope="col">Median</th>
                <th scope="col">Employed</th>
              </tr>
            </thead>
            <tbody>
              {paid.map(({ area, annual, employment, missing }) => (
                <tr key={area.code}>
                  <th scope="row">
                    <a href={addressOf({ slug, area: area.code })}>{area.name}</a>
                  </th>
                  <td>{money(annual?.mean ?? 0)}</td>
                  <td>
                    <Figure
                      value={annual?.median ?? null}
                      unit="DOLLARS_PER_YEAR"
                      missing={missing.find((figure) => figure.figure === 'annual.median')}
                    />
                  </td>
                  <td>
                    <Figure
                      value={employment}
                      unit="JOBS"
                      missing={missing.find((figure) => figure.figure === 'employment')}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="quiet">
            The first {count(paid.length)} of {plural(of.totalCount, one)} with figures.
          </p>
        </div>
      )}
    </>
  );
}

function whyNone({ nodes }: PlacesPaidFragment, one: string): string {
  if (nodes.length === 0) return `Nobody publishes figures by ${one}.`;
  const reasons = nodes.map(({ missing }) =>
    whyMissing(
      missing.find(({ figure }) => figure === 'annual.mean'),
      'DOLLARS_PER_YEAR',
    ),
  );
  return `No mean annual wages by ${one}: ${[...new Set(reasons)].join(', or ')}.`;
}
