import type { RoleFragment } from '../../generated/graphql';
import { Groups } from './groups';
import { Pairs } from './pairs';
import { Picker } from './picker';
import { useChosen } from './use-chosen';

// Two roles are chosen here: by search, from a pair, or from a group below.
export function Home() {
  const [chosen, choose] = useChosen();
  const take = (role: RoleFragment) => {
    const side = chosen.left ? 'right' : 'left';
    choose(side, role);
    // To where it went, and to what is left to do there.
    document.getElementById(side === 'left' ? 'right' : 'compare')?.focus();
  };
  return (
    <>
      <h1>Any two occupations, side by side</h1>
      <p class="lead">
        What they pay, how many jobs there are, where they grow, and what it takes to do them. Every figure names its
        source, and every gap says whether it may be chance.
      </p>
      <Picker chosen={chosen} choose={choose} />
      <Pairs />
      <Groups take={take} />
    </>
  );
}
