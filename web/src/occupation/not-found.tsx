import { Notes } from '../components/notes';
import { RoleCombobox } from '../components/role-combobox';

// Says that the role does not exist and offers a search.
export function NotFound({ slug }: { slug: string }) {
  return (
    <section aria-labelledby="not-found">
      <h1 id="not-found">Role not found</h1>
      <p>No role has the address “{slug}”.</p>
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
