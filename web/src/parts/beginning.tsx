import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { count } from '../words/figures';

// The first items of a list, and the others where they are asked for.
export function Beginning<Item>(props: {
  of: Item[];
  first: number;
  what: string;
  children: (shown: Item[]) => ComponentChildren;
}) {
  const { of, first, what } = props;
  const [all, setAll] = useState(false);
  const id = useId();
  return (
    <>
      <div id={id} class="beginning">
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
