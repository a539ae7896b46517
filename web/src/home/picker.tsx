import { RoleCombobox } from '../components/role-combobox';
import type { SelectedRoles, SelectRole, Side } from './use-selected-roles';

// Two search inputs and a button, which opens the comparison once both are filled.
export function Picker({ selected, select }: { selected: SelectedRoles; select: SelectRole }) {
  const { left, right } = selected;
  const ready = left && right && left.slug !== right.slug;
  const compare = (event: Event) => {
    event.preventDefault();
    if (ready) window.location.assign(`/compare/${left.slug}/${right.slug}`);
    else document.getElementById(left ? 'right' : 'left')?.focus();
  };
  const only = left && right ? null : (left ?? right);
  return (
    <section class="picker" aria-label="Select two roles">
      <form onSubmit={compare}>
        <RoleInput
          side="left"
          label="Left role"
          placeholder="Job title, e.g. registered nurse"
          {...{ selected, select }}
        />
        <RoleInput
          side="right"
          label="Right role"
          placeholder="Job title or SOC code, e.g. 29-1171"
          {...{ selected, select }}
        />
        <button id="compare" class="main" type="submit" aria-disabled={!ready} aria-describedby="hint">
          Compare
        </button>
      </form>
      <p id="hint" role="status">
        {hint(selected)}{' '}
        {only && (
          <>
            Or <a href={`/occupation/${only.slug}`}>view {only.title} alone</a>.
          </>
        )}
      </p>
    </section>
  );
}

export function hint({ left, right }: SelectedRoles): string {
  if (!left && !right) return 'Type a job title or SOC code, then select a suggestion.';
  if (!left || !right) return `Select a role on the ${left ? 'right' : 'left'} to compare.`;
  if (left.slug === right.slug) return 'Both sides have the same role. Change one of them to compare.';
  return 'Ready to compare.';
}

function RoleInput(props: {
  side: Side;
  label: string;
  placeholder: string;
  selected: SelectedRoles;
  select: SelectRole;
}) {
  const { side, label, placeholder, selected, select } = props;
  return (
    <div class={side}>
      <RoleCombobox
        id={side}
        label={label}
        placeholder={placeholder}
        text={selected[side]?.title ?? ''}
        onChoose={(role) => select(side, role)}
        onClear={() => select(side, null)}
      />
    </div>
  );
}
