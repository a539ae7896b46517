import { useState } from 'preact/hooks';
import { addressOf } from '../several/address';
import { RoleCombobox } from './role-combobox';

const ordinals = ['first', 'second', 'third', 'fourth'];

// Chooses one more role to compare with those of the address, which is another page.
export function AddRole(props: {
  // As the address has them.
  roles: string[];
  titles: string[];
  area: string;
}) {
  const { roles, titles, area } = props;
  const [status, setStatus] = useState('');
  return (
    <div class="add-role">
      <RoleCombobox
        id="add"
        label={`Add a ${ordinals[roles.length]} role`}
        placeholder="Job title or SOC code"
        text=""
        onChoose={({ slug, title }) => {
          if (titles.includes(title)) setStatus(`${title} is already compared.`);
          else window.location.assign(addressOf({ roles: [...roles, slug], area }));
        }}
      />
      <p role="status">{status}</p>
    </div>
  );
}
