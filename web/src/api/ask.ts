import type { TypedDocumentString } from '../../generated/graphql';

// What the server says is wrong: its words, and a code for programs to go by.
export interface GraphQLProblem {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; arguments?: string[]; argument?: string };
}

// An answer may be there in part: what failed is null in the data, and listed.
export interface Answer<Result> {
  data: Result;
  problems: GraphQLProblem[];
}

// There is no answer: the server is away, or refused to run the document.
export class NoAnswer extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

// Asks the server one document of ours. The server knows its text by the hash
// (a trusted document), so that the request is a short GET that browsers and
// proxies keep, and that costs nothing but a look where its ETag still holds.
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal: AbortSignal | null = null,
): Promise<Answer<Result>> {
  const parameters = new URLSearchParams({
    documentId: String(document.__meta__?.['hash']),
    variables: JSON.stringify(variables),
  });
  const response = await fetch(`/graphql?${parameters}`, {
    headers: { Accept: 'application/graphql-response+json' },
    signal,
  }).catch(unreachable);
  const body = (await response.json().catch(unreachable)) as { data?: Result; errors?: GraphQLProblem[] };
  const problems = body.errors ?? [];
  if (!body.data) {
    throw new NoAnswer(problems[0]?.message ?? 'The server gave no data.', problems[0]?.extensions.code ?? 'NO_DATA');
  }
  return { data: body.data, problems };
}

function unreachable(reason: unknown): never {
  if (reason instanceof DOMException && reason.name === 'AbortError') throw reason;
  throw new NoAnswer('The server can’t be reached.', 'UNREACHABLE');
}
