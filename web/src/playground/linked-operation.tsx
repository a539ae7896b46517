/** @jsxImportSource react */

import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';

// Selects the operation that the link names, once. GraphiQL's operationName
// property would override the visitor's later choices.
export function LinkedOperation({ name }: { name: string }): null {
  const { operations, queryEditor } = useGraphiQL(pick('operations', 'queryEditor'));
  const { setOperationName } = useGraphiQLActions();
  const done = useRef(false);

  useEffect(() => {
    const start = operations?.find((operation) => operation.name?.value === name)?.loc?.start;
    const position = start === undefined ? undefined : queryEditor?.getModel()?.getPositionAt(start);
    if (done.current || !queryEditor || !position) return;
    done.current = true;
    setOperationName(name);
    // The keyboard shortcut runs the operation under the cursor.
    queryEditor.setPosition(position);
    queryEditor.revealLineNearTop(position.lineNumber);
  }, [name, operations, queryEditor, setOperationName]);

  return null;
}
