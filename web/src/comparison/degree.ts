import { percent } from '../format/numbers';

interface Educated {
  education: { mostCommonDegree: string | null; degrees: { name: string; percent: number }[] } | null;
}

// Returns a role's most common degree and, if published, its share.
export function mostCommonDegree({ education }: Educated): string | null {
  const name = education?.mostCommonDegree;
  const share = education?.degrees.find((one) => one.name === name);
  return name ? (share ? `${name}, ${percent(share.percent)}` : name) : null;
}
