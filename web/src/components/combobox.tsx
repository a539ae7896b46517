import Navigation from '@github/combobox-nav';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { RequestError } from '../api/fetch-document';
import { plural } from '../format/numbers';

export interface Suggestions<Option> {
  options: Option[];
  // Whether none of them is what the text means; they are only similar to it.
  near?: boolean;
}

interface ComboboxProps<Option> {
  id: string;
  label: string;
  // What an option is, in the message that none matches.
  named: string;
  placeholder?: string;
  // The text of the current choice, shown at first and after each choice.
  text: string;
  search: (text: string, signal: AbortSignal) => Promise<Suggestions<Option>>;
  keyOf: (option: Option) => string;
  textOf: (option: Option) => string;
  show?: (option: Option) => ComponentChildren;
  // Whether an option is what the text names, and not just similar to it.
  isExact: (option: Option, text: string) => boolean;
  // Recent choices, offered while the input has no new text.
  recent?: () => Option[];
  // What to offer where nothing matches, next to what is near.
  nothing?: ComponentChildren;
  // Whether an option is shown but cannot be chosen.
  isDisabled?: (option: Option) => boolean;
  // With whether it was clicked or tapped. Keys leave the focus where it is.
  onChoose: (option: Option, clicked: boolean) => void;
  // If given, emptying the input clears the choice.
  onClear?: () => void;
}

// An input with suggestions: the ARIA Authoring Practices' combobox with a list
// box. The first suggestion is selected, so typing and Enter are enough, also
// before the suggestions have arrived. Where nothing matches, what is near is offered
// and not selected. Escape closes the list. Tab leaves it, and then text that names
// exactly one option chooses that.
export function Combobox<Option>(props: ComboboxProps<Option>) {
  const { id, label, text, textOf } = props;
  const [typed, setTyped] = useState(text);
  // A new object each time, so that the same text can be searched again.
  const [searched, setSearched] = useState<{ text: string } | null>(null);
  const [found, setFound] = useSearch(props.search, searched);
  const [recent, setRecent] = useState<Option[]>(none);
  const options = found.state === 'found' ? found.options : recent;
  // Whether Enter was pressed before the suggestions for the text had arrived.
  const entered = useRef(false);
  // Whether the visitor has typed since the last choice.
  const changed = useRef(false);
  // The search for the text that the visitor left in the input.
  const left = useRef<AbortController>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const near = found.state === 'found' && found.near;
  useNavigation(input, list, options, near);
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
    if (first && !near) choose(first, false);
  }, [isCurrent, options]);

  const search = (value: string) => {
    setRecent(none);
    setSearched(value.trim() ? { text: value.trim() } : null);
  };
  const close = () => {
    entered.current = false;
    setSearched(null);
    setFound({ state: 'closed' });
    setRecent(none);
  };
  const open = () => {
    if (options.length > 0) return;
    if (typed && typed !== text) search(typed);
    else setRecent(props.recent?.() ?? none);
  };
  const type = (value: string) => {
    entered.current = false;
    changed.current = true;
    left.current?.abort();
    setTyped(value);
    search(value);
    if (!value) props.onClear?.();
  };
  const choose = (option: Option, clicked: boolean) => {
    left.current?.abort();
    changed.current = false;
    setTyped(textOf(option));
    close();
    props.onChoose(option, clicked);
    // The keyboard of a phone hides what was chosen for.
    if (clicked && hasScreenKeyboard()) input.current?.blur();
  };
  // On leaving, text that names one option chooses it. Other text reverts to the
  // current choice.
  const leave = () => {
    close();
    const written = typed.trim();
    if (!changed.current || !written || typed === text) return;
    const aborted = new AbortController();
    left.current = aborted;
    const resolve = ({ options }: Suggestions<Option>) => {
      if (aborted.signal.aborted) return;
      const exact = options.filter((option) => props.isExact(option, written) && !props.isDisabled?.(option));
      if (exact.length === 1) choose(exact[0] as Option, false);
      else if (text) setTyped(text);
    };
    // Text that could not be searched stays, with the reason.
    const fail = (error: unknown) => aborted.signal.aborted || setFound({ state: 'failed', why: reasonOf(error) });
    props.search(written, aborted.signal).then(resolve, fail);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') open();
    if (event.key === 'Enter' && found.state === 'failed') search(typed);
    if (event.key === 'Enter' && (found.state === 'failed' || (searched && !isCurrent))) {
      // The suggestions shown are for older text, so the library must not choose one.
      event.preventDefault();
      event.stopImmediatePropagation();
      entered.current = true;
    }
  };

  // Tab also leads to the links below the input.
  const move = (event: FocusEvent) => {
    if (!(event.currentTarget as Node).contains(event.relatedTarget as Node | null)) leave();
  };

  return (
    <div class="combobox" onFocusOut={move}>
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
      />
      {/* Keep the focus in the input during a click on the list, or the list would close. */}
      <div class="suggestions" onMouseDown={(event) => event.preventDefault()}>
        <p role="status" class={options.length > 0 && !near ? 'unseen' : ''}>
          {recent.length > 0 ? plural(recent.length, 'recent choice') : statusText(found, props.named)}
        </p>
        {/* Browsers let Tab stop at a list that scrolls, unless it says otherwise. */}
        <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} tabIndex={-1} hidden={options.length === 0}>
          {options.map((option, place) => (
            // Enter also clicks the selected option, but counts no click.
            <li
              key={props.keyOf(option)}
              id={`${id}-${place}`}
              role="option"
              aria-disabled={props.isDisabled?.(option) ? true : undefined}
              onClick={(event) => props.isDisabled?.(option) || choose(option, event.detail > 0)}
            >
              {props.show ? props.show(option) : textOf(option)}
            </li>
          ))}
        </ul>
        {isCurrent && (near || options.length === 0) && props.nothing}
      </div>
    </div>
  );
}

