import type { EducationLevel, OccupationOrderField } from '../../generated/graphql';
import { areaIn } from '../components/use-address';

export type Order = 'mean' | 'median' | 'hourly' | 'employment' | 'growth';

// What the page's address says:
// /best-paid?area=<code>&industry=<code>&education=<label>&order=<order>,
// and &after=<cursor>&from=<place> for a part of the list.
export interface Address {
  area: string;
  // Empty for all industries.
  industry: string;
  // The entry education that the Employment Projections assign; empty for any.
  education: EducationLevel | '';
  order: Order;
  // The API's cursor of the last occupation before the list; empty for none.
  after: string;
  // The place of the first occupation of the list.
  from: number;
}

interface Choice {
  label: string;
  heading: string;
  field: OccupationOrderField;
  // The figure that an occupation needs to be in the list.
  figure: 'annualMean' | 'annualMedian' | 'hourlyMean' | 'employment' | 'growthPercent';
}

export const orders: Record<Order, Choice> = {
  mean: {
    label: 'Mean annual wage',
    heading: 'Best-paid occupations',
    field: 'MEAN_WAGE',
    figure: 'annualMean',
  },
  median: {
    label: 'Median annual wage',
    heading: 'Occupations with the highest median wages',
    field: 'MEDIAN_WAGE',
    figure: 'annualMedian',
  },
  hourly: {
    label: 'Mean hourly wage',
    heading: 'Best-paid occupations by the hour',
    field: 'HOURLY_MEAN_WAGE',
    figure: 'hourlyMean',
  },
  employment: {
    label: 'Number of jobs',
    heading: 'Occupations with the most jobs',
    field: 'EMPLOYMENT',
    figure: 'employment',
  },
  growth: {
    label: 'Projected growth, nationwide',
    heading: 'Fastest-growing occupations',
    field: 'GROWTH',
    figure: 'growthPercent',
  },
};

// The labels of the Employment Projections, highest first.
export const educations: Record<EducationLevel, string> = {
  DOCTORAL_OR_PROFESSIONAL: 'Doctoral or professional degree',
  MASTERS: "Master's degree",
  BACHELORS: "Bachelor's degree",
  ASSOCIATES: "Associate's degree",
  POSTSECONDARY_AWARD: 'Postsecondary nondegree award',
  SOME_COLLEGE: 'Some college, no degree',
  HIGH_SCHOOL: 'High school diploma or equivalent',
  NO_CREDENTIAL: 'No formal educational credential',
};

const levels = Object.keys(educations) as EducationLevel[];

const isOrder = (name: string): name is Order => Object.hasOwn(orders, name);

export function readAddress({ search }: { search: string }): Address {
  const given = new URLSearchParams(search);
  const order = given.get('order') ?? '';
  return {
    area: areaIn(search),
    industry: given.get('industry') ?? '',
    education: levels.find((level) => educations[level] === given.get('education')) ?? '',
    order: isOrder(order) ? order : 'mean',
    ...partOf(given.get('after') ?? '', given.get('from') ?? ''),
  };
}

export const beginning = { after: '', from: 1 };

// A cursor does not say which place it is of, so both are needed.
const partOf = (after: string, from: string) =>
  after && /^[1-9][0-9]{0,3}$/.test(from) ? { after, from: Number(from) } : beginning;

export function addressOf(address: Partial<Address>): string {
  const { area = 'US', industry = '', education = '', order = 'mean', after = '', from = 1 } = address;
  const query = new URLSearchParams();
  if (area !== 'US') query.set('area', area);
  if (industry) query.set('industry', industry);
  if (education) query.set('education', educations[education]);
  if (order !== 'mean') query.set('order', order);
  if (after) query.set('after', after);
  if (after) query.set('from', String(from));
  return query.size > 0 ? `/best-paid?${query}` : '/best-paid';
}

// Returns the heading of a list, without the place until that has loaded.
export function headingOf({ education, order, after, from }: Address, area: string, industry: string): string {
  const place = [area && ` in ${area}`, industry && ` in ${industry}`].join('');
  const needed = education && ` that typically need ${withArticle(educations[education])}`;
  return `${orders[order].heading}${place}${needed}${after && `, from place ${from}`}`;
}

// "Associate's degree" -> "an associate's degree".
function withArticle(education: string): string {
  const name = education.charAt(0).toLowerCase() + education.slice(1);
  if (/^(some|no) /.test(name)) return name;
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}
