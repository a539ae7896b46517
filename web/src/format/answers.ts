// What each section says, in one line. "More" is only said of what is tested and
// significant; of other figures, what is published.
import type {
  CompareHistoryQuery,
  ComparePayQuery,
  ComparePeopleQuery,
  ComparePlacesQuery,
  CompareWorkQuery,
  DifferencePartsFragment,
  InterestPartsFragment,
  OccupationHistoryQuery,
  OccupationPayQuery,
  OccupationPeopleQuery,
  OccupationPlacesQuery,
  OccupationWorkQuery,
  WageChangePartsFragment,
} from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { interestTypes } from './labels';
import { missingReason } from './missing';
import { count, formatFigure, money, percent, plural, signedPercent } from './numbers';
import type { Titles } from './verdict';

type Compared<Query extends { comparison: unknown }> = NonNullable<Query['comparison']>;
type Described<Query extends { occupation: unknown }> = NonNullable<Query['occupation']>;

const list = new Intl.ListFormat('en-US');

// Comparisons

type Salary = NonNullable<Compared<ComparePayQuery>['salary']>;

export function salaryAnswer(salary: Pick<Salary, 'annualMean' | 'hourlyMean'>, titles: Titles): string | null {
  const { annualMean: annual, hourlyMean: hourly } = salary;
  if (annual?.absolute != null) return payAnswer(annual, 'a year', titles);
  if (hourly?.absolute != null) return payAnswer(hourly, 'an hour', titles);
  return annual && missingAnswer(annual, titles);
}

function payAnswer(of: DifferencePartsFragment, per: string, titles: Titles): string | null {
  if (of.absolute === null) return null;
  if (of.absolute === 0) return 'The published means are the same';
  const apart = formatFigure(Math.abs(of.absolute), of.unit);
  const higher = of.absolute > 0 ? titles.left : titles.right;
  switch (of.verdict) {
    case 'SIGNIFICANT':
      return `${higher} earn ${apart} more ${per}, by the mean`;
    case 'NOT_SIGNIFICANT':
      return `The means differ by ${apart} ${per}, which may be due to chance`;
    case 'NOT_TESTABLE':
      return `The published mean is ${apart} ${per} higher for ${higher}`;
  }
}

// Why one of two figures is missing: "Actors: published hourly only".
function missingAnswer(of: DifferencePartsFragment, titles: Titles): string | null {
  const sides = (['left', 'right'] as const).filter((side) => of[side] === null);
  if (sides.length === 0) return null;
  const reasonOf = (side: 'left' | 'right') =>
    missingReason(
      of.missing.find(({ figure }) => figure.startsWith(`${side} `)),
      of.unit,
    );
  return `Mean: ${sides.map((side) => `${reasonOf(side)} for ${titles[side]}`).join('; ')}`;
}

type Changed = { wageChange: WageChangePartsFragment | null };

export function historyAnswer(
  { left, right }: { left: Changed; right: Changed } | Compared<CompareHistoryQuery>,
  titles: Titles,
): string | null {
  const [one, other] = [left.wageChange, right.wageChange];
  const [first, second] = [one?.realMedian?.percent ?? null, other?.realMedian?.percent ?? null];
  if (!one || !other || first === null || second === null) return null;
  return `Median after inflation since ${one.fromYear}: ${signedPercent(first)} for ${titles.left}, ${signedPercent(second)} for ${titles.right}`;
}

type Places = Pick<
  Compared<ComparePlacesQuery>['states'],
  'compared' | 'leftHigher' | 'rightHigher' | 'equal' | 'reversal'
>;

export function placesAnswer({ compared, leftHigher, rightHigher, reversal }: Places, titles: Titles): string | null {
  if (compared === 0) return null;
  const of = `of ${count(compared)} states and territories`;
  if (leftHigher === rightHigher) return `Median higher for each role in ${count(leftHigher)} ${of}`;
  const [title, most] = leftHigher > rightHigher ? [titles.left, leftHigher] : [titles.right, rightHigher];
  return `Median higher for ${title} in ${count(most)} ${of}${reversal ? ', against the national result' : ''}`;
}

type Educated = { education: { typicalEntry: string | null; mostCommonDegree: string | null } | null };

export function educationAnswer({ left, right }: { left: Educated; right: Educated }, titles: Titles): string | null {
  for (const [name, key] of [
    ['Typical entry', 'typicalEntry'],
    ['Most common degree', 'mostCommonDegree'],
  ] as const) {
    const [one, other] = [left.education?.[key], right.education?.[key]];
    if (one && other) {
      return one === other
        ? `${name} for both: ${inSentence(one)}`
        : `${name}: ${inSentence(one)} for ${titles.left}, ${inSentence(other)} for ${titles.right}`;
    }
  }
  return null;
}

// "Bachelor's Degree" -> "bachelor's degree".
const inSentence = (label: string): string => label.toLowerCase();

type Demographics = NonNullable<Compared<ComparePeopleQuery>['demographics']>;

export function demographicsAnswer({ age }: Pick<Demographics, 'age'>, titles: Titles): string | null {
  if (age?.left == null || age.right === null || age.leftMeasure !== age.rightMeasure) return null;
  const name = age.leftMeasure === 'medianAge' ? 'Median' : 'Average';
  return `${name} age: ${count(age.left)} for ${titles.left}, ${count(age.right)} for ${titles.right}`;
}

