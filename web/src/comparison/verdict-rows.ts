import type { CompareOverviewQuery, DifferencePartsFragment, HigherSide, Unit } from '../../generated/graphql';
import { missingReason, notPublished } from '../format/missing';
import { formatFigure, formatMonths, percent } from '../format/numbers';
import { notCompared } from '../format/verdict';

type Comparison = NonNullable<CompareOverviewQuery['comparison']>;
type Percentiles = NonNullable<Comparison['salary']>['percentiles'];
type Percentile = Percentiles[number]['difference'];
export type Side = (typeof sides)[number];

// Who is ahead by a measure, and how certain that is. Without a side, the words
// stand alone.
export interface Lead {
  side: Side | null;
  words: string;
  certainty: Certainty | null;
  // The figures that were compared, where the row shows others.
  basis?: string;
}

export type Certainty = 'clear' | 'not clear' | 'not tested' | 'projected';

const meaningOf: Record<Certainty, string> = {
  clear: 'Clear: statistically significant at the 90% level.',
  'not clear': 'Not clear: the difference may be due to chance.',
  'not tested': 'Not tested: published without standard errors.',
  projected: 'Projected: by the Bureau of Labor Statistics; projections cannot be tested.',
};

// What the words for certainty in these rows mean.
export function meanings(rows: VerdictRow[]): string {
  const said = new Set(rows.flatMap(({ leads }) => leads.map(({ certainty }) => certainty)));
  return Object.entries(meaningOf)
    .flatMap(([certainty, meaning]) => (said.has(certainty as Certainty) ? [meaning] : []))
    .join(' ');
}

// One side's figure: as it is shown in large numerals, or the reason why it is
// missing. A detail is smaller.
export interface Shown {
  figure: string | null;
  missing: string;
  detail?: string;
  // What the drawing shows, for those who cannot see it.
  spoken?: string;
}

// A bar from the 10th to the 90th percentile with a mark for the median, or a bar
// from zero. A top-coded end is a lower bound.
export type Bar = { from: number; to: number; mark?: number | null; open?: boolean };

export interface VerdictRow {
  id: string;
  name: string;
  note: string;
  left: Shown;
  right: Shown;
  leads: Lead[];
  drawing: { unit: Unit; left: Bar | null; right: Bar | null } | null;
}

// The first screen: pay, growth, openings, the way in, and jobs.
export function verdictRows(comparison: Comparison): VerdictRow[] {
  const inArea = comparison.area.code === 'US' ? '' : ', nationwide';
  const { growth, openings, jobs, left, right } = comparison;
  const period = periodOf(comparison);
  const counts = left.jobs ?? right.jobs;
  const counted = counts?.basis === 'OPEN_POSTINGS' ? 'open postings' : 'wage-and-salary jobs';
  return [
    payRow(comparison),
    {
      id: 'growth',
      name: 'Growth',
      note: `${period}${inArea}`,
      ...sidesOf(growth, (value) => signed(value)),
      leads: projectedLeads(growth, growthWords(growth), pointsOfRounding),
      drawing: barsOf(growth),
    },
    {
      id: 'openings',
      name: 'Openings a year',
      note: `projected, with replacements${inArea}`,
      ...sidesOf(openings, (value) => (value === 0 ? 'under 50' : formatFigure(value, 'OPENINGS_PER_YEAR'))),
      leads: projectedLeads(openings, 'more', openingsOfRounding),
      drawing: barsOf(openings),
    },
    entryRow(comparison),
    {
      id: 'jobs',
      name: 'Jobs',
      note: `${counted}${inArea}`,
      ...(jobs
        ? sidesOf(jobs, (value) => formatFigure(value, jobs.unit))
        : { left: countOf(left), right: countOf(right) }),
      leads: jobs ? [leadOf(jobs, 'more', 'published count is higher')] : apartBy(left.jobs, right.jobs),
      drawing: barsOf(jobs),
    },
  ];
}

export const sides = ['left', 'right'] as const;

const alone = (words: string): Lead => ({ side: null, words, certainty: null });

const pointsOfRounding = 0.1;
const openingsOfRounding = 100;

// The median leads, with the range around it; where no median is published, the
// mean. Only means can be tested.
function payRow({ area, salary }: Comparison): VerdictRow {
  const where = area.code === 'US' ? '' : `, ${area.name}`;
  const base = { id: 'pay', name: 'Pay' };
  if (!salary) {
    const leads = [alone('no published wages')];
    return { ...base, note: area.name, left: unpublished, right: unpublished, leads, drawing: null };
  }
  const { annualMean, hourlyMean, percentiles } = salary;
  const median = percentiles.find(({ percentile }) => percentile === 50)?.difference;
  const hourly = median?.unit === 'DOLLARS_PER_HOUR';
  const mean = hourly ? hourlyMean : annualMean;
  const period = hourly ? 'an hour' : 'a year';
  const leads = [payLead(mean, median)];
  if (!median || !sides.some((side) => isKnown(median, side))) {
    const [left, right] = sides.map((side) => wageOf(mean, hourlyMean, side)) as [Shown, Shown];
    return { ...base, note: `mean ${period}${where}`, left, right, leads, drawing: barsOf(mean) };
  }
  const bars = { left: rangeOf(percentiles, 'left'), right: rangeOf(percentiles, 'right') };
  return {
    ...base,
    note: `median ${period}${where}`,
    left: payOf(median, hourlyMean, bars.left, 'left'),
    right: payOf(median, hourlyMean, bars.right, 'right'),
    leads,
    drawing: bars.left || bars.right ? { unit: median.unit, ...bars } : null,
  };
}

