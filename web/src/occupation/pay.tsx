import type {
  MissingPartsFragment,
  OccupationPayDocument,
  OccupationPayQuery,
  Unit,
  WagesPartsFragment,
} from '../../generated/graphql';
import { WagesIn } from '../components/best-paid-link';
import { PercentileChart } from '../components/percentile-chart';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { payOfOne } from '../format/answers';
import { oewsScope } from '../format/labels';
import { areaInSentence } from '../format/names';
import { count, money, percent } from '../format/numbers';
import { Fact, Facts } from './facts';

type Salary = NonNullable<NonNullable<OccupationPayQuery['occupation']>['salary']>;
type Measure = 'mean' | 'median' | 'p10' | 'p25' | 'p75' | 'p90';
type By = 'annual' | 'hourly';

const measures: [Measure, string][] = [
  ['mean', 'Mean'],
  ['p10', '10th percentile'],
  ['p25', '25th percentile'],
  ['median', 'Median'],
  ['p75', '75th percentile'],
  ['p90', '90th percentile'],
];
const percentiles: [number, Measure][] = [
  [10, 'p10'],
  [25, 'p25'],
  [50, 'median'],
  [75, 'p75'],
  [90, 'p90'],
];
const units: Record<By, Unit> = { annual: 'DOLLARS_PER_YEAR', hourly: 'DOLLARS_PER_HOUR' };

export function Pay(query: QueryOf<typeof OccupationPayDocument>) {
  return (
    <Section
      id="salary"
      title="Salary"
      {...query}
      part={({ area, occupation }) => area && occupation?.salary && { ...occupation, salary: occupation.salary, area }}
      answer={({ salary }) => payOfOne(salary)}
      empty={({ area, occupation }) =>
        area
          ? `No published wages for ${occupation?.title} in ${areaInSentence(area.name)}.`
          : `No area has the code “${query.variables.area}”. Select an area above.`
      }
    >
      {({ title, area, salary }) => (
        <>
          <WagesIn area={area} />
          <Chart of={salary} title={title} />
          <Wages of={salary} />
          <PayFacts of={salary} />
          {salary.caveats.map((caveat) => (
            <p key={caveat}>{caveat}</p>
          ))}
          <p class="quiet">{oewsScope}</p>
        </>
      )}
    </Section>
  );
}

const findMissing = (salary: Salary, by: By, measure: Measure): MissingPartsFragment | undefined =>
  salary.missing.find((one) => one.figure === `${by}.${measure}`);

function Chart({ of, title }: { of: Salary; title: string }) {
  // Hourly only if no annual wages are published.
  const by = known(of.annual) || !known(of.hourly) ? 'annual' : 'hourly';
  const points = percentiles.map(([percentile, measure]) => ({
    percentile,
    wage: of[by]?.[measure] ?? null,
    missing: findMissing(of, by, measure),
  }));
  if (points.every(({ wage, missing }) => wage === null && missing?.atLeast == null)) {
    return <p class="empty">No published percentiles.</p>;
  }
  return <PercentileChart curves={[{ name: title, side: 'left', points }]} unit={units[by]} />;
}

const known = (wages: WagesPartsFragment | null): boolean =>
  wages !== null && percentiles.some(([, measure]) => wages[measure] !== null);

function Wages({ of }: { of: Salary }) {
  return (
    <div class="table">
      <table class="figures">
        <caption class="unseen">Annual and hourly wages</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Annual</th>
            <th scope="col">Hourly</th>
          </tr>
        </thead>
        <tbody>
          {measures.map(([measure, name]) => (
            <tr key={measure}>
              <th scope="row">{name}</th>
              {(['annual', 'hourly'] as const).map((by) => (
                <td key={by}>
                  <PublishedFigure
                    value={of[by]?.[measure] ?? null}
                    unit={units[by]}
                    missing={findMissing(of, by, measure)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PayFacts({ of }: { of: Salary }) {
  const range = of.annual?.range;
  return (
    <Facts>
      {range?.basis === 'AS_PUBLISHED' && (
        <Fact name="Range" note="annual, as published; the source does not define its endpoints">
          {money(range.low)} to {money(range.high)}
        </Fact>
      )}
      <Fact name="Employment" note="wage-and-salary jobs in this area">
        {of.employment !== null ? count(of.employment) : null}
      </Fact>
      <Fact name="Relative standard error" note="sampling error of the mean, in percent of it">
        {of.wageStandardErrorPercent !== null ? percent(of.wageStandardErrorPercent) : null}
      </Fact>
      {of.jobsPerThousand !== null && (
        <Fact name="Jobs per thousand" note="in this area">
          {count(of.jobsPerThousand)}
        </Fact>
      )}
      {of.locationQuotient !== null && (
        <Fact name="Location quotient" note="its share of local jobs divided by its share of US jobs">
          {of.locationQuotient}
        </Fact>
      )}
    </Facts>
  );
}
