import { useEffect, useState } from 'preact/hooks';
import { lastArea } from '../components/area-picker';
import { RoleCombobox } from '../components/role-combobox';
import { withChoices } from '../components/use-address';
import { areaInSentence } from '../format/names';
import type { SelectedRoles, SelectRole, Side } from './use-selected-roles';

// Two search inputs and a button, which opens the comparison once both are filled,
// in the area that the visitor chose last.
export function Picker({ selected, select }: { selected: SelectedRoles; select: SelectRole }) {
  const { left, right } = selected;
  const [area] = useState(lastArea);
  // The text in an input may still be searched when the button is pressed.
  const [pressed, setPressed] = useState(false);
  const ready = left && right && left.slug !== right.slug;
  const address = ready ? withChoices(`/compare/${left.slug}/${right.slug}`, { area: area?.code ?? 'US' }) : null;
  useEffect(() => {
    if (pressed && address) window.location.assign(address);
  }, [pressed, address]);
  const compare = (event: Event) => {
    event.preventDefault();
    setPressed(true);
    if (!ready) document.getElementById(left ? 'right' : 'left')?.focus();
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
        {hint(selected)} {ready && area && `Pay is shown for ${areaInSentence(area.name)}. `}
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
