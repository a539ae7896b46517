import type { TypedDocumentString } from '../../generated/graphql';

// The playground's address with a document of ours and the variables that it
// was asked with, ready to run and to change.
export function playgroundLink<Variables>(
  document: TypedDocumentString<unknown, Variables>,
  variables: Variables,
): string {
  return `/graphql?${new URLSearchParams({ query: formatted(document), variables: JSON.stringify(variables) })}`;
}

// The generator indents the first line of each definition as if it stood in code.
export function formatted(document: TypedDocumentString<unknown, never>): string {
  return document
    .toString()
    .replaceAll(/^ {4}(?=(?:query|fragment) )/gm, '')
    .trim();
}
