import '../pages.css';
import './occupation.css';
import { Found } from '../components/not-found';
import { renderPage } from '../components/render-page';
import { RoleCombobox } from '../components/role-combobox';
import { canonicalPath, useAddress } from '../components/use-address';
import { addressOf, readAddress } from './address';
import { Occupation } from './occupation';

function Page() {
  const [address, move] = useAddress(readAddress, addressOf);
  const { slug } = readAddress({ pathname: canonicalPath(), search: '' });
  return (
    <Found title="Role not found" instead={<Search />}>
      <Occupation address={address} role={slug} move={move} />
    </Found>
  );
}

function Search() {
  return (
    <>
      <p>Search by title or SOC code:</p>
      <RoleCombobox
        id="role"
        label="Find a role"
        placeholder="Job title or SOC code"
        text=""
        onChoose={(role) => window.location.assign(`/occupation/${role.slug}`)}
      />
    </>
  );
}

renderPage(<Page />);
