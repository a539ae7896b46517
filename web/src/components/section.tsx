import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SourcePartsFragment, TypedDocumentString } from '../../generated/graphql';
import { formatted, playgroundLink } from '../api/playground-link';
import type { Query, QueryState } from '../api/use-query';
import { copyText } from './copy-text';
import { type PageSection, useFolding, useSectionUpdates } from './page-sections';
import { Citations, sourcesIn } from './sources';
import { phone, useMedia } from './use-media';

// The query of a document, by the document's type.
export type QueryOf<Document> =
  Document extends TypedDocumentString<infer Data, infer Variables> ? Query<Data, Variables> : never;

interface SectionProps<Data, Variables, Part> extends Query<Data, Variables> {
  id: string;
  title: string;
  // Selects the data that this section shows; null if there are none.
  part: (data: Data) => Part | null | undefined;
  // Says what the section shows in one line; null where nothing can be said.
  answer?: (part: Part) => string | null;
  // Selects the data whose sources are cited; by default the whole part.
  cites?: (part: Part) => unknown;
  // Why there are no data. A section without data is not shown: the end of the page says this.
  empty: string | ((data: Data) => string);
  // Names the figures of the section that no role has: the end of the page lists them.
  lacks?: (part: Part) => string;
  // Whether a phone shows the section open at first.
  opened?: boolean;
  children: (part: Part) => ComponentChildren;
}

// One section of a page: a skeleton while its query runs, then the figures, with links
// to their sources and to the query. On a phone a section may be closed; searching the
// page finds its text, and links to it open it.
export function Section<Data, Variables, Part>(props: SectionProps<Data, Variables, Part>) {
  const { id, title, document, variables, state } = props;
  const part = state.status === 'loaded' ? (props.part(state.data) ?? null) : null;
  const empty =
    state.status !== 'loaded' || part !== null
      ? null
      : typeof props.empty === 'string'
        ? props.empty
        : props.empty(state.data);
  const answer = props.answer && (part === null ? null : props.answer(part));
  const sources = useSources(props, part);
  const lacks = (part !== null && props.lacks?.(part)) || '';
  const [element, open, setOpen] = useRegistered({ id, title, answer, empty, lacks, sources }, props.opened ?? false);
  const folds = useFolds();
  if (empty !== null) return <section ref={element} hidden />;
  return (
    <section id={id} ref={element} aria-labelledby={`${id}-title`} aria-busy={state.status === 'loading'}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{folds ? <Disclosure {...{ id, title, open, setOpen }} /> : title}</h2>
        {answer !== undefined && <p class="answer">{answer}</p>}
      </div>
      <div id={`${id}-body`} class="section-body" hidden={folds && !open ? 'until-found' : false}>
        {state.status === 'loading' && <Skeleton />}
        {state.status === 'failed' && <Failure {...state} />}
        {part !== null && props.children(part)}
        <p class="section-foot">
          <Citations of={sources} />
          <QueryLink document={document} variables={variables} about={title} />
        </p>
      </div>
    </section>
  );
}

// The sources of a section. They stay while other data of it load, so that the numbers
// of all sources on the page do.
function useSources<Data, Variables, Part>(
  { state, cites }: Pick<SectionProps<Data, Variables, Part>, 'state' | 'cites'>,
  part: Part | null,
): SourcePartsFragment[] {
  const last = useRef<SourcePartsFragment[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same response has the same sources.
  return useMemo(() => {
    if (state.status === 'loaded') last.current = part === null ? [] : sourcesIn(cites ? cites(part) : part);
    return last.current;
  }, [state]);
}

// Tells the page about a section, which opens when the address, or a search of the page,
// names something in it.
function useRegistered(section: Omit<PageSection, 'element' | 'open'>, opened: boolean) {
  const { id, title, answer, empty, lacks, sources } = section;
  const element = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(opened);
  const update = useSectionUpdates();
  useLayoutEffect(() => {
    if (!element.current) return;
    update(id, { id, title, answer, empty, lacks, sources, element: element.current, open: () => setOpen(true) });
  }, [update, id, title, answer, empty, lacks, sources]);
  useLayoutEffect(() => () => update(id, null), [update, id]);
  const follow = useCallback(() => {
    const target = window.document.getElementById(window.location.hash.slice(1));
    if (target && element.current?.contains(target)) setOpen(true);
  }, []);
  // What the address names may come with the figures.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new sources are new figures.
  useEffect(follow, [follow, sources]);
  useEffect(() => {
    const found = () => setOpen(true);
    element.current?.addEventListener('beforematch', found);
    window.addEventListener('hashchange', follow);
    return () => {
      element.current?.removeEventListener('beforematch', found);
      window.removeEventListener('hashchange', follow);
    };
  }, [follow]);
  return [element, open, setOpen] as const;
}

// Whether sections fold, as they do on a phone.
function useFolds(): boolean {
  const folding = useFolding();
  return useMedia(phone) && folding;
}

function Disclosure(props: { id: string; title: string; open: boolean; setOpen: (open: boolean) => void }) {
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

// Copies a query and opens it in the playground, ready to edit.
function QueryLink<Variables>(props: {
  document: TypedDocumentString<unknown, Variables>;
  variables: Variables;
  about: string;
}) {
  // Without a clipboard, the playground still opens with the query.
  const copy = () => void copyText(formatted(props.document));
  return (
    <a
      class="query"
      href={playgroundLink(props.document, props.variables)}
      target="_blank"
      rel="noopener"
      title="Copies this section’s query and opens it in the playground"
      onClick={copy}
    >
      Copy this query<span class="unseen"> for “{props.about}” (opens the playground)</span>
    </a>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" role="status">
      <span class="unseen">Loading</span>
      <i /> <i /> <i />
    </div>
  );
}

function Failure({ error, retry }: Extract<QueryState<unknown>, { status: 'failed' }>) {
  return (
    <div class="failure" role="alert">
      <p>Could not load these figures. {error.message}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
