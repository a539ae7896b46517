import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { type Paged, usePages } from '../api/use-pages';
import { count, plural } from '../format/numbers';
import { FindInput, hasText } from './find-input';
import { Waiting } from './waiting';

interface LongListProps<Item, Data, Variables> {
  // The items that came with the page, and the number of all.
  of: Item[];
  total: number;
  first: number;
  one: string;
  many: string;
  textOf: (item: Item) => string;
  // What loads the items after these, once all are wanted.
  rest: Paged<Data, Variables, Item>;
  children: (items: Item[]) => ComponentChildren;
}

// The first items of a list, a button that shows all of them, and then an input that finds some.
export function LongList<Item, Data, Variables extends { after?: string | null | undefined }>(
  props: LongListProps<Item, Data, Variables>,
) {
  const { of, total, first, one, many, textOf, children } = props;
  const [all, setAll] = useState(false);
  const [text, setText] = useState('');
  const partial = all && total > of.length;
  const rest = usePages(props.rest, partial);
  const id = useId();
  const items = partial && rest.status === 'loaded' ? [...of, ...rest.nodes] : of;
  const shown = all ? items.filter((item) => hasText(textOf(item), text)) : of.slice(0, first);
  return (
    <>
      {all && <FindInput what={one} text={text} setText={setText} />}
      <p class="unseen" role="status">
        {all && plural(shown.length, one, many)}
      </p>
      <div id={id} class="first-items">
        {shown.length > 0 ? children(shown) : <p class="empty">No {one} has this text.</p>}
      </div>
      {partial && <Waiting for={rest} />}
      {total > first && (
        <button
          type="button"
          aria-expanded={all}
          aria-controls={id}
          onClick={() => {
            setAll(!all);
            setText('');
          }}
        >
          {all ? 'Show fewer' : `Show all ${count(total)}`}
          <span class="unseen"> {many}</span>
        </button>
      )}
    </>
  );
}
