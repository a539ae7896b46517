/** @jsxImportSource react */

import { pick, ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { playgroundAddress } from '../api/playground-link';
import { copyText } from '../components/copy-text';

// Copies a link that opens the playground with the query, the variables and the
// selected operation. Request headers may be secret and are left out.
export function Share() {
  const { queryEditor, variableEditor, operations, operationName } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'operations', 'operationName'),
  );
  const [status, setStatus] = useState('');

  const share = async () => {
    setStatus('');
    const [query, variables] = [queryEditor, variableEditor].map((editor) => editor?.getValue().trim() ?? '');
    if (!query) return setStatus('Nothing to share: the editor is empty.');
    const link = playgroundAddress({
      query,
      ...(variables && { variables }),
      ...(operationName && operations && operations.length > 1 && { operationName }),
    });
    // The visitor can copy it from there where the clipboard is not allowed.
    window.history.replaceState(null, '', link);
    setStatus((await copyText(window.location.href)) ? 'Link copied.' : 'Copy the link from the address bar.');
    setTimeout(() => setStatus(''), 5000);
  };

  return (
    <>
      <ToolbarButton label="Copy a link to this query" onClick={() => void share()}>
        <svg
          className="graphiql-toolbar-icon"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          aria-hidden="true"
        >
          <path d="M10 14a4 4 0 0 0 5.7 0l4-4A4 4 0 0 0 14 4.3l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-4 4a4 4 0 0 0 5.7 5.7l1.2-1.2" />
        </svg>
      </ToolbarButton>
      <p className="shared" role="status">
        {status}
      </p>
    </>
  );
}
