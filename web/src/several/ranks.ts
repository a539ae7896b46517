import type { EducationLevel, Experience, RankedFiguresFragment } from '../../generated/graphql';
import { educations } from '../best-paid/address';

export type Entry = RankedFiguresFragment['entries'][number];

const ordinals = ['1st', '2nd', '3rd', '4th'];

// Projections have no standard errors. The row says so once.
export const isProjected = ({ measure }: RankedFiguresFragment): boolean =>
  measure === 'GROWTH' || measure === 'OPENINGS';

// Says where an entry is in a ranking; null if there is nothing to rank it among.
export function rankText(ranking: RankedFiguresFragment, entry: Entry): string | null {
  const ranked = ranking.entries.filter(({ highestRank }) => highestRank !== null);
  if (ranked.length < 2 || entry.value === null) return null;
  const [highest, lowest] = [entry.highestRank, entry.lowestRank];
  if (highest === null || lowest === null) return 'not ranked: another period';
  const rank = highest === lowest ? place(highest) : `tied ${place(highest)}–${place(lowest)}`;
  return entry.standardErrorPercent === null && !isProjected(ranking) ? `${rank}, not tested` : rank;
}

const place = (rank: number): string => ordinals[rank - 1] ?? String(rank);

// Whether an entry is clearly first, or shares the first place.
export function lead({ highestRank, lowestRank }: Entry): 'first' | 'shared' | null {
  if (highestRank !== 1) return null;
  return lowestRank === 1 ? 'first' : 'shared';
}

// Says for each level whether it is the least or the most of all. Levels whose order
// is not known have no words.
export function extremes(levels: (number | null)[]): (string | null)[] {
  const known = levels.filter((level) => level !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (known.length < levels.length || least === most) return levels.map(() => null);
  return levels.map((level) => (level === least ? 'least' : level === most ? 'most' : null));
}

// From the lowest.
const educationLevels = (Object.keys(educations) as EducationLevel[]).reverse();
const experiences: Experience[] = ['NONE', 'LESS_THAN_5_YEARS', 'FIVE_YEARS_OR_MORE'];

export const orderOfEducation = (level: EducationLevel | null | undefined) => orderIn(educationLevels, level);
export const orderOfExperience = (level: Experience | null | undefined) => orderIn(experiences, level);

function orderIn<Level>(levels: Level[], level: Level | null | undefined): number | null {
  const order = level == null ? -1 : levels.indexOf(level);
  return order < 0 ? null : order;
}
