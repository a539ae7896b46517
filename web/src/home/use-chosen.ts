import { useEffect, useState } from 'preact/hooks';
import { RoleBySlugDocument, type RoleFragment } from '../../generated/graphql';
import { ask } from '../api/ask';

export type Side = 'left' | 'right';
export type Chosen = Record<Side, RoleFragment | null>;
export type Choose = (side: Side, role: RoleFragment | null) => void;

// The roles chosen so far. They stand in the address as well, /?left=<slug>, so
// that other pages can fill a side, and that nothing is lost on the way back.
export function useChosen(): [Chosen, Choose] {
  const [chosen, setChosen] = useState<Chosen>({ left: null, right: null });
  useEffect(() => {
    const address = new URLSearchParams(window.location.search);
    for (const side of ['left', 'right'] as const) {
      const slug = address.get(side);
      if (slug) void roleBySlug(slug).then((role) => setChosen((last) => ({ ...last, [side]: last[side] ?? role })));
    }
  }, []);
  const choose: Choose = (side, role) => {
    const next = { ...chosen, [side]: role };
    setChosen(next);
    window.history.replaceState(null, '', addressOf(next));
  };
  return [chosen, choose];
}

// A role that is not there, or can’t be asked for, leaves its side to be filled.
async function roleBySlug(slug: string): Promise<RoleFragment | null> {
  const answer = await ask(RoleBySlugDocument, { slug }).catch(() => null);
  return answer?.data.occupation ?? null;
}

function addressOf({ left, right }: Chosen): string {
  const address = new URLSearchParams();
  if (left) address.set('left', left.slug);
  if (right) address.set('right', right.slug);
  return address.size > 0 ? `/?${address}` : '/';
}
