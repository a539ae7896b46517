import type { InterestName, JobsBasis, MonthsBasis } from '../../generated/graphql';

// Text that both kinds of pages show with the same figures.

export const overlappingRaces =
  'People of Hispanic origin may be of any race, so these shares overlap and do not add up to 100%.';

export const jobsBasis = (basis: JobsBasis): string =>
  basis === 'OPEN_POSTINGS' ? 'open job postings' : 'wage-and-salary jobs, nationwide';

export function projectionPeriod(outlook: { fromYear: number | null; toYear: number | null }): string {
  const { fromYear, toYear } = outlook;
  return fromYear && toYear ? `projected, ${fromYear}–${toYear}` : 'projected; the source gives no period';
}

// What the wages and jobs of OEWS leave out, and how its annual wages come about.
export const oewsScope =
  'Wages and jobs are of wage-and-salary workers, without the self-employed. For most occupations, annual wages are the hourly wage times 2,080 hours.';

// What a range of months to become one is, where its source says so.
export const monthsBasis = (basis: MonthsBasis): string | null =>
  basis === 'VOCATIONAL_PREPARATION' ? 'vocational preparation; a four-year degree counts as two years' : null;

// Holland's six types of interests, in the order of his hexagon, and what the work of each is.
export const interestTypes: Record<InterestName, { name: string; work: string }> = {
  REALISTIC: { name: 'Realistic', work: 'tools, machines, plants, animals' },
  INVESTIGATIVE: { name: 'Investigative', work: 'research, analysis' },
  ARTISTIC: { name: 'Artistic', work: 'art, design, writing' },
  SOCIAL: { name: 'Social', work: 'helping, teaching, caring' },
  ENTERPRISING: { name: 'Enterprising', work: 'leading, selling, persuading' },
  CONVENTIONAL: { name: 'Conventional', work: 'procedures, records, numbers' },
};

export const interestNames = Object.keys(interestTypes) as InterestName[];

// The ends of the scale of O*NET's interests.
export const lowestInterest = 1;
export const highestInterest = 7;

export const formatScore = (score: number): string => score.toFixed(1);
