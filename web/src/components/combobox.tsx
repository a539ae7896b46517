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
  // Whether an option is what the text names, and not just similar to it.
  isExact: (option: Option, text: string) => boolean;
  // Recent choices, offered while the input has no new text.
  recent?: () => Option[];
  // What to offer where nothing is found.
  nothing?: ComponentChildren;
  // Whether an option is shown but cannot be chosen.
  isDisabled?: (option: Option) => boolean;
  onChoose: (option: Option) => void;
  // If given, emptying the input clears the choice.
  onClear?: () => void;
}

// An input with suggestions: the ARIA Authoring Practices' combobox with a list
// box. The first suggestion is selected, so typing and Enter are enough, also
// before the suggestions have arrived. Escape closes the list. Tab leaves it, and
// then text that names exactly one option chooses that.
export function Combobox<Option>(props: ComboboxProps<Option>) {
  const { id, label, text, textOf } = props;
  const [typed, setTyped] = useState(text);
  // A new object each time, so that the same text can be searched again.
  const [searched, setSearched] = useState<{ text: string } | null>(null);
  const found = useSearch(props.search, searched);
  const [recent, setRecent] = useState<Option[]>(none);
  const options = found.state === 'found' ? found.options : recent;
  // Whether Enter was pressed before the suggestions for the text had arrived.
  const entered = useRef(false);
  // The search for the text that the visitor left in the input.
  const left = useRef<AbortController>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useNavigation(input, list, options);
  // The text of a new choice is empty until the page has loaded it.
  useEffect(() => {
    if (text) setTyped(text);
  }, [text]);

  const isCurrent = found.state === 'found' && found.text === searched?.text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: Enter waits for the suggestions only.
  useEffect(() => {
    if (!isCurrent || !entered.current) return;
    entered.current = false;
    const first = options.find((option) => !props.isDisabled?.(option));
    if (first) choose(first);
  }, [isCurrent, options]);

  const search = (value: string) => {
    setRecent(none);
    setSearched(value.trim() ? { text: value.trim() } : null);
  };
  const close = () => {
    entered.current = false;
    setSearched(null);
    setRecent(none);
  };
  const open = () => {
    if (options.length > 0) return;
    if (typed && typed !== text) search(typed);
    else setRecent(props.recent?.() ?? none);
  };
  const type = (value: string) => {
    entered.current = false;
    left.current?.abort();
    setTyped(value);
    search(value);
    if (!value) props.onClear?.();
  };
  const choose = (option: Option) => {
    left.current?.abort();
    setTyped(textOf(option));
    close();
    props.onChoose(option);
  };
  // On leaving, text that names one option chooses it. Other text reverts to the
  // current choice.
  const leave = () => {
    close();
    const written = typed.trim();
    if (!written || typed === text) return;
    const aborted = new AbortController();
    left.current = aborted;
    const resolve = (found: Option[]) => {
      if (aborted.signal.aborted) return;
      const exact = found.filter((option) => props.isExact(option, written) && !props.isDisabled?.(option));
      if (exact.length === 1) choose(exact[0] as Option);
      else if (text) setTyped(text);
    };
    props.search(written, aborted.signal).then(resolve, () => resolve([]));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') open();
    if (event.key === 'Enter' && searched && !isCurrent && found.state !== 'failed') {
      // The suggestions shown are for older text, so the library must not choose one.
      event.preventDefault();
      event.stopImmediatePropagation();
      entered.current = true;
    }
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
        onClick={open}
        onKeyDown={press}
        onBlur={leave}
      />
      {/* Keep the focus in the input during a click on the list, or the list would close. */}
      <div class="suggestions" onMouseDown={(event) => event.preventDefault()}>
        {/* Browsers let Tab stop at a list that scrolls, unless it says otherwise. */}
        <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} tabIndex={-1} hidden={options.length === 0}>
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
          {recent.length > 0 ? plural(recent.length, 'recent choice') : statusText(found)}
        </p>
        {isCurrent && options.length === 0 && props.nothing}
      </div>
    </div>
  );
}

type Found<Option> =
  | { state: 'closed' }
  | { state: 'searching' }
  | { state: 'found'; text: string; options: Option[] }
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
        (options) => finish({ state: 'found', text: searched.text, options }),
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

function statusText(found: Found<unknown>): string {
  switch (found.state) {
    case 'closed':
      return '';
    case 'searching':
      return 'Searching…';
    case 'found':
      return found.options.length > 0 ? plural(found.options.length, 'suggestion') : `No results for “${found.text}”.`;
    case 'failed':
      return 'Search is unavailable. Press the down arrow or keep typing to retry.';
  }
}
