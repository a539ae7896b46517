/** @jsxImportSource react */
// Takes the editor's background workers from our own bundle, since the editor
// cannot find them by itself. It must come before anything that starts them.
import 'graphiql/setup-workers/vite';
import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { LinkedOperation } from './linked-operation';
import { readLinkedQuery } from './linked-query';
import { welcomeQuery } from './welcome-query';

const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  // The server never answers in parts. Asking for parts would also replace the
  // Accept header that names application/graphql-response+json first.
  enableIncrementalDelivery: false,
});

function Playground() {
  const linked = readLinkedQuery(window.location.search);
  // The other pages link to the schema's documentation as /graphql?explore.
  const explores = new URLSearchParams(window.location.search).has('explore');
  return (
    <GraphiQL
      fetcher={fetcher}
      // The default yields to the tabs that a returning visitor left open;
      // the initial query of a link comes before them, in a tab of its own.
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

const container = document.getElementById('playground');
if (!container) throw new Error('The page has no element with the id "playground".');
createRoot(container).render(<Playground />);