type Work = Compared<CompareWorkQuery>;
type Activities = Record<'shared' | 'onlyLeft' | 'onlyRight', readonly unknown[]>;

export function responsibilitiesAnswer({ shared, onlyLeft, onlyRight }: Activities): string | null {
  if (shared.length > 0) return `${plural(shared.length, 'work activity', 'work activities')} in common`;
  return onlyLeft.length > 0 && onlyRight.length > 0 ? 'No work activity in common' : null;
}

type Skills = Pick<NonNullable<Work['skills']>, 'jaccard' | 'truncated'> & {
  shared: { skill: { kind: string } }[];
  onlyLeft: readonly unknown[];
  onlyRight: readonly unknown[];
};

export function skillsAnswer({ shared, onlyLeft, onlyRight, jaccard, truncated }: Skills): string | null {
  if (jaccard === null) return null;
  const either = count(shared.length + onlyLeft.length + onlyRight.length);
  return truncated || shared.some(({ skill }) => skill.kind === 'LISTED')
    ? `${percent(100 * jaccard)} of the skills in the two published lists are in both`
    : `${count(shared.length)} of the ${either} that are important for either role are important for both`;
}

type Scores = Pick<InterestPartsFragment, 'name' | 'highPoint'>[];

export function interestsAnswer({ left, right }: { left: Scores; right: Scores }, titles: Titles): string | null {
  const [one, other] = [foremost(left), foremost(right)];
  if (!one || !other) return null;
  return one === other
    ? `Most characteristic of both: ${one}`
    : `${one} for ${titles.left}, ${other} for ${titles.right}`;
}

// O*NET's first high point.
function foremost(scores: Scores): string | null {
  const first = scores.find(({ highPoint }) => highPoint === 1);
  return first ? interestTypes[first.name].name : null;
}

// Occupations

type Paid = NonNullable<Described<OccupationPayQuery>['salary']>;

export function payOfOne({ annual, hourly }: Pick<Paid, 'annual' | 'hourly'>): string | null {
  for (const [wages, unit, per] of [
    [annual, 'DOLLARS_PER_YEAR', 'a year'],
    [hourly, 'DOLLARS_PER_HOUR', 'an hour'],
  ] as const) {
    if (wages?.median == null) continue;
    const middle =
      wages.p25 !== null && wages.p75 !== null
        ? `; the middle half earns ${formatFigure(wages.p25, unit)} to ${formatFigure(wages.p75, unit)}`
        : '';
    return `Median ${formatFigure(wages.median, unit)} ${per}${middle}`;
  }
  return annual?.mean != null ? `Mean ${money(annual.mean)} a year` : null;
}

export function historyOfOne({ wageChange }: Pick<Described<OccupationHistoryQuery>, 'wageChange'>): string | null {
  const change = wageChange?.realMedian?.percent ?? null;
  if (!wageChange || change === null) return null;
  return `Median ${signedPercent(change)} after inflation since ${wageChange.fromYear}`;
}

export function placesOfOne({ highestPaying }: Pick<Described<OccupationPlacesQuery>, 'highestPaying'>): string | null {
  const state = highestPaying?.state;
  if (!state || state.topCoded > 0) return null;
  if (state.salary === null) return `Highest-paying state: ${state.name}`;
  return `Highest-paying state: ${state.name}, ${money(state.salary)}`;
}

type People = Described<OccupationPeopleQuery>;

export function educationOfOne(education: Pick<NonNullable<People['education']>, 'typicalEntry' | 'mostCommonDegree'>) {
  if (education.typicalEntry) return `Typical entry: ${inSentence(education.typicalEntry)}`;
  return education.mostCommonDegree ? `Most common degree: ${inSentence(education.mostCommonDegree)}` : null;
}

export function demographicsOfOne({ demographics }: Pick<People, 'demographics'>): string | null {
  if (demographics?.medianAge != null) return `Median age: ${count(demographics.medianAge)}`;
  return demographics?.averageAge != null ? `Average age: ${count(demographics.averageAge)}` : null;
}

type Taken = { skill: { name: string }; importance: number | null; percent: number | null };

// The most important skills; several where they tie.
export function skillsOfOne(of: Pick<Described<OccupationWorkQuery>, 'listed' | 'rated'>): string | null {
  const [name, measure] =
    nodesOf(of.listed).length > 0 ? (['Most common', 'percent'] as const) : (['Most important', 'importance'] as const);
  const skills: Taken[] = nodesOf(measure === 'percent' ? of.listed : of.rated);
  const most = Math.max(...skills.map((one) => one[measure] ?? 0));
  const first = skills.filter((one) => one[measure] === most);
  if (first.length === 0) return null;
  if (first.length > 3) return `${count(first.length)} skills tie as ${name.toLowerCase()}`;
  return `${name}: ${list.format(first.map(({ skill }) => skill.name))}`;
}

export function interestsOfOne(scores: Scores): string | null {
  const first = foremost(scores);
  return first && `Most characteristic: ${first}`;
}
