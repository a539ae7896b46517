import { useEffect, useState } from 'preact/hooks';
import { lastArea } from '../components/area-picker';
import { RoleCombobox } from '../components/role-combobox';
import { areaInSentence } from '../format/names';
import { addressOf } from '../several/address';
import { type SelectedRoles, type SelectRole, type Side, sides } from './use-selected-roles';

// Two search inputs, up to two more, and a button, which opens the comparison once
// the first two are filled, in the area that the visitor chose last.
export function Picker({ selected, select }: { selected: SelectedRoles; select: SelectRole }) {
  const { left, right } = selected;
  const [area] = useState(lastArea);
  // The text in an input may still be searched when the button is pressed.
  const [pressed, setPressed] = useState(false);
  const ready = left && right && left.slug !== right.slug;
  const [added, setAdded] = useState(0);
  const others = sides.slice(2).filter((side, place) => place < added || selected[side]);
  const roles = [left, right, ...others.map((side) => selected[side])].flatMap((role) => role?.slug ?? []);
  const address = ready ? addressOf({ roles: [...new Set(roles)], area: area?.code ?? 'US' }) : null;
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
          label="First role"
          placeholder="Job title, e.g. registered nurse"
          {...{ selected, select }}
        />
        <RoleInput
          side="right"
          label="Second role"
          placeholder="Job title or SOC code, e.g. 29-1171"
          {...{ selected, select }}
        />
        {others.map((side) => (
          <RoleInput
            key={side}
            side={side}
            label={`${side === 'third' ? 'Third' : 'Fourth'} role`}
            placeholder="Job title or SOC code"
            {...{ selected, select }}
          />
        ))}
        <button id="compare" class="main" type="submit" aria-disabled={!ready} aria-describedby="hint">
          Compare
        </button>
      </form>
      {ready && others.length < 2 && (
        <button type="button" class="another" onClick={() => setAdded(others.length + 1)}>
          + Add another role
        </button>
      )}
      {only && (
        <a class="button another" href={`/occupation/${only.slug}`}>
          View {only.title}
        </a>
      )}
      <p id="hint" role="status">
        {hint(selected)} {ready && area && `Pay is shown for ${areaInSentence(area.name)}. `}
      </p>
    </section>
  );
}

export function hint({ left, right }: SelectedRoles): string {
  if (!left && !right) return 'Type a job title or SOC code, then select a suggestion.';
  if (!left || !right) return 'Select a second role to compare, or view this one.';
  if (left.slug === right.slug) return 'Both sides have the same role. Change one of them to compare.';
  return 'Ready to compare.';
}

// Leads on from a clicked suggestion. After a key, Tab and Enter do.
function focusNext({ left, right }: SelectedRoles): void {
  document.getElementById(left ? (right ? 'compare' : 'right') : 'left')?.focus();
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
        onChoose={(role, clicked) => {
          select(side, role);
          if (clicked) focusNext({ ...selected, [side]: role });
        }}
        onClear={() => select(side, null)}
      />
    </div>
  );
}
