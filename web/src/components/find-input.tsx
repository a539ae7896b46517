import { useId } from 'preact/hooks';

// An input that reduces a list to what has the text.
export function FindInput(props: { what: string; text: string; setText: (text: string) => void }) {
  const id = useId();
  return (
    <label for={id} class="find">
      Find a {props.what}
      <input
        id={id}
        type="search"
        value={props.text}
        onInput={(event) => props.setText(event.currentTarget.value)}
        autocomplete="off"
      />
    </label>
  );
}

// Whether a text has what was typed, in any case.
export const hasText = (text: string, typed: string): boolean =>
  text.toLowerCase().includes(typed.trim().toLowerCase());
