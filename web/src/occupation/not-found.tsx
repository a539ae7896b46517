import { RoleCombobox } from '../parts/role-combobox';

// Says that there is no such role, and helps to find the one that was meant.
export function NotFound({ slug }: { slug: string }) {
  return (
    <section aria-labelledby="nothing">
      <h1 id="nothing">No such role</h1>
      <p>Nothing stored here goes by “{slug}”. It may have another name:</p>
      <RoleCombobox
        id="role"
        label="Find a role"
        placeholder="A title, another name, or a SOC code"
        text=""
        onChoose={(role) => window.location.assign(`/occupation/${role.slug}`)}
      />
      <p>
        Or <a href="/#groups">look through all of them by group</a>.
      </p>
    </section>
  );
}
