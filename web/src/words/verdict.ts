import type { Side, Verdict } from '../../generated/graphql';

export interface Titles {
  left: string;
  right: string;
}

// What a difference says and how sure that is, in words.
export function verdict(higher: Side | null, verdict: Verdict, titles: Titles): string {
  if (higher === null) return 'can’t be told';
  if (higher === 'EQUAL') return 'equal';
  const who = higher === 'LEFT' ? titles.left : titles.right;
  switch (verdict) {
    case 'SIGNIFICANT':
      return `clear difference: ${who} higher`;
    case 'NOT_SIGNIFICANT':
      return 'no clear difference: it may be chance';
    case 'NOT_TESTABLE':
      return `${who} higher; not testable`;
  }
}
