/** @jsxImportSource react */
// Loads the editor's background workers from our bundle. It must come before
// anything that starts them.
import 'graphiql/setup-workers/vite';
import './playground.css';
import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { LinkedOperation } from './linked-operation';
import { readLinkedQuery } from './linked-query';
import { welcomeQuery } from './welcome-query';

const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  // The server does not support incremental delivery. Enabling it would also
  // replace the Accept header, which prefers application/graphql-response+json.
  enableIncrementalDelivery: false,
});

function Playground() {
  const linked = readLinkedQuery(window.location.search);
  // The other pages link to the schema's documentation as /graphql?explore.
  const explores = new URLSearchParams(window.location.search).has('explore');
  return (
    <GraphiQL
      fetcher={fetcher}
      // Open tabs of a returning visitor take precedence over the default query;
      // the query of a link opens in a new tab in front of them.
      defaultQuery={welcomeQuery}
      {...(linked && { initialQuery: linked.query, initialVariables: linked.variables })}
      {...(explores && { visiblePlugin: DOC_EXPLORER_PLUGIN })}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>Rolegraph</GraphiQL.Logo>
      {linked?.operationName && <LinkedOperation name={linked.operationName} />}
    </GraphiQL>
  );
}

const container = document.getElementById('page');
if (!container) throw new Error('The document has no element with the id "page".');
createRoot(container).render(
  <main id="playground">
    <Playground />
  </main>,
);
