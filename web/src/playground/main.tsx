/** @jsxImportSource react */
// Loads the editor's background workers from our bundle. It must come before
// anything that starts them.
import 'graphiql/setup-workers/vite';
import './playground.css';
import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { h, render } from 'preact';
import { createRoot } from 'react-dom/client';
import { SiteHeader } from '../components/site-header';
import { EditorColors } from './editor-colors';
import { EXAMPLES_PLUGIN, isNarrow } from './examples';
import { LinkedOperation } from './linked-operation';
import { readLinkedQuery } from './linked-query';
import { PlainTabs } from './plain-tabs';
import { Share } from './share';
import { paintPlayground } from './site-colors';
import { welcomeQuery } from './welcome-query';

const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  // The server does not support incremental delivery. Enabling it would also
  // replace the Accept header, which prefers application/graphql-response+json.
  enableIncrementalDelivery: false,
});

const plugins = [EXAMPLES_PLUGIN, HISTORY_PLUGIN];

// Returns the plugin to show next to the editor, if any.
function firstPlugin(linked: boolean) {
  // The other pages link to the schema's documentation as /graphql?explore.
  if (new URLSearchParams(window.location.search).has('explore')) return DOC_EXPLORER_PLUGIN;
  // GraphiQL stores the tabs of a visitor.
  const returns = window.localStorage.getItem('graphiql:tabState') !== null;
  return linked || returns || isNarrow() ? null : EXAMPLES_PLUGIN;
}

function Playground() {
  const linked = readLinkedQuery(window.location);
  const plugin = firstPlugin(linked !== null);
  return (
    <GraphiQL
      fetcher={fetcher}
      // Open tabs of a returning visitor take precedence over the default query;
      // the query of a link opens in a new tab in front of them.
      defaultQuery={welcomeQuery}
      {...(linked && { initialQuery: linked.query, initialVariables: linked.variables })}
      plugins={plugins}
      {...(plugin && { visiblePlugin: plugin })}
      inputValueDeprecation
      schemaDescription
    >
      {/* The site's header has the name. */}
      <GraphiQL.Logo> </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <Share />
          </>
        )}
      </GraphiQL.Toolbar>
      <EditorColors />
      <PlainTabs />
      {linked?.operationName && <LinkedOperation name={linked.operationName} />}
    </GraphiQL>
  );
}

const container = document.getElementById('page');
if (!container) throw new Error('The document has no element with the id "page".');
const [header, main] = [document.createElement('div'), document.createElement('main')];
const [heading, editor] = [document.createElement('h1'), document.createElement('div')];
heading.className = 'unseen';
heading.textContent = 'GraphQL playground';
editor.id = 'playground';
main.append(heading, editor);
container.append(header, main);
paintPlayground();
// The site's header is a Preact component, and GraphiQL a React one.
render(h(SiteHeader, null), header);
createRoot(editor).render(<Playground />);

// A link that is opened in the playground itself only changes the fragment.
window.addEventListener('hashchange', () => {
  if (readLinkedQuery(window.location)) window.location.reload();
});
