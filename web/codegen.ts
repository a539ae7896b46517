import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  // The schema as committed, so that the pages are built without a server.
  schema: '../schema.graphql',
  documents: ['src/**/*.graphql'],
  generates: {
    './generated/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        // Each document carries its hash, and the manifest tells the server
        // which document that is: requests name it and need not send it.
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'embedHashInDocument' },
      },
      config: {
        // The pages need a document's text and its type, and never its tree.
        documentMode: 'string',
        // A page is built with the documents that it asks and no others.
        pureMagicComment: true,
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { Date: 'string', ID: 'string' },
        strictScalars: true,
        skipTypename: true,
      },
    },
  },
};

export default config;
