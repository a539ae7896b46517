import { useState } from 'preact/hooks';
import type { Unit } from '../../generated/graphql';
import { Near } from './near';
import { Segments } from './segments';
import type { WageLine } from './wage-change';

const chart = () => import('./charts/wage-history-chart');

// Median wages by year as a chart, in dollars of the newest year or of each year. A table
// next to it has the figures of both.
export function WageHistory({ lines, unit, title }: { lines: WageLine[]; unit: Unit; title: string }) {
  const hasReal = lines.some(({ points }) => points.some(({ real }) => real !== null));
  const newest = lines[0]?.points.at(-1)?.year;
  const [dollars, setDollars] = useState<'real' | 'nominal'>(hasReal ? 'real' : 'nominal');
  return (
    <>
      {hasReal && (
        <Segments
          legend="Dollars"
          options={[
            ['real', `${newest} dollars`],
            ['nominal', 'Dollars of each year'],
          ]}
          value={dollars}
          choose={setDollars}
        />
      )}
      <Near load={chart} class="history">
        {({ WageHistoryChart }) => <WageHistoryChart {...{ lines, dollars, unit, title }} />}
      </Near>
    </>
  );
}
