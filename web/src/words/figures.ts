import type { Unit } from '../../generated/graphql';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', minimumFractionDigits: 2 });
const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const signs = { exceptZero: (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '') };

export const money = (value: number): string => dollars.format(value);
export const hourly = (value: number): string => cents.format(value);
export const count = (value: number): string => numbers.format(value);
export const percent = (value: number): string => `${numbers.format(value)}%`;

// A figure in its unit, as a table cell has it.
export function figure(value: number, unit: Unit): string {
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
    case 'JOBS':
      return count(Math.round(value));
  }
}

// A difference in its unit, with its sign. Two percentages are points apart.
export function signed(value: number, unit: Unit): string {
  const size = Math.abs(value);
  const written = unit === 'PERCENTAGE_POINTS' ? plural(size, 'point') : figure(size, unit);
  return signs.exceptZero(value) + written;
}

export const signedPercent = (value: number): string => signs.exceptZero(value) + percent(Math.abs(value));

// 6-12 months as people say it: in years where both ends are whole years.
export function span(minimumMonths: number, maximumMonths: number | null): string {
  const inYears = minimumMonths % 12 === 0 && (maximumMonths ?? 0) % 12 === 0 && minimumMonths > 0;
  const [low, high, unit] = inYears
    ? [minimumMonths / 12, maximumMonths === null ? null : maximumMonths / 12, 'year']
    : [minimumMonths, maximumMonths, 'month'];
  if (high === null) return `${plural(low, unit)} or more`;
  return low === high ? plural(low, unit) : `${count(low)}–${plural(high, unit)}`;
}

export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}
