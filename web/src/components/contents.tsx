import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { FoldingProvider, type PageSection, usePageSections } from './page-sections';

// A page's sections with their contents: a column at the left, or on narrow screens a
// bar above, which opens. On a phone the sections are closed, unless they do not fold.
export function WithContents({ folds = true, children }: { folds?: boolean; children: ComponentChildren }) {
  return (
    <div class="with-contents">
      <Contents />
      <div>
        <FoldingProvider value={folds}>{children}</FoldingProvider>
      </div>
    </div>
  );
}

// Links to the sections with what each says in one line.
function Contents() {
  const sections = usePageSections().filter(({ empty }) => empty === null);
  const current = useCurrent(sections);
  const [open, setOpen] = useState(false);
  const nav = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  };
  // Leaving the list closes it.
  const leave = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && !nav.current?.contains(relatedTarget)) setOpen(false);
  };
  return (
    <nav class="contents" aria-label="Contents" ref={nav} onKeyDown={close} onFocusOut={leave}>
      <button
        type="button"
        ref={button}
        aria-expanded={open}
        aria-controls="contents-list"
        onClick={() => setOpen(!open)}
      >
        Contents
        <span class="current" aria-hidden="true">
          {sections.find(({ id }) => id === current)?.title}
        </span>
      </button>
      <ol id="contents-list">
        {sections.map((section) => (
          <li key={section.id}>
            <a
              href={`#${section.id}`}
              aria-current={section.id === current ? 'true' : undefined}
              onClick={() => {
                section.open();
                setOpen(false);
              }}
            >
              <b>{section.title}</b>
              {section.answer !== undefined && <small>{section.answer}</small>}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

// The section at the reader's place, somewhat below the top of the window.
function useCurrent(sections: PageSection[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same sections have the same elements.
  useEffect(() => {
    const idOf = new Map(sections.map(({ id, element }) => [element, id]));
    const observer = new IntersectionObserver(
      (changes) => {
        const entered = changes.filter(({ isIntersecting }) => isIntersecting).at(-1);
        if (entered) setCurrent(idOf.get(entered.target) ?? null);
      },
      { rootMargin: '-20% 0px -75% 0px' },
    );
    for (const { element } of sections) observer.observe(element);
    return () => observer.disconnect();
  }, [sections.map(({ id }) => id).join()]);
  return current;
}