type Found<Option> =
  | { state: 'closed' }
  | { state: 'searching' }
  | { state: 'found'; text: string; options: Option[]; near: boolean }
  | { state: 'failed'; why: string };

const none: never[] = [];
const typingPauseMs = 150;

const hasScreenKeyboard = (): boolean => window.matchMedia('(pointer: coarse)').matches;

// Searches when typing pauses. The last results stay until new ones arrive, and
// results for outdated text are dropped.
function useSearch<Option>(search: ComboboxProps<Option>['search'], searched: { text: string } | null) {
  const [found, setFound] = useState<Found<Option>>({ state: 'closed' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search function alone is no reason to search again.
  useEffect(() => {
    if (!searched) return setFound({ state: 'closed' });
    setFound((last) => (last.state === 'found' && last.options.length > 0 ? last : { state: 'searching' }));
    const dropped = new AbortController();
    const finish = (answer: Found<Option>) => !dropped.signal.aborted && setFound(answer);
    const timer = setTimeout(() => {
      search(searched.text, dropped.signal).then(
        ({ options, near = false }) => finish({ state: 'found', text: searched.text, options, near }),
        (error: unknown) => finish({ state: 'failed', why: reasonOf(error) }),
      );
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      dropped.abort();
    };
  }, [searched]);
  return [found, setFound] as const;
}

// The library handles keys and sets ARIA attributes on the elements.
function useNavigation(
  input: RefObject<HTMLInputElement | null>,
  list: RefObject<HTMLUListElement | null>,
  options: unknown[],
  near: boolean,
): void {
  const navigation = useRef<Navigation>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a ref's content does not change after the first rendering.
  useLayoutEffect(() => {
    if (!input.current || !list.current) return;
    navigation.current = new Navigation(input.current, list.current, { tabInsertsSuggestions: false });
    return () => navigation.current?.destroy();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: options say whether they are near.
  useLayoutEffect(() => {
    if (!navigation.current) return;
    navigation.current.firstOptionSelectionMode = near ? 'none' : 'selected';
    if (options.length > 0) navigation.current.start();
    else navigation.current.stop();
  }, [options]);
}

function statusText(found: Found<unknown>, named: string): string {
  switch (found.state) {
    case 'closed':
      return '';
    case 'searching':
      return 'Searching…';
    case 'found': {
      const { text, options, near } = found;
      if (options.length > 0 && !near) return plural(options.length, 'suggestion');
      return `No ${named} matches “${text}”.${near ? ` Similar ${named}s:` : ''}`;
    }
    case 'failed':
      return `${found.why} To retry, keep typing or press Enter.`;
  }
}

const reasonOf = (error: unknown): string => (error instanceof RequestError ? error.message : 'The search failed.');
