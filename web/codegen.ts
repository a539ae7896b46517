import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  // The committed schema, so the build needs no server.
  schema: '../schema.graphql',
  documents: ['src/**/*.graphql'],
  generates: {
    './generated/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        // Each document has its hash, and the manifest maps hashes to documents:
        // requests send the hash only.
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'embedHashInDocument' },
      },
      config: {
        // The pages need a document's text and type, but not its AST.
        documentMode: 'string',
        // Lets the bundler drop the documents that a page does not use.
        pureMagicComment: true,
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { Date: 'string', ID: 'string', URL: 'string' },
        strictScalars: true,
        skipTypename: true,
      },
    },
  },
};

export default config;
