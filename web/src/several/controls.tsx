import { useState } from 'preact/hooks';
import type { RoleFragment } from '../../generated/graphql';
import { AddRole } from '../components/add-role';
import { AreaPicker } from '../components/area-picker';
import { openKeepingFocus } from '../components/keep-focus';
import { RoleCombobox } from '../components/role-combobox';
import { Share } from '../components/share';
import { sides } from '../components/sides';
import { type Address, addressOf, mostRoles } from './address';

const ordinals = ['First', 'Second', 'Third', 'Fourth'];

// Inputs that change the address: each role can be replaced or removed, and another
// one added. Other roles are another page, because the server finds them.
export function Controls(props: {
  address: Address;
  // Empty until the roles have loaded.
  titles: string[];
  areaName: string;
  move: (part: Partial<Address>) => void;
}) {
  const { address, titles, areaName, move } = props;
  const [status, setStatus] = useState('');
  const go = (roles: string[]) => openKeepingFocus(addressOf({ ...address, roles }));
  const choose = (place: number, { slug, title }: RoleFragment) => {
    if (titles.some((other, its) => other === title && its !== place)) setStatus(`${title} is already compared.`);
    else if (titles[place] !== title) go(address.roles.toSpliced(place, 1, slug));
  };
  return (
    <div class="choices">
      <div class="chosen-roles">
        {address.roles.map((role, place) => (
          <div key={role} class={`chosen-role ${sides[place]}`}>
            <RoleCombobox
              id={`role-${place + 1}`}
              label={`${ordinals[place]} role`}
              placeholder="Job title or SOC code"
              text={titles[place] ?? ''}
              onChoose={(found) => choose(place, found)}
            />
            <a class="button" href={addressOf({ ...address, roles: address.roles.toSpliced(place, 1) })} title="Remove">
              <span aria-hidden="true">×</span>
              <span class="unseen">Remove {titles[place] || role}</span>
            </a>
          </div>
        ))}
        {address.roles.length < mostRoles && <AddRole roles={address.roles} titles={titles} area={address.area} />}
      </div>
      <p role="status">{status}</p>
      <div class="controls">
        <AreaPicker area={address.area} areaName={areaName} move={(area) => move({ area })} />
        <Share />
      </div>
    </div>
  );
}
