import type { TypedDocumentString } from '../../generated/graphql';

// What a link to the playground opens.
export interface PlaygroundContent {
  query: string;
  variables?: string;
  operationName?: string;
}

// Returns the address of the playground with a query. It is in the fragment, which
// browsers do not send: queries of any length fit, and no log has them.
export function playgroundAddress(content: PlaygroundContent): string {
  return `/graphql#${new URLSearchParams({ ...content })}`;
}

// Returns the address of the playground with a document and its variables.
export function playgroundLink<Variables>(
  document: TypedDocumentString<unknown, Variables>,
  variables: Variables,
): string {
  return playgroundAddress({ query: formatted(document), variables: JSON.stringify(variables) });
}

// Removes the indentation that the generator adds to each definition's first line.
export function formatted(document: TypedDocumentString<unknown, never>): string {
  return document
    .toString()
    .replaceAll(/^ {4}(?=(?:query|fragment) )/gm, '')
    .trim();
}
