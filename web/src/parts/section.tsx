import type { ComponentChildren } from 'preact';
import type { TypedDocumentString } from '../../generated/graphql';
import { formatted, playgroundLink } from '../api/playground-link';
import type { Asked } from '../api/use-answer';
import { Sources, sourcesIn } from './sources';

// A document, what it was asked with, and what has come of that.
export interface Question<Result, Variables> {
  document: TypedDocumentString<Result, Variables>;
  variables: Variables;
  asked: Asked<Result>;
}

// The question of a document, from the document's type.
export type Shown<Document> =
  Document extends TypedDocumentString<infer Result, infer Variables> ? Question<Result, Variables> : never;

interface SectionProps<Result, Variables, Part> extends Question<Result, Variables> {
  id: string;
  title: string;
  // The part of the answer that this section shows; null where there is none.
  part: (data: Result) => Part | null | undefined;
  // What of the part comes from sources, where that is not all of it.
  cites?: (part: Part) => unknown;
  // What is said where there is nothing to show.
  empty: string;
  children: (part: Part) => ComponentChildren;
}

// One section of a page: its figures when they are there, a skeleton until
// then, and in the end where they come from and the query that fetched them.
export function Section<Result, Variables, Part>(props: SectionProps<Result, Variables, Part>) {
  const { id, title, document, variables, asked } = props;
  const part = asked.state === 'answered' ? props.part(asked.data) : null;
  return (
    <section id={id} aria-labelledby={`${id}-title`} aria-busy={asked.state === 'loading'}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <QueryLink document={document} variables={variables} about={title} />
      </div>
      {asked.state === 'loading' && <Skeleton />}
      {asked.state === 'failed' && <Failure asked={asked} />}
      {asked.state === 'answered' && (part ? props.children(part) : <p class="empty">{props.empty}</p>)}
      {part && <Sources of={sourcesIn(props.cites ? props.cites(part) : part)} />}
    </section>
  );
}

// Copies a query and opens it in the playground, where it can be changed.
function QueryLink<Variables>(props: {
  document: TypedDocumentString<unknown, Variables>;
  variables: Variables;
  about: string;
}) {
  // Pages without TLS have no clipboard; the playground has the query all the same.
  const copy = () => void navigator.clipboard?.writeText(formatted(props.document)).catch(() => undefined);
  return (
    <a
      class="query"
      href={playgroundLink(props.document, props.variables)}
      target="_blank"
      rel="noopener"
      title="Copies the query behind this section and opens it in the playground"
      onClick={copy}
    >
      Copy this query<span class="unseen"> (behind “{props.about}”; opens the playground)</span>
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

function Failure({ asked }: { asked: Extract<Asked<unknown>, { state: 'failed' }> }) {
  return (
    <div class="failure" role="alert">
      <p>These figures could not be fetched. {asked.reason.message}</p>
      <button type="button" onClick={asked.again}>
        Try again
      </button>
    </div>
  );
}
