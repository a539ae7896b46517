import type { OccupationHistoryDocument, OccupationHistoryQuery } from '../../generated/graphql';
import { PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { Change, ChangeNotes, changeRows, wageLine } from '../components/wage-change';
import { WageHistory } from '../components/wage-history';
import { historyOfOne } from '../format/answers';
import { money } from '../format/numbers';

type Paid = NonNullable<OccupationHistoryQuery['occupation']>;

export function History(query: QueryOf<typeof OccupationHistoryDocument>) {
  return (
    <Section
      id="history"
      title="Wages over time"
      {...query}
      part={({ occupation }) => (occupation?.wageHistory.length ? occupation : null)}
      answer={historyOfOne}
      empty="No wages of several years are published for this role."
    >
      {(paid) => <Years of={paid} />}
    </Section>
  );
}

function Years({ of: { title, wageHistory, wageChange } }: { of: Paid }) {
  const by = wageHistory.some(({ annual }) => annual) ? 'annual' : 'hourly';
  const unit = by === 'annual' ? 'DOLLARS_PER_YEAR' : 'DOLLARS_PER_HOUR';
  const lines = [wageLine(title, 'left', wageHistory, by)];
  const newest = wageHistory.at(-1)?.year;
  return (
    <>
      <h3>Median {by} wage in the United States, May of each year</h3>
      {lines.some(({ points }) => points.some(({ nominal }) => nominal !== null)) ? (
        <WageHistory title={`Median wages of ${title} by year`} lines={lines} unit={unit} />
      ) : (
        <p class="empty">No published medians.</p>
      )}
      <details>
        <summary>Show the years as a table</summary>
        <div class="table">
          <table class="figures">
            <caption class="unseen">Median wages by year</caption>
            <thead>
              <tr>
                <td />
                <th scope="col">In dollars of the year</th>
                {by === 'annual' && <th scope="col">In {newest} dollars</th>}
              </tr>
            </thead>
            <tbody>
              {wageHistory.map(({ year, missing, constantDollars, ...wages }) => (
                <tr key={year}>
                  <th scope="row">May {year}</th>
                  <td>
                    <PublishedFigure
                      value={wages[by]?.median ?? null}
                      unit={unit}
                      missing={missing.find(({ figure }) => figure === `${by}.median`)}
                    />
                  </td>
                  {by === 'annual' && <td>{constantDollars?.median != null && money(constantDollars.median)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      {wageChange && (
        <>
          <h3>
            Change from May {wageChange.fromYear} to May {wageChange.toYear}
          </h3>
          <div class="table">
            <table class="figures">
              <caption class="unseen">Change of wages</caption>
              <tbody>
                {changeRows.map(([name, statistic, dollars]) => (
                  <tr key={name}>
                    <th scope="row">
                      {statistic} wage<small>{dollars}</small>
                    </th>
                    <td>
                      <Change of={wageChange[name]} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <ChangeNotes of={wageChange} />
        </>
      )}
    </>
  );
}
