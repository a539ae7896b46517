import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './generated/schema.js';

// Types documents by the schema. `npm run build` writes generated/schema.ts from schema.graphql.
export const graphql = initGraphQLTada<{
  introspection: typeof introspection;
  scalars: { Date: string; URL: string };
}>();
