import type { CompareHistoryDocument, CompareHistoryQuery } from '../../generated/graphql';
import { Difference, RoleTable, Row } from '../components/difference-table';
import { SideFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { Change, ChangeNotes, changeRows, wageLine } from '../components/wage-change';
import { WageHistory } from '../components/wage-history';
import { historyAnswer } from '../format/answers';
import { money } from '../format/numbers';
import type { Titles } from '../format/verdict';

type Paid = NonNullable<CompareHistoryQuery['comparison']>;

export function History({ titles, ...query }: QueryOf<typeof CompareHistoryDocument> & { titles: Titles }) {
  return (
    <Section
      id="history"
      title="Wages over time"
      {...query}
      part={({ comparison }) => (comparison?.wageHistory.length ? comparison : null)}
      answer={(paid) => historyAnswer(paid, titles)}
      empty="No wages of several years are published for these two occupations."
    >
      {(paid) => (
        <>
          <Chart of={paid} titles={titles} />
          <Years of={paid} titles={titles} />
          <Changes of={paid} titles={titles} />
        </>
      )}
    </Section>
  );
}

function Chart({ of, titles }: { of: Paid; titles: Titles }) {
  const unit = of.wageHistory[0]?.median.unit ?? 'DOLLARS_PER_YEAR';
  const by = unit === 'DOLLARS_PER_HOUR' ? 'hourly' : 'annual';
  const lines = [
    wageLine(titles.left, 'left', of.left.wageHistory, by),
    wageLine(titles.right, 'right', of.right.wageHistory, by),
  ].filter(({ points }) => points.some(({ nominal }) => nominal !== null));
  if (lines.length === 0) return <p class="empty">No published medians.</p>;
  return (
    <>
      <h3>Median {by} wage in the United States, May of each year</h3>
      <WageHistory title={`Median wages of ${titles.left} and ${titles.right} by year`} lines={lines} unit={unit} />
    </>
  );
}

function Years({ of, titles }: { of: Paid; titles: Titles }) {
  const newest = of.wageHistory.at(-1)?.year;
  const inNewest = (side: 'left' | 'right', year: number) => {
    const real = of[side].wageHistory.find((one) => one.year === year)?.constantDollars?.median;
    return real != null && year !== newest ? (
      <small>
        {money(real)} in {newest} dollars
      </small>
    ) : null;
  };
  return (
    <details>
      <summary>Show the years as a table</summary>
      <RoleTable caption="Median wages by year" titles={titles}>
        {of.wageHistory.map(({ year, median }) => (
          <Row
            figures
            key={year}
            name={`May ${year}`}
            left={
              <>
                <SideFigure of={median} side="left" />
                {inNewest('left', year)}
              </>
            }
            right={
              <>
                <SideFigure of={median} side="right" />
                {inNewest('right', year)}
              </>
            }
            difference={<Difference of={median} titles={titles} />}
          />
        ))}
      </RoleTable>
    </details>
  );
}

function Changes({ of, titles }: { of: Paid; titles: Titles }) {
  const { left, right } = of;
  const change = left.wageChange ?? right.wageChange;
  if (!change) return null;
  return (
    <>
      <h3>
        Change from May {change.fromYear} to May {change.toYear}
      </h3>
      <RoleTable caption="Change of wages" titles={titles} difference={false}>
        {changeRows.map(([name, statistic, dollars]) => (
          <Row
            figures
            key={name}
            name={
              <>
                {statistic} wage<small>{dollars}</small>
              </>
            }
            left={<Change of={left.wageChange?.[name]} />}
            right={<Change of={right.wageChange?.[name]} />}
          />
        ))}
      </RoleTable>
      <ChangeNotes of={change} />
    </>
  );
}
