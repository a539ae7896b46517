import type { TypedDocumentString } from '../../generated/graphql';

// An error of the server: a message for people, and a code for programs.
export interface GraphQLError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; arguments?: string[]; argument?: string };
}

// A response may be partial: a field that failed is null in the data and has an error.
export interface Result<Data> {
  data: Data;
  errors: GraphQLError[];
}

// The request failed as a whole: the server is unreachable or refused the document.
export class RequestError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

// Runs one of our documents. The server finds its text by the hash (a trusted
// document), so the request is a short GET. Browsers and proxies cache it, and
// the ETag makes a repeated request cheap.
export async function fetchDocument<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal: AbortSignal | null = null,
): Promise<Result<Data>> {
  const parameters = new URLSearchParams({
    documentId: String(document.__meta__?.['hash']),
    variables: JSON.stringify(variables),
  });
  const response = await fetch(`/graphql?${parameters}`, {
    headers: { Accept: 'application/graphql-response+json' },
    signal,
  }).catch(unreachable);
  const body = (await response.json().catch(unreachable)) as { data?: Data; errors?: GraphQLError[] };
  const errors = body.errors ?? [];
  if (!body.data) {
    throw new RequestError(errors[0]?.message ?? 'The server sent no data.', errors[0]?.extensions.code ?? 'NO_DATA');
  }
  return { data: body.data, errors };
}

function unreachable(reason: unknown): never {
  if (reason instanceof DOMException && reason.name === 'AbortError') throw reason;
  throw new RequestError('The server is unreachable.', 'UNREACHABLE');
}
