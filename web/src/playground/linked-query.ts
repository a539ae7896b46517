// A link such as /graphql#query=...&variables=...&operationName=... opens the
// playground with that query. So does the URL of a GET request, /graphql?query=...,
// in a browser.
export interface LinkedQuery {
  query: string;
  variables: string;
  operationName: string | null;
}

export function readLinkedQuery({ hash, search }: Pick<Location, 'hash' | 'search'>): LinkedQuery | null {
  const parameters = new URLSearchParams(hash.includes('query=') ? hash.slice(1) : search);
  const query = parameters.get('query');
  // Without a query, variables and a name mean nothing.
  if (!query) return null;
  return {
    query,
    // An empty string prevents GraphiQL from filling in the visitor's variables for
    // an earlier query.
    variables: indented(parameters.get('variables') ?? ''),
    operationName: parameters.get('operationName'),
  };
}

// Indents JSON for the editor. Invalid JSON stays as it is: the editor marks its
// errors.
function indented(variables: string): string {
  try {
    return JSON.stringify(JSON.parse(variables), null, 2);
  } catch {
    return variables;
  }
}
