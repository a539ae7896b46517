import type {
  MissingPartsFragment,
  OccupationPayDocument,
  OccupationPayQuery,
  Unit,
  WagesPartsFragment,
} from '../../generated/graphql';
import type { Asked } from '../api/use-answer';
import { AreaPicker } from '../parts/area-picker';
import { Figure } from '../parts/figure';
import { PercentileChart } from '../parts/percentile-chart';
import { Section, type Shown } from '../parts/section';
import { count, money, percent } from '../words/figures';
import { inWords } from '../words/names';
import type { Address } from './address';
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

// Stands outside the section, so that it is not taken away while that loads.
export function PayControls(props: {
  address: Address;
  asked: Asked<OccupationPayQuery>;
  move: (area: string) => void;
}) {
  const { address, asked, move } = props;
  return (
    <div class="controls">
      <AreaPicker
        area={address.area}
        areaName={asked.state === 'answered' ? (asked.data.area?.name ?? '') : ''}
        move={move}
      />
    </div>
  );
}

export function Pay(shown: Shown<typeof OccupationPayDocument>) {
  return (
    <Section
      id="salary"
      title="Salary"
      {...shown}
      part={({ area, occupation }) => area && occupation && { ...occupation, area }}
      empty={`No area has the code “${shown.variables.area}”. Pick one above.`}
    >
      {({ title, area, salary }) =>
        salary ? (
          <>
            <p class="quiet">What those in this role are paid in {inWords(area.name)}.</p>
            <Chart of={salary} title={title} />
            <Wages of={salary} />
            <Around of={salary} />
          </>
        ) : (
          <p class="empty">
            Nobody publishes what {title} earn in {inWords(area.name)}.
          </p>
        )
      }
    </Section>
  );
}

const why = (salary: Salary, by: By, measure: Measure): MissingPartsFragment | undefined =>
  salary.missing.find((one) => one.figure === `${by}.${measure}`);

function Chart({ of, title }: { of: Salary; title: string }) {
  // By the hour where nothing is published by the year.
  const by = known(of.annual) || !known(of.hourly) ? 'annual' : 'hourly';
  const points = percentiles.map(([percentile, measure]) => ({
    percentile,
    wage: of[by]?.[measure] ?? null,
    atLeast: why(of, by, measure)?.atLeast ?? null,
  }));
  if (points.every(({ wage, atLeast }) => wage === null && atLeast === null)) {
    return <p class="empty">No percentiles are published, so there is no curve to draw.</p>;
  }
  return (
    <PercentileChart
      title={`Wages of ${title} by percentile; the table below has the figures`}
      curves={[{ name: `${title}, ${by === 'annual' ? 'a year' : 'an hour'}`, side: 'left', points }]}
      crossings={[]}
      unit={units[by]}
    />
  );
}

const known = (wages: WagesPartsFragment | null): boolean =>
  wages !== null && percentiles.some(([, measure]) => wages[measure] !== null);

function Wages({ of }: { of: Salary }) {
  return (
    <div class="table">
      <table>
        <caption class="unseen">Wages by the year and by the hour</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">A year</th>
            <th scope="col">An hour</th>
          </tr>
        </thead>
        <tbody>
          {measures.map(([measure, name]) => (
            <tr key={measure}>
              <th scope="row">{name}</th>
              {(['annual', 'hourly'] as const).map((by) => (
                <td key={by}>
                  <Figure value={of[by]?.[measure] ?? null} unit={units[by]} missing={why(of, by, measure)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Around({ of }: { of: Salary }) {
  const range = of.annual?.range;
  return (
    <Facts>
      {range?.basis === 'AS_PUBLISHED' && (
        <Fact name="Range" note="a year, as published: the source does not say what its ends are">
          {money(range.low)} to {money(range.high)}
        </Fact>
      )}
      <Fact name="People employed" note="in this area">
        {of.employment !== null ? count(of.employment) : null}
      </Fact>
      <Fact name="Standard error of the mean" note="relative: how far sampling may have moved it">
        {of.wageStandardErrorPercent !== null ? percent(of.wageStandardErrorPercent) : null}
      </Fact>
      {of.jobsPerThousand !== null && (
        <Fact name="Jobs per thousand" note="of all jobs in the area">
          {count(of.jobsPerThousand)}
        </Fact>
      )}
      {of.locationQuotient !== null && (
        <Fact name="Location quotient" note="its share of jobs here over its share in the nation">
          {of.locationQuotient}
        </Fact>
      )}
    </Facts>
  );
}
