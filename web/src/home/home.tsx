import type { RoleFragment } from '../../generated/graphql';
import { BestPaid } from './best-paid';
import { Examples } from './examples';
import { Groups } from './groups';
import { Picker } from './picker';
import { useSelectedRoles } from './use-selected-roles';

// Visitors select two roles here: by search, from an example, or from a group.
export function Home() {
  const [selected, select] = useSelectedRoles();
  const add = (role: RoleFragment) => {
    const side = selected.left ? 'right' : 'left';
    select(side, role);
    // Move the focus to the next step.
    document.getElementById(side === 'left' ? 'right' : 'compare')?.focus();
  };
  return (
    <>
      <h1>Compare any two occupations</h1>
      <p class="lead">
        Pay, jobs, growth, education and skills, side by side. Every figure cites its source, and every difference says
        whether it is statistically significant.
      </p>
      <Picker selected={selected} select={select} />
      <Examples />
      <BestPaid />
      <Groups add={add} />
    </>
  );
}
