// Run it in the root of the checkout: docs/clients/node_modules/.bin/eslint --config docs/clients/eslint.config.js
import plugin from '@graphql-eslint/eslint-plugin';

const project = (documents) => ({ schema: 'schema.graphql', documents });

const graphql = {
  plugins: { '@graphql-eslint': plugin },
  languageOptions: {
    parser: plugin.parser,
    parserOptions: {
      graphQLConfig: {
        projects: {
          pages: project('web/src/**/*.graphql'),
          examples: project('docs/clients/documents.ts'),
          python: project('docs/clients/ariadne-codegen/queries.graphql'),
        },
      },
    },
  },
};
const operations = plugin.configs['flat/operations-recommended'].rules;

export default [
  {
    files: ['schema.graphql'],
    ...graphql,
    rules: plugin.configs['flat/schema-relay'].rules,
  },
  {
    files: ['docs/clients/documents.ts'],
    processor: plugin.processor,
  },
  {
    files: ['docs/clients/documents.ts/*.graphql'],
    ...graphql,
    rules: operations,
  },
  {
    files: ['web/src/**/*.graphql', 'docs/clients/ariadne-codegen/queries.graphql'],
    ...graphql,
    // These clients have no normalized cache, so they request no ids for one.
    rules: { ...operations, '@graphql-eslint/require-selections': 'off' },
  },
];
