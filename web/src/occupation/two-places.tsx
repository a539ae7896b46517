import type { ComponentChildren } from 'preact';
import type { OccupationTwoPlacesDocument, PlacePayFragment, PricedAreaFragment } from '../../generated/graphql';
import { RoleTable, Row } from '../components/difference-table';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { missingReason, reasonOf } from '../format/missing';
import { areaInSentence } from '../format/names';
import { money, percent } from '../format/numbers';

type Sides<T> = { left: T; right: T };
type Pays = Sides<PlacePayFragment>;
type Measure = 'mean' | 'median';

// One role in two places, in dollars and at national prices.
export function TwoPlaces(query: QueryOf<typeof OccupationTwoPlacesDocument>) {
  return (
    <Section
      id="two-places"
      title="The same role in two places"
      opened
      {...query}
      part={({ left, right, occupation }) =>
        left &&
        right &&
        occupation?.left &&
        occupation.right && { areas: { left, right }, pays: { left: occupation.left, right: occupation.right } }
      }
      empty="No published wages for these two places. Check both areas above."
    >
      {({ areas, pays }) => (
        <>
          <p class="lead">{higherIn(areas, pays)}</p>
          <RoleTable
            caption="Wages in two places"
            titles={{ left: areas.left.name, right: areas.right.name }}
            difference={false}
          >
            <Wages name="Mean" measure="mean" of={pays} />
            <Wages name="Median" measure="median" of={pays} />
            <Row
              figures
              name={
                <>
                  Prices<small>United States = 100</small>
                </>
              }
              left={<Prices of={areas.left} />}
              right={<Prices of={areas.right} />}
            />
            <Row
              figures
              name="Employment"
              left={<Employment of={pays.left} />}
              right={<Employment of={pays.right} />}
            />
            <Row
              figures
              name={
                <>
                  Relative standard error<small>of the mean</small>
                </>
              }
              left={<StandardError of={pays.left} />}
              right={<StandardError of={pays.right} />}
            />
          </RoleTable>
          <p class="quiet">
            At national prices, a wage is divided by the price level of its place (BEA’s regional price parity). The
            differences are not tested: BEA publishes no standard errors. Taxes are not included.
          </p>
        </>
      )}
    </Section>
  );
}

// Two rows: a wage in dollars, and at national prices.
function Wages({ name, measure, of }: { name: string; measure: Measure; of: Pays }) {
  return (
    <>
      <Row
        figures
        name={
          <>
            {name}
            <small>annual, in dollars</small>
          </>
        }
        left={<Dollars of={of.left} measure={measure} />}
        right={<Dollars of={of.right} measure={measure} />}
      />
      <Row
        figures
        name={
          <>
            {name}
            <small>at national prices</small>
          </>
        }
        left={<AtNationalPrices of={of.left} measure={measure} />}
        right={<AtNationalPrices of={of.right} measure={measure} />}
      />
    </>
  );
}

const missingOf = ({ missing }: PlacePayFragment, figure: string) => missing.find((one) => one.figure === figure);

function Dollars({ of, measure }: { of: PlacePayFragment; measure: Measure }) {
  const value = of.annual?.[measure] ?? null;
  return <PublishedFigure value={value} unit="DOLLARS_PER_YEAR" missing={missingOf(of, `annual.${measure}`)} />;
}

// Without the wage itself, the reason is that of the wage. The bound of a
// top-coded wage is in dollars, so it is not given here.
function AtNationalPrices({ of, measure }: { of: PlacePayFragment; measure: Measure }) {
  const value = of.atNationalPrices?.[measure] ?? null;
  if (value !== null) return <>{money(value)}</>;
  const known = of.annual?.[measure] != null;
  return <Missing>{reasonOf(of.missing, known ? 'atNationalPrices' : `annual.${measure}`)}</Missing>;
}

const Missing = ({ children }: { children: ComponentChildren }) => <span class="missing">{children}</span>;

function Prices({ of }: { of: PricedAreaFragment }) {
  if (of.priceParity !== null) return <>{of.priceParity.toFixed(1)}</>;
  return <Missing>{reasonOf(of.missing, 'priceParity')}</Missing>;
}

const Employment = ({ of }: { of: PlacePayFragment }) => (
  <PublishedFigure value={of.employment} unit="WAGE_AND_SALARY_JOBS" missing={missingOf(of, 'employment')} />
);

function StandardError({ of }: { of: PlacePayFragment }) {
  if (of.wageStandardErrorPercent !== null) return <>{percent(of.wageStandardErrorPercent)}</>;
  return <Missing>{missingReason(missingOf(of, 'wageStandardErrorPercent'), 'PERCENTAGE_POINTS')}</Missing>;
}

// Says where the published mean is higher, in dollars and at national prices.
export function higherIn(areas: Sides<{ name: string }>, pays: Pays): string {
  const inDollars = higher(areas, { left: pays.left.annual?.mean, right: pays.right.annual?.mean });
  const worth = higher(areas, {
    left: pays.left.atNationalPrices?.mean,
    right: pays.right.atNationalPrices?.mean,
  });
  if (!inDollars) return 'The means of these two places cannot be compared: one is not published.';
  if (!worth) return `In dollars, the published mean is ${inDollars}. At national prices, they cannot be compared.`;
  const both = inDollars === worth ? 'In dollars and at national prices' : 'In dollars';
  const then = inDollars === worth ? '.' : `; at national prices, it is ${worth}.`;
  return `${both}, the published mean is ${inDollars}${then}`;
}

function higher(areas: Sides<{ name: string }>, of: Sides<number | null | undefined>): string | null {
  if (of.left == null || of.right == null) return null;
  if (of.left === of.right) return 'the same in both';
  return `higher in ${areaInSentence(of.left > of.right ? areas.left.name : areas.right.name)}`;
}