// A wage. An occupation with hourly wages only, next to one without any, shows its hourly mean.
function wageOf(wage: Percentile | DifferencePartsFragment, hourlyMean: DifferencePartsFragment, side: Side): Shown {
  const shown = shownOf(wage, side, (value) => formatFigure(value, wage.unit));
  if (shown.figure === null && wage.unit === 'DOLLARS_PER_YEAR' && hourlyMean[side] !== null) {
    return { figure: formatFigure(hourlyMean[side], 'DOLLARS_PER_HOUR'), missing: '', detail: 'an hour, mean' };
  }
  return shown;
}

function payOf(median: Percentile, hourlyMean: DifferencePartsFragment, bar: Bar | null, side: Side): Shown {
  const shown = wageOf(median, hourlyMean, side);
  if (!bar) return shown;
  const ends = [bar.from, bar.to].map((wage) => formatFigure(wage, median.unit));
  return { ...shown, spoken: `8 in 10 earn ${ends[0]} to ${bar.open ? `over ${ends[1]}` : ends[1]}` };
}

const isKnown = (of: Percentile, side: Side): boolean => of[side] !== null || boundOf(of, side) !== null;

const boundOf = ({ missing }: Pick<Percentile, 'missing'>, side: Side): number | null =>
  missing.find((one) => one.figure.startsWith(`${side} `))?.atLeast ?? null;

function rangeOf(percentiles: Percentiles, side: Side): Bar | null {
  const wages = new Map(percentiles.map(({ percentile, difference }) => [percentile, difference]));
  const [low, median, high] = [wages.get(10), wages.get(50), wages.get(90)];
  const from = low?.[side] ?? null;
  const to = high?.[side] ?? (high ? boundOf(high, side) : null);
  if (from === null || to === null) return null;
  return { from, to, mark: median?.[side] ?? null, open: high?.[side] === null };
}

const untestedPay = 'published pay is higher';

// The mean decides, because it is what can be tested: the means are named where the
// row shows medians. Where the medians are ordered the other way, both orders are said.
function payLead(mean: DifferencePartsFragment, median: Percentile | undefined): Lead {
  const lead = { ...leadOf(mean, 'higher pay', untestedPay), ...basisOf(mean, median) };
  if (lead.side === null) {
    const side = sideOf(median?.higher ?? null);
    if (mean.verdict === 'NOT_SIGNIFICANT' || side === null) return lead;
    return { side, words: untestedPay, certainty: 'not tested' };
  }
  const contradicted = median && isOpposite(mean.higher, median.higher);
  return contradicted ? { ...lead, words: 'higher mean, but a lower median' } : lead;
}

function basisOf(mean: DifferencePartsFragment, median: Percentile | undefined): Pick<Lead, 'basis'> {
  if (mean.left === null || mean.right === null || !median || !sides.some((side) => isKnown(median, side))) return {};
  return { basis: `by the mean: ${formatFigure(mean.left, mean.unit)} and ${formatFigure(mean.right, mean.unit)}` };
}

const isOpposite = (one: HigherSide | null, other: HigherSide | null): boolean =>
  (one === 'LEFT' && other === 'RIGHT') || (one === 'RIGHT' && other === 'LEFT');

// What is higher but not tested is only said of the published figures.
function leadOf(of: DifferencePartsFragment, words: string, untested: string): Lead {
  const side = sideOf(of.higher);
  const apart = notCompared(of);
  if (apart) return alone(apart);
  if (of.higher === 'EQUAL') return alone('the same');
  if (side === null) return alone('not comparable');
  switch (of.verdict) {
    case 'SIGNIFICANT':
      return { side, words, certainty: 'clear' };
    case 'NOT_SIGNIFICANT':
      return { side: null, words: 'no clear difference', certainty: 'not clear' };
    case 'NOT_TESTABLE':
      return { side, words: untested, certainty: 'not tested' };
  }
}

// Projections are not tested. What is within their rounding is about the same.
function projectedLeads(of: DifferencePartsFragment | null, words: string, rounding: number): Lead[] {
  if (!of) return [];
  const lead = leadOf(of, words, words);
  if (of.absolute === null || lead.certainty === null) return [lead];
  // Differences of decimals are not exact.
  const close = Math.abs(of.absolute) <= rounding + 1e-9;
  return [{ ...(close ? alone('about the same') : lead), certainty: 'projected' }];
}

