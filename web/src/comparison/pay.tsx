import type {
  ComparePayDocument,
  ComparePayQuery,
  DifferencePartsFragment,
  Side,
  TopPayPairPartsFragment,
  TopPayPartsFragment,
  Unit,
} from '../../generated/graphql';
import { DifferenceRow, NotPublished, RoleTable, Row } from '../parts/difference-table';
import { type Curve, PercentileChart } from '../parts/percentile-chart';
import { Section, type Shown } from '../parts/section';
import { figure, money, percent } from '../words/figures';
import { inWords } from '../words/names';
import type { Titles } from '../words/verdict';

type Paid = NonNullable<ComparePayQuery['comparison']>;
type Salary = NonNullable<Paid['salary']>;
type Percentiles = Salary['percentiles'];

export function Pay({ titles, ...shown }: Shown<typeof ComparePayDocument> & { titles: Titles }) {
  return (
    <Section
      id="salary"
      title="Salary"
      {...shown}
      part={(data) => data.comparison}
      empty="Nobody publishes what these two earn."
    >
      {(paid) =>
        paid.salary ? (
          <>
            <p class="quiet">What both are paid in {inWords(paid.area.name)}.</p>
            <Averages paid={paid} salary={paid.salary} titles={titles} />
            <Curves salary={paid.salary} titles={titles} />
            <HighestPaying of={paid.salary.highestPaying} titles={titles} />
          </>
        ) : (
          <p class="empty">Nobody publishes what these two earn in {inWords(paid.area.name)}.</p>
        )
      }
    </Section>
  );
}

function Averages({ paid, salary, titles }: { paid: Paid; salary: Salary; titles: Titles }) {
  return (
    <RoleTable caption="What both roles earn" titles={titles}>
      <DifferenceRow
        name={
          <>
            Average salary<small>mean, a year</small>
          </>
        }
        of={salary.annualMean}
        titles={titles}
      />
      <DifferenceRow
        name={
          <>
            Median salary<small>a year</small>
          </>
        }
        of={salary.annualMedian}
        titles={titles}
      />
      <DifferenceRow
        name={
          <>
            Hourly rate<small>mean</small>
          </>
        }
        of={salary.hourlyMean}
        titles={titles}
      />
      <Row
        name="Salary range"
        left={range(paid.left)}
        right={range(paid.right)}
        difference={overlap(salary.rangeOverlap)}
      />
    </RoleTable>
  );
}

function range({ salary }: Paid['left']) {
  const known = salary?.annual?.range;
  if (!known) return null;
  return (
    <>
      Between {money(known.low)} and {money(known.high)}
      <small>{known.basis === 'AS_PUBLISHED' ? 'as published' : '10th to 90th percentile'}</small>
    </>
  );
}

function overlap(shared: Salary['rangeOverlap']) {
  if (!shared) return 'no overlap that could be told';
  return (
    <>
      Both from {money(shared.low)} to {money(shared.high)}
      {shared.percent !== null && <small>{percent(shared.percent)} of what either spans</small>}
    </>
  );
}

function Curves({ salary: { percentiles, crossovers }, titles }: { salary: Salary; titles: Titles }) {
  const unit = percentiles[0]?.difference.unit ?? 'DOLLARS_PER_YEAR';
  if (percentiles.every(({ difference }) => difference.left === null && difference.right === null)) {
    return (
      <>
        <h3>From the lowest to the highest paid</h3>
        <p class="empty">No percentiles are published for these two, so there are no curves to draw.</p>
      </>
    );
  }
  return (
    <>
      <h3>From the lowest to the highest paid</h3>
      <PercentileChart
        title={`Wages of ${titles.left} and ${titles.right} by percentile; the table below has the figures`}
        curves={[curve(percentiles, 'left', titles.left), curve(percentiles, 'right', titles.right)]}
        crossings={crossovers}
        unit={unit}
      />
      {crossovers.map((crossing) => (
        <p key={crossing.lowerPercentile}>
          <strong>The order changes</strong> between the {crossing.lowerPercentile}th and the {crossing.upperPercentile}
          th percentile: below, the pay is higher for {who(crossing.higherBelow, titles)}; above, for{' '}
          {who(crossing.higherAbove, titles)}.
        </p>
      ))}
      <PercentileTable percentiles={percentiles} titles={titles} unit={unit} />
    </>
  );
}

function PercentileTable(props: { percentiles: Percentiles; titles: Titles; unit: Unit }) {
  return (
    <details>
      <summary>The curves in figures</summary>
      <RoleTable caption={`Wages by percentile, ${figureUnit(props.unit)}`} titles={props.titles}>
        {props.percentiles.map(({ percentile, difference }) => (
          <DifferenceRow
            key={percentile}
            name={percentile === 50 ? 'Median' : `${percentile}th percentile`}
            of={difference}
            titles={props.titles}
          />
        ))}
      </RoleTable>
    </details>
  );
}

const figureUnit = (unit: Unit): string => (unit === 'DOLLARS_PER_HOUR' ? 'by the hour' : 'by the year');

function curve(percentiles: Percentiles, side: 'left' | 'right', name: string): Curve {
  return {
    name,
    side,
    points: percentiles.map(({ percentile, difference }) => ({
      percentile,
      wage: difference[side],
      atLeast: bound(difference, side),
    })),
  };
}

function bound({ missing }: DifferencePartsFragment, side: string): number | null {
  return missing.find((one) => one.figure.startsWith(side))?.atLeast ?? null;
}

const who = (side: Side, titles: Titles): string => (side === 'LEFT' ? titles.left : titles.right);

function HighestPaying({ of, titles }: { of: Salary['highestPaying']; titles: Titles }) {
  const rows: [string, TopPayPairPartsFragment][] = [
    ['Highest paying city', of.city],
    ['Highest paying state', of.state],
    ['Best paying company', of.company],
    ['Best paying industry', of.industry],
  ];
  return (
    <>
      <h3>Where either is paid best</h3>
      <RoleTable caption="Where either role is paid best" titles={titles} difference={false}>
        {rows.map(([name, pair]) => (
          <Row key={name} name={name} left={<TopPay of={pair.left} />} right={<TopPay of={pair.right} />} />
        ))}
      </RoleTable>
    </>
  );
}

function TopPay({ of }: { of: TopPayPartsFragment | null }) {
  if (!of) return <NotPublished />;
  return (
    <>
      {of.name}
      <small>
        {of.salary === null ? 'the source names no figure' : `${figure(of.salary, 'DOLLARS_PER_YEAR')} a year`}
      </small>
    </>
  );
}
