import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { MissingPartsFragment, Unit, WageSpreadFragment } from '../../generated/graphql';
import { missingReason } from '../format/missing';
import { formatFigure } from '../format/numbers';
import { sides } from './sides';
import { useWidth } from './use-width';

type Period = 'annual' | 'hourly';

// A role and what is published of its wages.
export interface PaidRole {
  slug: string;
  title: string;
  salary: {
    annual: WageSpreadFragment | null;
    hourly: WageSpreadFragment | null;
    missing: MissingPartsFragment[];
  } | null;
}

const units: Record<Period, Unit> = { annual: 'DOLLARS_PER_YEAR', hourly: 'DOLLARS_PER_HOUR' };

// The wages of one role or of several on one axis.
export function PayRanges({ roles }: { roles: PaidRole[] }) {
  const [frame, width] = useWidth<HTMLDivElement>(720);
  const period = periodOf(roles);
  const ranges = roles.map((role) => rangeOf(role, period));
  const wages = ranges.flatMap((range) => Object.values(range.ends).map((end) => end?.wage ?? 0));
  // A closed section has no width.
  const edge = 10;
  // Few on a phone, so that their labels have room.
  const ticks = width < 480 ? 2 : 5;
  const x = scaleLinear([0, Math.max(...wages, 1)], [edge, Math.max(width, 2 * edge) - edge]).nice(ticks);
  return (
    <figure class="chart pay-ranges">
      <figcaption>
        Wages by the {period === 'annual' ? 'year' : 'hour'}: the bar is the middle 80% of workers, its dark part the
        middle half, the line the median.
      </figcaption>
      <div ref={frame}>
        {roles.map((role, place) => (
          <div key={role.slug} class={`pay-range ${sides[place]}`}>
            {/* The table next to the wages of one role has them in figures. */}
            {roles.length > 1 && (
              <p>
                <b class="role">{role.title}</b> <span>{ranges[place]?.text}</span>
              </p>
            )}
            <svg viewBox={`0 0 ${width} 30`} aria-hidden="true">
              {x.ticks(ticks).map((wage) => (
                <line key={wage} class="grid" x1={x(wage)} x2={x(wage)} y1={0} y2={30} />
              ))}
              <Bar x={x} ends={ranges[place]?.ends ?? {}} />
            </svg>
          </div>
        ))}
        <svg viewBox={`0 0 ${width} 30`} aria-hidden="true">
          {x.ticks(ticks).map((wage, place, { length }) => (
            <text key={wage} class="tick" x={x(wage)} y={14} text-anchor={anchorOf(place, length)}>
              {formatFigure(wage, 'DOLLARS_PER_YEAR')}
            </text>
          ))}
        </svg>
      </div>
    </figure>
  );
}

// The first and the last label stay inside the chart.
const anchorOf = (place: number, length: number) => (place === 0 ? 'start' : place === length - 1 ? 'end' : 'middle');

const statistics = ['mean', 'p10', 'p25', 'median', 'p75', 'p90'] as const;

type Statistic = (typeof statistics)[number];

// A wage, or the bound above which it lies.
type Ends = Partial<Record<Statistic, { wage: number; isBound: boolean }>>;

function Bar({ x, ends }: { x: ScaleLinear<number, number>; ends: Ends }) {
  const { p10, p25, median, p75, p90, mean } = ends;
  const last = p90 ?? p75 ?? median;
  return (
    <>
      {p10 && last && (
        <rect class="spread" x={x(p10.wage)} width={x(last.wage) - x(p10.wage)} y={7} height={16} rx={3} />
      )}
      {p25 && p75 && <rect class="middle" x={x(p25.wage)} width={x(p75.wage) - x(p25.wage)} y={7} height={16} />}
      {last?.isBound && <path class="bound" d={`M${x(last.wage) + 1} 15h8m-5-5l5 5l-5 5`} />}
      {median && <path class="median" d={`M${x(median.wage)} 2v26`} />}
      {!median && mean && <path class="mean" d={`M${x(mean.wage)} 6l8 9l-8 9l-8-9z`} />}
    </>
  );
}

// Returns the pay period in which most can be compared: hourly wages where all roles
// have them and one has no annual wages.
export function periodOf(roles: PaidRole[]): Period {
  const published = (period: Period) => roles.every((role) => isPublished(role, period));
  return published('hourly') && !published('annual') ? 'hourly' : 'annual';
}

const isPublished = ({ salary }: PaidRole, period: Period): boolean =>
  statistics.some((name) => salary?.[period]?.[name] != null || bound(salary?.missing, `${period}.${name}`) !== null);

const bound = (missing: MissingPartsFragment[] | undefined, figure: string): number | null =>
  missing?.find((one) => one.figure === figure)?.atLeast ?? null;

// Returns what the chart shows of a role, and says it in words.
export function rangeOf(role: PaidRole, period: Period): { ends: Ends; text: string } {
  const wages = role.salary?.[period];
  const ends: Ends = {};
  for (const name of statistics) {
    const least = bound(role.salary?.missing, `${period}.${name}`);
    const wage = wages?.[name] ?? least;
    if (wage !== null) ends[name] = { wage, isBound: wages?.[name] == null };
  }
  return { ends, text: rangeText(role, wages, ends, period) };
}

function rangeText(role: PaidRole, wages: WageSpreadFragment | null | undefined, ends: Ends, period: Period): string {
  const written = (name: Statistic) => {
    const end = ends[name];
    return end && `${end.isBound ? 'at least ' : ''}${formatFigure(end.wage, units[period])}`;
  };
  if (ends.median && ends.p10 && ends.p90) {
    return `median ${written('median')}; the middle 80% earn ${written('p10')} to ${written('p90')}`;
  }
  if (ends.median) return `median ${written('median')}`;
  if (ends.mean) return `mean ${written('mean')}; the spread is not published`;
  const missing = role.salary?.missing.find(({ figure }) => figure === `${period}.median`);
  return wages || missing ? missingReason(missing, units[period]) : 'not published';
}
