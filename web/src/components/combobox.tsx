import Navigation from '@github/combobox-nav';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { plural } from '../format/numbers';

interface ComboboxProps<Option> {
  id: string;
  label: string;
  placeholder?: string;
  // The text of the current choice, shown at first and after each choice.
  text: string;
  search: (text: string, signal: AbortSignal) => Promise<Option[]>;
  keyOf: (option: Option) => string;
  textOf: (option: Option) => string;
  show?: (option: Option) => ComponentChildren;
  // Whether an option is shown but cannot be chosen.
  isDisabled?: (option: Option) => boolean;
  onChoose: (option: Option) => void;
  // If given, emptying the input clears the choice.
  onClear?: () => void;
}

// An input with suggestions: the ARIA Authoring Practices' combobox with a list
// box. The first suggestion is selected, so typing and Enter are enough. Escape
// closes the list; Tab leaves without a choice.
export function Combobox<Option>(props: ComboboxProps<Option>) {
  const { id, label, text, textOf } = props;
  const [typed, setTyped] = useState(text);
  // A new object each time, so that the same text can be searched again.
  const [searched, setSearched] = useState<{ text: string } | null>(null);
  const found = useSearch(props.search, searched);
  const options = found.state === 'found' ? found.options : none;
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useNavigation(input, list, options);
  // The text of a new choice is empty until the page has loaded it.
  useEffect(() => {
    if (text) setTyped(text);
  }, [text]);

  const search = (value: string) => setSearched(value.trim() ? { text: value.trim() } : null);
  const close = () => setSearched(null);
  const type = (value: string) => {
    setTyped(value);
    search(value);
    if (!value) props.onClear?.();
  };
  const choose = (option: Option) => {
    setTyped(textOf(option));
    close();
    props.onChoose(option);
  };
  // On leaving, text that is not a choice reverts to the current choice.
  const leave = () => {
    close();
    if (text && typed) setTyped(text);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (options.length === 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) search(typed);
  };

  return (
    <div class="combobox">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={input}
        type="text"
        value={typed}
        placeholder={props.placeholder}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => type(event.currentTarget.value)}
        onClick={() => typed !== text && options.length === 0 && search(typed)}
        onKeyDown={press}
        onBlur={leave}
      />
      {/* Keep the focus in the input during a click on the list, or the list would close. */}
      <div class="suggestions" onMouseDown={(event) => event.preventDefault()}>
        <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={options.length === 0}>
          {options.map((option, place) => (
            // Enter also clicks the selected option.
            <li
              key={props.keyOf(option)}
              id={`${id}-${place}`}
              role="option"
              aria-disabled={props.isDisabled?.(option) ? true : undefined}
              onClick={() => props.isDisabled?.(option) || choose(option)}
            >
              {props.show ? props.show(option) : textOf(option)}
            </li>
          ))}
        </ul>
        <p role="status" class={options.length > 0 ? 'unseen' : ''}>
          {statusText(found, searched?.text)}
        </p>
      </div>
    </div>
  );
}

type Found<Option> =
  | { state: 'closed' }
  | { state: 'searching' }
  | { state: 'found'; options: Option[] }
  | { state: 'failed' };

const none: never[] = [];
const typingPauseMs = 150;

// Searches when typing pauses. The last results stay until new ones arrive, and
// results for outdated text are dropped.
function useSearch<Option>(search: ComboboxProps<Option>['search'], searched: { text: string } | null): Found<Option> {
  const [found, setFound] = useState<Found<Option>>({ state: 'closed' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search function alone is no reason to search again.
  useEffect(() => {
    if (!searched) return setFound({ state: 'closed' });
    setFound((last) => (last.state === 'found' && last.options.length > 0 ? last : { state: 'searching' }));
    const dropped = new AbortController();
    const finish = (answer: Found<Option>) => !dropped.signal.aborted && setFound(answer);
    const timer = setTimeout(() => {
      search(searched.text, dropped.signal).then(
        (options) => finish({ state: 'found', options }),
        () => finish({ state: 'failed' }),
      );
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      dropped.abort();
    };
  }, [searched]);
  return found;
}

// The library handles keys and sets ARIA attributes on the elements.
function useNavigation(
  input: RefObject<HTMLInputElement | null>,
  list: RefObject<HTMLUListElement | null>,
  options: unknown[],
): void {
  const navigation = useRef<Navigation>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a ref's content does not change after the first rendering.
  useLayoutEffect(() => {
    if (!input.current || !list.current) return;
    navigation.current = new Navigation(input.current, list.current, {
      firstOptionSelectionMode: 'selected',
      tabInsertsSuggestions: false,
    });
    return () => navigation.current?.destroy();
  }, []);
  useLayoutEffect(() => {
    if (options.length > 0) navigation.current?.start();
    else navigation.current?.stop();
  }, [options]);
}

function statusText(found: Found<unknown>, text: string | undefined): string {
  switch (found.state) {
    case 'closed':
      return '';
    case 'searching':
      return 'Searching…';
    case 'found':
      return found.options.length > 0 ? plural(found.options.length, 'suggestion') : `No results for “${text ?? ''}”.`;
    case 'failed':
      return 'Search is unavailable. Press the down arrow or keep typing to retry.';
  }
}
