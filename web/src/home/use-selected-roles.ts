import { useEffect, useState } from 'preact/hooks';
import { RoleBySlugDocument, type RoleFragment } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';

// The last two are optional.
export const sides = ['left', 'right', 'third', 'fourth'] as const;

export type Side = (typeof sides)[number];
export type SelectedRoles = Record<'left' | 'right', RoleFragment | null> & Partial<Record<Side, RoleFragment | null>>;
export type SelectRole = (side: Side, role: RoleFragment | null) => void;

// The roles selected so far. The address has them too, as /?left=<slug>: other
// pages can link to a filled side, and going back keeps the selection.
export function useSelectedRoles(): [SelectedRoles, SelectRole] {
  const [selected, setSelected] = useState<SelectedRoles>({ left: null, right: null });
  useEffect(() => {
    const slugs = readSlugs(window.location.search);
    for (const side of sides) {
      const slug = slugs[side];
      // A selection made while the role loads takes precedence.
      if (slug) void roleBySlug(slug).then((role) => setSelected((last) => ({ ...last, [side]: last[side] ?? role })));
    }
  }, []);
  const select: SelectRole = (side, role) => {
    const next = { ...selected, [side]: role };
    setSelected(next);
    window.history.replaceState(null, '', addressOf(next));
  };
  return [selected, select];
}

// An unknown role, or one that cannot be fetched, leaves its side empty.
async function roleBySlug(slug: string): Promise<RoleFragment | null> {
  const result = await fetchDocument(RoleBySlugDocument, { slug }).catch(() => null);
  return result?.data.occupation ?? null;
}

export function readSlugs(search: string): Partial<Record<Side, string>> {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries(sides.flatMap((side) => (parameters.has(side) ? [[side, parameters.get(side)]] : [])));
}

export function addressOf(selected: SelectedRoles): string {
  const parameters = new URLSearchParams();
  for (const side of sides) {
    const role = selected[side];
    if (role) parameters.set(side, role.slug);
  }
  return parameters.size > 0 ? `/?${parameters}` : '/';
}
