import type { Unit } from '../../generated/graphql';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', minimumFractionDigits: 2 });
const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

export const money = (value: number): string => dollars.format(value);
export const hourly = (value: number): string => cents.format(value);
export const count = (value: number): string => numbers.format(value);
export const percent = (value: number): string => `${numbers.format(value)}%`;

// Formats a figure in its unit for a table cell.
export function formatFigure(value: number, unit: Unit): string {
  switch (unit) {
    case 'DOLLARS_PER_YEAR':
      return money(value);
    case 'DOLLARS_PER_HOUR':
      return hourly(value);
    case 'PERCENTAGE_POINTS':
      return percent(value);
    case 'YEARS':
      return plural(value, 'year');
    case 'MONTHS':
      return plural(value, 'month');
    case 'WAGE_AND_SALARY_JOBS':
    case 'OPEN_POSTINGS':
    case 'OPENINGS_PER_YEAR':
      return count(Math.round(value));
  }
}

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

// Formats a figure for the tick of an axis: "$50K".
export const formatShort = (value: number, unit: Unit): string =>
  `${unit === 'DOLLARS_PER_YEAR' || unit === 'DOLLARS_PER_HOUR' ? '$' : ''}${short.format(value)}`;

// Formats a difference with its sign. Percentages differ by percentage points.
export function formatDifference(value: number, unit: Unit): string {
  const size = Math.abs(value);
  const formatted = unit === 'PERCENTAGE_POINTS' ? plural(size, 'point') : formatFigure(size, unit);
  return signedText(value, formatted);
}

// Formats the size of a difference of percentages or ratings.
export const points = (size: number): string => plural(size, 'point');

export const signedPercent = (value: number): string => signedText(value, percent(Math.abs(value)));

// Formats a range of months, in years if both ends are whole years.
export function formatMonths(minimumMonths: number, maximumMonths: number | null): string {
  const inYears = minimumMonths % 12 === 0 && (maximumMonths ?? 0) % 12 === 0 && minimumMonths > 0;
  const [low, high, unit] = inYears
    ? [minimumMonths / 12, maximumMonths === null ? null : maximumMonths / 12, 'year']
    : [minimumMonths, maximumMonths, 'month'];
  if (high === null) return `${plural(low, unit)} or more`;
  return low === high ? plural(low, unit) : `${count(low)}–${plural(high, unit)}`;
}

export function plural(value: number, noun: string, nouns = `${noun}s`): string {
  const number = count(value);
  return `${number} ${number === '1' ? noun : nouns}`;
}

// What rounds to zero has no sign.
function signedText(value: number, size: string): string {
  if (!/[1-9]/.test(size)) return size;
  return (value < 0 ? '−' : '+') + size;
}
