import type { ChangePartsFragment, WageChangePartsFragment, WageYearPartsFragment } from '../../generated/graphql';
import { signedPercent } from '../format/numbers';
import { mayBeChance, significant } from '../format/verdict';

// The medians of a role by year, in dollars of each year and of the newest one.
export interface WageLine {
  name: string;
  side: 'left' | 'right';
  points: { year: number; nominal: number | null; real: number | null }[];
}

// The medians of a role by year. Only annual wages come in constant dollars.
export function wageLine(
  name: string,
  side: 'left' | 'right',
  years: WageYearPartsFragment[],
  by: 'annual' | 'hourly',
): WageLine {
  return {
    name,
    side,
    points: years.map(({ year, constantDollars, ...wages }) => ({
      year,
      nominal: wages[by]?.median ?? null,
      real: by === 'annual' ? (constantDollars?.median ?? null) : null,
    })),
  };
}

export const changeRows: [keyof ChangesOf, string, string][] = [
  ['mean', 'Mean', 'before inflation'],
  ['realMean', 'Mean', 'after inflation'],
  ['median', 'Median', 'before inflation'],
  ['realMedian', 'Median', 'after inflation'],
];

type ChangesOf = Pick<WageChangePartsFragment, 'mean' | 'median' | 'realMean' | 'realMedian'>;

// A change in percent, and how certain it is.
export function Change({ of }: { of: ChangePartsFragment | undefined }) {
  if (of?.percent == null) return <span class="missing">not available</span>;
  return (
    <>
      {signedPercent(of.percent)}
      <small title={of.explanation.note}>{certainty[of.verdict]}</small>
    </>
  );
}

const certainty: Record<ChangePartsFragment['verdict'], string> = {
  SIGNIFICANT: significant,
  NOT_SIGNIFICANT: `not ${significant}; ${mayBeChance}`,
  NOT_TESTABLE: 'significance not testable',
};

// What the changes are measured against, and what speaks against reading much into them.
export function ChangeNotes({ of }: { of: WageChangePartsFragment }) {
  return (
    <>
      {of.pricePercent !== null && (
        <p class="quiet">
          Consumer prices (CPI-U) changed by {signedPercent(of.pricePercent)} from May {of.fromYear} to May {of.toYear}.
          Tests are approximate: they take the estimates of both years as independent.
        </p>
      )}
      {of.caveats.map((caveat) => (
        <p key={caveat} class="quiet">
          {caveat}
        </p>
      ))}
    </>
  );
}
