import { useEffect, useState } from 'preact/hooks';
import { CompareMetrosDocument, type PlaceGapFragment } from '../../generated/graphql';
import { fetchDocument, RequestError } from '../api/fetch-document';
import { type Gap, gapsOf } from '../components/charts/gaps';

export type Metros =
  | { status: 'loading' }
  | { status: 'failed'; error: RequestError; retry: () => void }
  | { status: 'loaded'; places: Gap[] };

// Loads the medians of both roles in all metropolitan areas once they are wanted, page by page.
export function useMetros(left: string, right: string, wanted: boolean): Metros {
  const [state, setState] = useState<Metros>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt sends the same requests again.
  useEffect(() => {
    setState({ status: 'loading' });
    if (!wanted) return;
    const request = new AbortController();
    pages(left, right, request.signal).then(
      (places) => setState({ status: 'loaded', places: gapsOf(places) }),
      (error: unknown) => {
        if (request.signal.aborted) return;
        if (!(error instanceof RequestError)) throw error;
        setState({ status: 'failed', error, retry: () => setAttempt((count) => count + 1) });
      },
    );
    return () => request.abort();
  }, [left, right, wanted, attempt]);
  return state;
}

async function pages(left: string, right: string, signal: AbortSignal): Promise<PlaceGapFragment[]> {
  const places: PlaceGapFragment[] = [];
  let after: string | null = null;
  do {
    const page = await pageAfter(after, left, right, signal);
    places.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return places;
}

async function pageAfter(after: string | null, left: string, right: string, signal: AbortSignal) {
  const { data, errors } = await fetchDocument(CompareMetrosDocument, { left, right, after }, signal);
  const page = data.comparison?.places.areas;
  if (!page) throw new RequestError(errors[0]?.message ?? 'The server sent no list.', 'NO_DATA');
  return page;
}
