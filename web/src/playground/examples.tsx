/** @jsxImportSource react */

import { type GraphiQLPlugin, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { welcomeQuery } from './welcome-query';

// The queries of web/examples, in the order of their files. The first line of each
// is a comment with the question that it answers.
const files = import.meta.glob<string>('../../examples/*.graphql', { query: '?raw', import: 'default', eager: true });
const examples = Object.entries(files)
  .toSorted(([one], [other]) => one.localeCompare(other))
  .map(([, query]) => ({ query, question: query.slice(2, query.indexOf('\n')), name: nameOf(query) }));

function nameOf(query: string): string {
  return /^query (\w+)/m.exec(query)?.[1] ?? '';
}

// What the visitor has not written may be replaced.
const ours = new Set(['', welcomeQuery, ...examples.map(({ query }) => query)]);

// Whether the screen has no room next to the editor, as in playground.css.
export const isNarrow = (): boolean => window.matchMedia('(width < 45rem)').matches;

// A list of questions. A click on one runs its query.
function Examples() {
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  const { addTab, run, setOperationName, setVisiblePlugin } = useGraphiQLActions();
  const open = (query: string, name: string) => {
    if (!queryEditor) return;
    if (!ours.has(queryEditor.getValue())) addTab();
    queryEditor.setValue(query);
    variableEditor?.setValue('');
    // The editor's operations are only read after a pause.
    setOperationName(name);
    void run();
    // On a phone, the list covers the editor.
    if (isNarrow()) setVisiblePlugin(null);
  };
  return (
    <section aria-label="Examples" className="examples">
      <h2>Examples</h2>
      <p>Choose a question to run its query. Then change a name, a place or a field.</p>
      <ul>
        {examples.map(({ query, question, name }) => (
          <li key={name}>
            <button type="button" onClick={() => open(query, name)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
      <path d="M9 9.2a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2.1M12 17v.2" strokeLinecap="round" />
      <circle cx="12" cy="12" r="9.5" />
    </svg>
  );
}

export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', icon: Icon, content: Examples };
