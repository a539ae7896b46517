import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SourcePartsFragment, TypedDocumentString } from '../../generated/graphql';
import { formatted, playgroundLink } from '../api/playground-link';
import { isBusy, type Query } from '../api/use-query';
import { copyText } from './copy-text';
import { Disclosure, useOpening } from './disclosure';
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
  // Its line is left out where nothing can be said.
  const answer = props.answer && (part === null ? null : (props.answer(part) ?? undefined));
  const sources = useSources(props, part);
  const lacks = (part !== null && props.lacks?.(part)) || '';
  const [element, open, setOpen] = useRegistered(
    { id, title, answer, empty, lacks, sources, failure: state.status === 'failed' ? state : null },
    props.opened ?? false,
  );
  const folds = useFolds();
  if (empty !== null) return <section ref={element} hidden />;
  return (
    <section id={id} ref={element} aria-labelledby={`${id}-title`} aria-busy={isBusy(state)}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{folds ? <Disclosure {...{ id, title, open, setOpen }} /> : title}</h2>
        {answer !== undefined && <p class="answer">{answer}</p>}
      </div>
      <div id={`${id}-body`} class="section-body" hidden={folds && !open ? 'until-found' : false}>
        {state.status === 'loading' && <Skeleton />}
        {state.status === 'failed' && <p class="failure">Could not load these figures.</p>}
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

// Tells the page about a section.
export function useRegistered(section: Omit<PageSection, 'element' | 'open'>, opened: boolean) {
  const { id, title, answer, empty, lacks, sources, failure } = section;
  const element = useRef<HTMLElement>(null);
  const [open, setOpen] = useOpening(element, opened, sources);
  const update = useSectionUpdates();
  useLayoutEffect(() => {
    if (!element.current) return;
    const of = { id, title, answer, empty, lacks, sources, failure };
    update(id, { ...of, element: element.current, open: () => setOpen(true) });
  }, [update, id, title, answer, empty, lacks, sources, failure, setOpen]);
  useLayoutEffect(() => () => update(id, null), [update, id]);
  return [element, open, setOpen] as const;
}

// Whether sections fold, as they do on a phone.
function useFolds(): boolean {
  const folding = useFolding();
  return useMedia(phone) && folding;
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
    <div class="skeleton">
      <span class="unseen">Loading</span>
      <i /> <i /> <i />
    </div>
  );
}
