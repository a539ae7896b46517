import { Notes, problem } from '../components/notes';
import { RoleCombobox } from '../components/role-combobox';

// Says that the role does not exist and offers a search.
export function NotFound() {
  return (
    <section aria-labelledby="not-found">
      <h1 id="not-found">Role not found</h1>
      <p>{problem()}</p>
      <Notes />
      <p>Search by title or SOC code:</p>
      <RoleCombobox
        id="role"
        label="Find a role"
        placeholder="Job title or SOC code"
        text=""
        onChoose={(role) => window.location.assign(`/occupation/${role.slug}`)}
      />
      <p>
        Or <a href="/#groups">browse all roles by group</a>.
      </p>
    </section>
  );
}
