import type { MissingPartsFragment, OccupationPayDocument, OccupationPayQuery, Unit } from '../../generated/graphql';
import { WagesIn } from '../components/best-paid-link';
import { Caveats } from '../components/caveats';
import { Near } from '../components/near';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { payOfOne } from '../format/answers';
import { oewsScope } from '../format/labels';
import { missingReason } from '../format/missing';
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
      lacks={({ salary }) => {
        const names = lacking(salary).map(([, name]) => name);
        return names.length > 0 ? `${names.join(', ')} of wages` : '';
      }}
    >
      {({ title, area, salary }) => (
        <>
          <WagesIn area={area} />
          {periods.some((by) => isPublished(salary, by, 'median')) && (
            <Near load={loadRanges} class="pay-strip">
              {({ PayRanges }) => <PayRanges roles={[{ slug: query.variables.slug, title, salary }]} />}
            </Near>
          )}
          <Wages of={salary} />
          <PayFacts of={salary} />
          <Caveats of={salary.caveats} />
          <p class="quiet">{oewsScope}</p>
        </>
      )}
    </Section>
  );
}

const findMissing = (salary: Salary, by: By, measure: Measure): MissingPartsFragment | undefined =>
  salary.missing.find((one) => one.figure === `${by}.${measure}`);

// Whether a wage, or the bound above which it lies, is published.
const isPublished = (salary: Salary, by: By, measure: Measure): boolean =>
  salary[by]?.[measure] != null || findMissing(salary, by, measure)?.atLeast != null;

const periods: By[] = ['annual', 'hourly'];

const lacking = (salary: Salary) =>
  measures.filter(([measure]) => !periods.some((by) => isPublished(salary, by, measure)));

const loadRanges = () => import('../components/pay-ranges');

// Columns without a figure are said in a line, and rows at the end of the page.
function Wages({ of }: { of: Salary }) {
  const published = periods.filter((by) => measures.some(([measure]) => isPublished(of, by, measure)));
  const lacks = lacking(of);
  return (
    <div class="table">
      <table class="figures">
        <caption class="unseen">Wages</caption>
        <thead>
          <tr>
            <td />
            {published.map((by) => (
              <th key={by} scope="col">
                {by === 'annual' ? 'Annual' : 'Hourly'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures
            .filter((row) => !lacks.includes(row))
            .map(([measure, name]) => (
              <tr key={measure}>
                <th scope="row">{name}</th>
                {published.map((by) => (
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
      {periods
        .filter((by) => !published.includes(by))
        .map((by) => (
          <p key={by} class="quiet">
            {by === 'annual' ? 'Annual' : 'Hourly'} wages: {missingReason(findMissing(of, by, 'mean'), units[by])}.
          </p>
        ))}
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
