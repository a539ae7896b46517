// A link such as /graphql?query=...&variables=...&operationName=... opens the
// playground with that query, which lets documents and colleagues point at one.
export interface LinkedQuery {
  query: string;
  variables: string;
  operationName: string | null;
}

export function readLinkedQuery(search: string): LinkedQuery | null {
  const parameters = new URLSearchParams(search);
  const query = parameters.get('query');
  // Variables or a name alone have nothing to belong to.
  if (!query) return null;
  return {
    query,
    // An empty text, rather than none, keeps GraphiQL from filling in the
    // variables that the visitor typed for some other query.
    variables: indented(parameters.get('variables') ?? ''),
    operationName: parameters.get('operationName'),
  };
}

// Links carry JSON without line breaks, which is hard to read in an editor.
// What is not JSON is shown as it came: the editor marks what is wrong with it.
function indented(variables: string): string {
  try {
    return JSON.stringify(JSON.parse(variables), null, 2);
  } catch {
    return variables;
  }
}
