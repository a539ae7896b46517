// An area's name as it stands in a sentence.
export const inWords = (area: string): string => (area === 'United States' ? 'the United States' : area);

// Until a role's title is there, the address's own words stand for it.
export function fromSlug(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
