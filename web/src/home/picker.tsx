import { RoleCombobox } from '../parts/role-combobox';
import type { Choose, Chosen, Side } from './use-chosen';

// Two boxes and where they lead: a comparison once both are filled.
export function Picker({ chosen, choose }: { chosen: Chosen; choose: Choose }) {
  const { left, right } = chosen;
  const ready = left && right && left.slug !== right.slug;
  const compare = (event: Event) => {
    event.preventDefault();
    if (ready) window.location.assign(`/compare/${left.slug}/${right.slug}`);
    else document.getElementById(left ? 'right' : 'left')?.focus();
  };
  const only = left && right ? null : (left ?? right);
  return (
    <section class="picker" aria-label="Choose two roles">
      <form onSubmit={compare}>
        <Box side="left" label="Left role" placeholder="Registered nurse" {...{ chosen, choose }} />
        <Box side="right" label="Right role" placeholder="29-1171, or part of a title" {...{ chosen, choose }} />
        <button id="compare" class="main" type="submit" aria-disabled={!ready} aria-describedby="advice">
          Compare
        </button>
      </form>
      <p id="advice" role="status">
        {advice(chosen)}{' '}
        {only && (
          <>
            Or <a href={`/occupation/${only.slug}`}>see {only.title} alone</a>.
          </>
        )}
      </p>
    </section>
  );
}

function advice({ left, right }: Chosen): string {
  if (!left && !right) return 'Type a title, another name for it, or a SOC code, and choose from what is suggested.';
  if (!left || !right) return `Choose another role on the ${left ? 'right' : 'left'} to compare.`;
  if (left.slug === right.slug) return 'Both sides have the same role, which has no differences. Please change one.';
  return 'Both roles are chosen.';
}

function Box(props: { side: Side; label: string; placeholder: string; chosen: Chosen; choose: Choose }) {
  const { side, label, placeholder, chosen, choose } = props;
  return (
    <div class={side}>
      <RoleCombobox
        id={side}
        label={label}
        placeholder={placeholder}
        text={chosen[side]?.title ?? ''}
        onChoose={(role) => choose(side, role)}
        onClear={() => choose(side, null)}
      />
    </div>
  );
}
