// Returns an area's name as it stands in a sentence.
export const areaInSentence = (area: string): string =>
  withArticle.has(area) || area.includes('nonmetropolitan area') ? `the ${area}` : area;

const withArticle = new Set(['United States', 'District of Columbia', 'Virgin Islands']);

// Returns a provisional title from the address, shown until the role has loaded.
export function titleFromSlug(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// "Legal Occupations" -> "Legal".
export const shortGroupName = (title: string): string => title.replace(/ Occupations$/, '');

// "Sector 22 - Utilities" -> "Utilities".
export const shortSectorName = (title: string): string => title.replace(/^Sectors? [\d, and]+ - /, '');

// Whether two texts are the same but for letter case.
export const isSameText = (one: string, other: string): boolean =>
  one.localeCompare(other, 'en-US', { sensitivity: 'accent' }) === 0;
