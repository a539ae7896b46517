import type { DifferencePartsFragment, HigherSide, Verdict } from '../../generated/graphql';

export const sides = ['left', 'right'] as const;

export type Side = (typeof sides)[number];

export type Titles = Record<Side, string>;

// The terms of tables, legends and paragraphs.
export const mayBeChance = 'may be due to chance';
export const significant = 'statistically significant';

// Says why two published figures have no difference.
export function notCompared(of: DifferencePartsFragment): string | null {
  if (of.missing.some((one) => one.reason === 'WIDER_GROUP_ONLY')) return 'not compared: one wider group';
  const differ = of.leftMeasure !== of.rightMeasure && of.left !== null && of.right !== null;
  return differ ? 'not compared: different measures' : null;
}

// Says which side is higher and how certain that is.
export function verdictText(higher: HigherSide | null, verdict: Verdict, titles: Titles): string {
  if (higher === null) return 'not available';
  if (higher === 'EQUAL') return 'equal';
  const title = higher === 'LEFT' ? titles.left : titles.right;
  switch (verdict) {
    case 'SIGNIFICANT':
      return `${title} higher, ${significant}`;
    case 'NOT_SIGNIFICANT':
      return `not ${significant}; ${mayBeChance}`;
    case 'NOT_TESTABLE':
      return `${title} higher; significance not testable`;
  }
}
