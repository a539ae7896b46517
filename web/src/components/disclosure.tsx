import type { RefObject } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

// The title of a section that folds, which opens and closes it.
export function Disclosure(props: { id: string; title: string; open: boolean; setOpen: (open: boolean) => void }) {
  const { id, title, open, setOpen } = props;
  return (
    <button
      type="button"
      class="disclosure"
      aria-expanded={open}
      aria-controls={`${id}-body`}
      onClick={() => setOpen(!open)}
    >
      {title}
    </button>
  );
}

// Whether a section that folds is open. It opens when the address, or a search of the
// page, names something in it.
export function useOpening(element: RefObject<Element | null>, opened: boolean, content: unknown) {
  const [open, setOpen] = useState(opened);
  const follow = useCallback(() => {
    const target = window.document.getElementById(window.location.hash.slice(1));
    if (target && element.current?.contains(target)) setOpen(true);
  }, [element]);
  // What the address names may come with the figures.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new content may have it.
  useEffect(follow, [follow, content]);
  useEffect(() => {
    const found = () => setOpen(true);
    element.current?.addEventListener('beforematch', found);
    window.addEventListener('hashchange', follow);
    return () => {
      element.current?.removeEventListener('beforematch', found);
      window.removeEventListener('hashchange', follow);
    };
  }, [element, follow]);
  return [open, setOpen] as const;
}
