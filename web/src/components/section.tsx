import type { ComponentChildren } from 'preact';
import type { TypedDocumentString } from '../../generated/graphql';
import { formatted, playgroundLink } from '../api/playground-link';
import type { Query, QueryState } from '../api/use-query';
import { copyText } from './copy-text';
import { Sources, sourcesIn } from './sources';

// The query of a document, by the document's type.
export type QueryOf<Document> =
  Document extends TypedDocumentString<infer Data, infer Variables> ? Query<Data, Variables> : never;

interface SectionProps<Data, Variables, Part> extends Query<Data, Variables> {
  id: string;
  title: string;
  // Selects the data that this section shows; null if there are none.
  part: (data: Data) => Part | null | undefined;
  // Selects the data whose sources are listed; by default the whole part.
  cites?: (part: Part) => unknown;
  // The text to show without data.
  empty: string;
  children: (part: Part) => ComponentChildren;
}

// One section of a page: a skeleton while its query runs, then the figures,
// their sources, and a link to the query.
export function Section<Data, Variables, Part>(props: SectionProps<Data, Variables, Part>) {
  const { id, title, document, variables, state } = props;
  const part = state.status === 'loaded' ? props.part(state.data) : null;
  return (
    <section id={id} aria-labelledby={`${id}-title`} aria-busy={state.status === 'loading'}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <QueryLink document={document} variables={variables} about={title} />
      </div>
      {state.status === 'loading' && <Skeleton />}
      {state.status === 'failed' && <Failure {...state} />}
      {state.status === 'loaded' && (part ? props.children(part) : <p class="empty">{props.empty}</p>)}
      {part && <Sources of={sourcesIn(props.cites ? props.cites(part) : part)} />}
    </section>
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
