import Navigation from '@github/combobox-nav';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { plural } from '../words/figures';

interface ComboboxProps<Option> {
  id: string;
  label: string;
  placeholder?: string;
  // What is chosen, in words: the input shows it at first and after a choice.
  text: string;
  search: (text: string, signal: AbortSignal) => Promise<Option[]>;
  keyOf: (option: Option) => string;
  textOf: (option: Option) => string;
  show?: (option: Option) => ComponentChildren;
  onChoose: (option: Option) => void;
  // Emptying the input takes the choice back, where that may be.
  onClear?: () => void;
}

// An input that suggests what its text may mean: the combobox of the ARIA
// Authoring Practices with a list box. Its first suggestion is selected, so that
// typing and Enter are enough; Escape closes the list, Tab leaves it alone.
export function Combobox<Option>(props: ComboboxProps<Option>) {
  const { id, label, text, textOf } = props;
  const [typed, setTyped] = useState(text);
  // A new object each time, so that the same text can be sought again.
  const [sought, setSought] = useState<{ text: string } | null>(null);
  const found = useSearch(props.search, sought);
  const options = found.state === 'found' ? found.options : none;
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useNavigation(input, list, options);
  // While a page does not know the words for a choice yet, they stay as chosen.
  useEffect(() => {
    if (text) setTyped(text);
  }, [text]);

  const seek = (value: string) => setSought(value.trim() ? { text: value.trim() } : null);
  const close = () => setSought(null);
  const type = (value: string) => {
    setTyped(value);
    seek(value);
    if (!value) props.onClear?.();
  };
  const choose = (option: Option) => {
    setTyped(textOf(option));
    close();
    props.onChoose(option);
  };
  // What was typed instead of a choice does not stay in its place.
  const leave = () => {
    close();
    if (text && typed) setTyped(text);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (options.length === 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) seek(typed);
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
        onClick={() => typed !== text && options.length === 0 && seek(typed)}
        onKeyDown={press}
        onBlur={leave}
      />
      {/* The input keeps the focus while the list is touched, or it would close. */}
      <div class="suggestions" onMouseDown={(event) => event.preventDefault()}>
        <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={options.length === 0}>
          {options.map((option, place) => (
            // Enter clicks the selected one, too.
            <li key={props.keyOf(option)} id={`${id}-${place}`} role="option" onClick={() => choose(option)}>
              {props.show ? props.show(option) : textOf(option)}
            </li>
          ))}
        </ul>
        <p role="status" class={options.length > 0 ? 'unseen' : ''}>
          {inWords(found, sought?.text)}
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
const pauseInTyping = 150;

// Searches once the typing pauses. Until an answer is there, the last one stays;
// answers to what is no longer sought are dropped.
function useSearch<Option>(search: ComboboxProps<Option>['search'], sought: { text: string } | null): Found<Option> {
  const [found, setFound] = useState<Found<Option>>({ state: 'closed' });
  useEffect(() => {
    if (!sought) return setFound({ state: 'closed' });
    setFound((last) => (last.state === 'found' && last.options.length > 0 ? last : { state: 'searching' }));
    const dropped = new AbortController();
    const finish = (answer: Found<Option>) => !dropped.signal.aborted && setFound(answer);
    const timer = setTimeout(() => {
      search(sought.text, dropped.signal).then(
        (options) => finish({ state: 'found', options }),
        () => finish({ state: 'failed' }),
      );
    }, pauseInTyping);
    return () => {
      clearTimeout(timer);
      dropped.abort();
    };
  }, [sought]);
  return found;
}

// Keys and ARIA attributes are the library's: it sets them on the elements.
function useNavigation(
  input: RefObject<HTMLInputElement | null>,
  list: RefObject<HTMLUListElement | null>,
  options: unknown[],
): void {
  const navigation = useRef<Navigation>(null);
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

function inWords(found: Found<unknown>, text: string | undefined): string {
  switch (found.state) {
    case 'closed':
      return '';
    case 'searching':
      return 'Searching…';
    case 'found':
      return found.options.length > 0
        ? plural(found.options.length, 'suggestion')
        : `Nothing found for “${text ?? ''}”.`;
    case 'failed':
      return 'The search could not be reached. Press the down arrow or type on to try again.';
  }
}
