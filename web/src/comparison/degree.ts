import { percent } from '../words/figures';

interface Educated {
  education: { mostCommonDegree: string | null; degrees: { name: string; percent: number }[] } | null;
}

// A role's most common degree and how many have it, as far as that is published.
export function degree({ education }: Educated): string | null {
  const name = education?.mostCommonDegree;
  const share = education?.degrees.find((one) => one.name === name);
  return name ? (share ? `${name}, ${percent(share.percent)}` : name) : null;
}
