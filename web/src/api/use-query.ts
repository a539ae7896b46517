import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TypedDocumentString } from '../../generated/graphql';
import { fetchDocument, RequestError, type Result } from './fetch-document';
import { answerInPage } from './page-data';

export type QueryState<Data> =
  | { status: 'loading' }
  | { status: 'failed'; error: RequestError; retry: () => void }
  // Stale where it is the answer to earlier variables.
  | ({ status: 'loaded'; stale?: boolean } & Result<Data>);

// A document, its variables, and the state of its request.
export interface Query<Data, Variables> {
  document: TypedDocumentString<Data, Variables>;
  variables: Variables;
  state: QueryState<Data>;
}

const loading = { status: 'loading' } as const;

// Runs a document when a component appears and when its variables change, unless
// the page came with the answer. Responses to earlier variables are dropped. What
// is not wanted is not requested.
export function useQuery<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  wanted = true,
): Query<Data, Variables> {
  // Objects with the same content are the same variables.
  const encoded = JSON.stringify(variables);
  const [attempt, setAttempt] = useState(0);
  const present = answerInPage(document, encoded) ?? loading;
  // The state of these variables: no rendering shows the answer to others as theirs.
  const [held, setHeld] = useState<{ encoded: string; state: QueryState<Data> }>({ encoded, state: present });
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt sends the same request again.
  useEffect(() => {
    const setState = (state: QueryState<Data>) => setHeld({ encoded, state });
    setState(present);
    if (!wanted || present !== loading) return;
    const request = new AbortController();
    fetchDocument(document, JSON.parse(encoded) as Variables, request.signal).then(
      (result) => setState({ status: 'loaded', ...result }),
      (error: unknown) => {
        if (request.signal.aborted) return;
        if (!(error instanceof RequestError)) throw error;
        setState({ status: 'failed', error, retry });
      },
    );
    return () => request.abort();
  }, [document, encoded, attempt, retry, wanted]);

  return { document, variables, state: held.encoded === encoded ? held.state : present };
}

// Keeps the last answer while the answer to other variables loads. What shows it
// must take the names of areas and the like from the answer, too.
export function useLast<Data, Variables>(query: Query<Data, Variables>): Query<Data, Variables> {
  const { state } = query;
  const last = useRef(state);
  if (state.status !== 'loading') last.current = state;
  const { current } = last;
  const shown = useMemo(
    () => (state.status === 'loading' && current.status === 'loaded' ? { ...current, stale: true } : state),
    [state, current],
  );
  return { ...query, state: shown };
}

export const isBusy = (state: QueryState<unknown>): boolean =>
  state.status === 'loading' || (state.status === 'loaded' && state.stale === true);

// The data of a query, once they are there.
export const loaded = <Data>({ state }: { state: QueryState<Data> }): Data | null =>
  state.status === 'loaded' ? state.data : null;
