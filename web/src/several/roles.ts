import type { SeveralQuery, SeveralRoleFragment } from '../../generated/graphql';

export type Role = SeveralRoleFragment;

// Returns the roles in the order of their slugs in the address; null for unknown ones.
export function rolesOf(data: SeveralQuery, slugs: string[]): Role[] | null {
  const found = new Map(data.wages?.entries.map(({ occupation }) => [occupation.slug, occupation]));
  const roles = slugs.flatMap((slug) => found.get(slug) ?? []);
  return roles.length === slugs.length ? roles : null;
}
