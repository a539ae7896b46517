import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { count } from '../format/numbers';

// The first items of a list, and a button that shows the others.
export function ShowMore<Item>(props: {
  of: Item[];
  first: number;
  what: string;
  children: (query: Item[]) => ComponentChildren;
}) {
  const { of, first, what } = props;
  const [all, setAll] = useState(false);
  const id = useId();
  return (
    <>
      <div id={id} class="first-items">
        {props.children(all ? of : of.slice(0, first))}
      </div>
      {of.length > first && (
        <button type="button" aria-expanded={all} aria-controls={id} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${count(of.length - first)} more`}
          <span class="unseen"> {what}</span>
        </button>
      )}
    </>
  );
}
