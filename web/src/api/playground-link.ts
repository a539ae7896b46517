import type { TypedDocumentString } from '../../generated/graphql';

// Returns the address of the playground with a document and its variables.
export function playgroundLink<Variables>(
  document: TypedDocumentString<unknown, Variables>,
  variables: Variables,
): string {
  return `/graphql?${new URLSearchParams({ query: formatted(document), variables: JSON.stringify(variables) })}`;
}

// Removes the indentation that the generator adds to each definition's first line.
export function formatted(document: TypedDocumentString<unknown, never>): string {
  return document
    .toString()
    .replaceAll(/^ {4}(?=(?:query|fragment) )/gm, '')
    .trim();
}
