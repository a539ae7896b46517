import { useEffect, useState } from 'preact/hooks';
import type { TypedDocumentString } from '../../generated/graphql';
import { fetchDocument, RequestError } from './fetch-document';

export type Pages<Node> =
  | { status: 'loading' }
  | { status: 'failed'; error: RequestError; retry: () => void }
  | { status: 'loaded'; nodes: Node[] };

interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

// A document that asks for a page of a list, after the cursor of its variables.
export interface Paged<Data, Variables, Node> {
  document: TypedDocumentString<Data, Variables>;
  variables: Variables;
  pageOf: (data: Data) => Page<Node> | null | undefined;
}

// Loads all nodes of a list once they are wanted, page by page.
export function usePages<Data, Variables extends { after?: string | null | undefined }, Node>(
  { document, variables, pageOf }: Paged<Data, Variables, Node>,
  wanted: boolean,
): Pages<Node> {
  const [state, setState] = useState<Pages<Node>>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // Objects with the same content are the same variables.
  const encoded = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt sends the same requests again.
  useEffect(() => {
    setState({ status: 'loading' });
    if (!wanted) return;
    const request = new AbortController();
    const load = async () => {
      const nodes: Node[] = [];
      let next = JSON.parse(encoded) as Variables | null;
      while (next) {
        const { data, errors } = await fetchDocument(document, next, request.signal);
        const page = pageOf(data);
        if (!page) throw new RequestError(errors[0]?.message ?? 'The server sent no list.', 'NO_DATA');
        nodes.push(...page.nodes);
        next = page.pageInfo.hasNextPage ? { ...next, after: page.pageInfo.endCursor } : null;
      }
      return nodes;
    };
    load().then(
      (nodes) => setState({ status: 'loaded', nodes }),
      (error: unknown) => {
        if (request.signal.aborted) return;
        if (!(error instanceof RequestError)) throw error;
        setState({ status: 'failed', error, retry: () => setAttempt((count) => count + 1) });
      },
    );
    return () => request.abort();
  }, [document, encoded, wanted, attempt]);
  return state;
}