function growthWords(of: DifferencePartsFragment | null): string {
  return Math.max(of?.left ?? 0, of?.right ?? 0) < 0 ? 'slower decline' : 'faster';
}

const sideOf = (higher: HigherSide | null): Side | null =>
  higher === 'LEFT' ? 'left' : higher === 'RIGHT' ? 'right' : null;

function sidesOf(of: DifferencePartsFragment | null, write: (value: number) => string): { left: Shown; right: Shown } {
  return { left: shownOf(of, 'left', write), right: shownOf(of, 'right', write) };
}

function shownOf(
  of: Pick<DifferencePartsFragment, Side | 'missing' | 'unit'> | null,
  side: Side,
  write: (value: number) => string,
): Shown {
  const value = of?.[side] ?? null;
  if (!of || value !== null) return { figure: value === null ? null : write(value), missing: notPublished };
  const missing = of.missing.find((one) => one.figure.startsWith(`${side} `));
  const bound = missing?.atLeast ?? null;
  if (bound !== null) return { figure: `${write(bound)}+`, missing: '', detail: 'at least, top-coded' };
  return { figure: null, missing: missingReason(missing, of.unit) };
}

function barsOf(of: DifferencePartsFragment | null): VerdictRow['drawing'] {
  if (!of || (of.left === null && of.right === null) || of.leftMeasure !== of.rightMeasure) return null;
  const bar = (value: number | null) => (value === null ? null : { from: Math.min(value, 0), to: Math.max(value, 0) });
  return { unit: of.unit, left: bar(of.left), right: bar(of.right) };
}

function signed(value: number): string {
  const size = percent(Math.abs(value));
  return value > 0 ? `+${size}` : value < 0 ? `−${size}` : size;
}

function periodOf({ left, right }: Comparison): string {
  const periods = [left.outlook, right.outlook].flatMap((row) => (row ? [`${row.fromYear}–${row.toYear}`] : []));
  if (periods.length === 0 || periods[0]?.includes('null')) return 'projected';
  return new Set(periods).size > 1 ? 'periods differ' : `projected, ${periods[0]}`;
}

function countOf({ jobs }: Comparison['left']): Shown {
  const detail = jobs?.basis === 'OPEN_POSTINGS' ? 'open postings' : 'wage-and-salary jobs';
  return jobs ? { figure: formatFigure(jobs.count, 'OPEN_POSTINGS'), missing: '', detail } : unpublished;
}

const unpublished: Shown = { figure: null, missing: notPublished };

// Numbers of jobs that count different things are not compared.
const apartBy = (left: unknown, right: unknown): Lead[] =>
  left && right ? [alone('not comparable: counted differently')] : [];

// What the two typically need for entry. The job titles of the published page have
// a time to become one instead.
function entryRow({ entry, left, right, timeToBecome }: Comparison): VerdictRow {
  const requirements = [entry.education, entry.experience, entry.training];
  const base = { id: 'entry', name: 'To get in', drawing: null };
  if (requirements.every((one) => one.left === null && one.right === null)) {
    const leads = timeToBecome ? [leadOf(timeToBecome, 'takes longer', 'takes longer as published')] : [];
    return { ...base, note: 'time to become one', left: monthsOf(left), right: monthsOf(right), leads };
  }
  const shown = (side: Side): Shown => {
    const [education, experience, training] = requirements.map((one) => one[side]);
    if (!education) return unpublished;
    return { figure: education, missing: '', detail: `${experienceIn(experience)}; ${trainingIn(training)}` };
  };
  return {
    ...base,
    note: 'typical requirements',
    left: shown('left'),
    right: shown('right'),
    leads: entryLeads(entry),
  };
}

function monthsOf({ timeToBecome: time }: Comparison['left']): Shown {
  return time ? { figure: formatMonths(time.minimumMonths, time.maximumMonths), missing: '' } : unpublished;
}

const experienceIn = (label: string | null | undefined): string =>
  !label ? 'experience not published' : label === 'None' ? 'no experience' : `${label.toLowerCase()} of experience`;

const trainingIn = (label: string | null | undefined): string =>
  !label ? 'training not published' : label === 'None' ? 'no training on the job' : label.toLowerCase();

function entryLeads({ education, experience, training }: Comparison['entry']): Lead[] {
  const needs: [HigherSide | null, string][] = [
    [education.needsMore, 'more education'],
    [experience.needsMore, 'more experience'],
    [training.needsMore, 'longer training'],
  ];
  const leads = sides.flatMap((side) => {
    const more = needs.filter(([higher]) => sideOf(higher) === side).map(([, words]) => words);
    return more.length > 0 ? [{ side, words: `needs ${listed(more)}`, certainty: null }] : [];
  });
  if (leads.length > 0) return leads;
  const ordered = needs.filter(([higher]) => higher !== null).length;
  if (ordered === needs.length) return [alone('the same for both')];
  return [alone(ordered > 0 ? 'the same, except that training cannot be ordered' : 'not comparable')];
}

const listed = (words: string[]): string => [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' and ');
