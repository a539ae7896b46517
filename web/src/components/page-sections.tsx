import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import type { SourcePartsFragment } from '../../generated/graphql';
import type { QueryState } from '../api/use-query';

export type Failed = Extract<QueryState<unknown>, { status: 'failed' }>;

// What a page knows of each of its sections: for its contents, the numbers of its
// sources, and the list of what is not published.
export interface PageSection {
  id: string;
  title: string;
  // The section in one line. Null while it loads; undefined where it has none.
  answer: string | null | undefined;
  // Why the section has nothing to show; null where it has.
  empty: string | null;
  // The figures that it has for no role, as a list in words; empty if there are none.
  lacks: string;
  sources: SourcePartsFragment[];
  // Why its figures could not be loaded; null where they could.
  failure: Failed | null;
  element: Element;
  open: () => void;
}

type Update = (id: string, section: PageSection | null) => void;

const Sections = createContext<PageSection[]>([]);
const Updates = createContext<Update>(() => undefined);
const Folding = createContext(false);

// Collects the sections inside it, in the order of the page.
export function PageSections({ children }: { children: ComponentChildren }) {
  const [sections, setSections] = useState<PageSection[]>([]);
  const update = useCallback<Update>((id, section) => {
    setSections((before) => {
      const others = before.filter((one) => one.id !== id);
      return section ? [...others, section].sort(inDocument) : others;
    });
  }, []);
  useEffect(keepTargetInView, []);
  return (
    <Updates.Provider value={update}>
      <Sections.Provider value={sections}>{children}</Sections.Provider>
    </Updates.Provider>
  );
}

const firstActs = ['wheel', 'touchstart', 'pointerdown', 'keydown'];
const loadingTime = 5000;

// Keeps what the address names in view while the content above it loads, until the
// visitor acts. After "back", the browser restores where the visitor was.
function keepTargetInView(): (() => void) | undefined {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const id = window.location.hash.slice(1);
  if (!id || visit?.type === 'back_forward') return undefined;
  const observer = new ResizeObserver(() => document.getElementById(id)?.scrollIntoView());
  const stop = () => {
    observer.disconnect();
    window.clearTimeout(timer);
    for (const act of firstActs) window.removeEventListener(act, stop);
  };
  const timer = window.setTimeout(stop, loadingTime);
  for (const act of firstActs) window.addEventListener(act, stop, { passive: true });
  observer.observe(document.body);
  return stop;
}

const inDocument = (one: PageSection, other: PageSection): number =>
  one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;

export const usePageSections = (): PageSection[] => useContext(Sections);
export const useSectionUpdates = (): Update => useContext(Updates);

// Whether sections are closed on a phone, where each is a line of the contents.
export const FoldingProvider = Folding.Provider;
export const useFolding = (): boolean => useContext(Folding);
