import type {
  ComparePayDocument,
  ComparePayQuery,
  HigherSide,
  TopPayPairPartsFragment,
  TopPayPartsFragment,
} from '../../generated/graphql';
import { WagesIn } from '../components/best-paid-link';
import { DifferenceRow, RoleTable, Row } from '../components/difference-table';
import { type Curve, PercentileChart } from '../components/percentile-chart';
import { atNationalPrices } from '../components/prices-switch';
import { NotPublished } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { salaryAnswer } from '../format/answers';
import { oewsScope } from '../format/labels';
import { areaInSentence } from '../format/names';
import { formatFigure, money, percent, plural } from '../format/numbers';
import type { Titles } from '../format/verdict';
import { OfferBox, type OfferChoices, offerMarks } from './offer';

type Paid = NonNullable<ComparePayQuery['comparison']>;
type Salary = NonNullable<Paid['salary']>;
type Percentiles = Salary['percentiles'];

type PayOf = QueryOf<typeof ComparePayDocument> & { titles: Titles; choices: OfferChoices };

export function Pay({ titles, choices, ...query }: PayOf) {
  return (
    <Section
      id="salary"
      title="Salary"
      {...query}
      part={({ comparison }) => comparison?.salary && { ...comparison, salary: comparison.salary }}
      answer={({ salary }) => salaryAnswer(salary, titles)}
      empty={({ comparison }) =>
        `No published wages for these two occupations in ${areaInSentence(comparison?.area.name ?? 'this area')}.`
      }
    >
      {(paid) => (
        <>
          <WagesIn area={paid.area} />
          <Averages paid={paid} salary={paid.salary} titles={titles} />
          <OfferBox paid={paid} titles={titles} choices={choices} />
          <Curves salary={paid.salary} titles={titles} choices={choices} />
          <HighestPaying of={paid.salary.highestPaying} titles={titles} national={choices.national} />
          <p class="quiet">{oewsScope}</p>
        </>
      )}
    </Section>
  );
}

function Averages({ paid, salary, titles }: { paid: Paid; salary: Salary; titles: Titles }) {
  return (
    <RoleTable caption="Salary" titles={titles}>
      <DifferenceRow
        name={
          <>
            Average salary<small>annual mean</small>
          </>
        }
        of={salary.annualMean}
        titles={titles}
      />
      <DifferenceRow
        name={
          <>
            Median salary<small>annual</small>
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
      {money(known.low)} to {money(known.high)}
      <small>{known.basis === 'AS_PUBLISHED' ? 'as published' : '10th to 90th percentile'}</small>
    </>
  );
}

function overlap(shared: Salary['rangeOverlap']) {
  if (!shared) return 'overlap not available';
  return (
    <>
      Both: {money(shared.low)} to {money(shared.high)}
      {shared.percent !== null && <small>{percent(shared.percent)} of the combined range</small>}
    </>
  );
}

function Curves(props: { salary: Salary; titles: Titles; choices: OfferChoices }) {
  const { titles, choices } = props;
  const { percentiles, crossovers } = props.salary;
  const unit = percentiles[0]?.difference.unit ?? 'DOLLARS_PER_YEAR';
  if (percentiles.every(({ difference }) => difference.left === null && difference.right === null)) {
    return (
      <>
        <h3>Wages by percentile</h3>
        <p class="empty">No published percentiles for these two occupations.</p>
      </>
    );
  }
  return (
    <>
      <h3>Wages by percentile</h3>
      <PercentileChart
        curves={[curve(percentiles, 'left', titles.left), curve(percentiles, 'right', titles.right)]}
        unit={unit}
        marks={offerMarks(choices, unit)}
      />
      {crossovers.map((crossing) => (
        <p key={crossing.lowerPercentile}>
          <strong>The lead changes</strong> between the {crossing.lowerPercentile}th and the {crossing.upperPercentile}
          th percentile: below, published wages are higher for {titleOf(crossing.higherBelow, titles)}; above, they are
          higher for {titleOf(crossing.higherAbove, titles)}.
        </p>
      ))}
    </>
  );
}

function curve(percentiles: Percentiles, side: 'left' | 'right', name: string): Curve {
  return {
    name,
    side,
    points: percentiles.map(({ percentile, difference }) => ({
      percentile,
      wage: difference[side],
      missing: difference.missing.find((one) => one.figure.startsWith(side)),
    })),
  };
}

const titleOf = (side: HigherSide, titles: Titles): string => (side === 'LEFT' ? titles.left : titles.right);

function HighestPaying(props: { of: Salary['highestPaying']; titles: Titles; national: boolean }) {
  const { of, titles, national } = props;
  if (!of) return null;
  const rows: [string, TopPayPairPartsFragment][] = [
    ['Highest-paying city', of.city],
    ['Highest-paying state', of.state],
    ['Highest-paying company', of.company],
    ['Highest-paying industry', of.industry],
  ];
  return (
    <>
      <h3>Highest-paying places and employers{national && ', after cost of living'}</h3>
      {national && <p class="quiet">{atNationalPrices}</p>}
      <RoleTable caption="Highest-paying places and employers" titles={titles} difference={false} words>
        {rows.map(([name, pair]) => (
          <Row
            key={name}
            name={name}
            left={<TopPay of={pair.left} national={national} />}
            right={<TopPay of={pair.right} national={national} />}
          />
        ))}
      </RoleTable>
    </>
  );
}

function TopPay({ of, national }: { of: TopPayPartsFragment | null; national: boolean }) {
  if (!of) return <NotPublished />;
  return (
    <>
      {of.name}
      {national && of.area && of.atNationalPrices !== null && (
        <small>{money(of.atNationalPrices)} at national prices</small>
      )}
      <small>
        {of.salary === null ? 'amount not published' : `${formatFigure(of.salary, 'DOLLARS_PER_YEAR')} a year`}
        {of.standardErrorPercent !== null && `, standard error ${percent(of.standardErrorPercent)}`}
      </small>
      {topPayNotes(of).map((note) => (
        <small key={note}>{note}</small>
      ))}
    </>
  );
}

// What the place is the highest of, and how certain that is.
export function topPayNotes(of: TopPayPartsFragment): string[] {
  const { notClearlyAbove: unclear, topCoded, minimumEmployment: least } = of;
  return [
    ...(unclear ? [`not clearly above ${plural(unclear, 'other')}`] : []),
    ...(topCoded > 0 ? [`${plural(topCoded, 'other')} above the published maximum`] : []),
    ...(least !== null ? [`of those with at least ${plural(least, 'job')}`] : []),
  ];
}
