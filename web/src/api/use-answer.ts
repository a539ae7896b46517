import { useCallback, useEffect, useState } from 'preact/hooks';
import type { TypedDocumentString } from '../../generated/graphql';
import { type Answer, ask, NoAnswer } from './ask';

export type Asked<Result> =
  | { state: 'loading' }
  | { state: 'failed'; reason: NoAnswer; again: () => void }
  | ({ state: 'answered' } & Answer<Result>);

// Asks a document when a component appears and whenever its variables change,
// and drops the answers to what is no longer asked.
export function useAnswer<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Asked<Result> {
  const question = JSON.stringify(variables);
  const [attempt, setAttempt] = useState(0);
  const [asked, setAsked] = useState<Asked<Result>>({ state: 'loading' });
  const again = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    const dropped = new AbortController();
    setAsked({ state: 'loading' });
    ask(document, JSON.parse(question) as Variables, dropped.signal).then(
      (answer) => setAsked({ state: 'answered', ...answer }),
      (reason: unknown) => {
        if (dropped.signal.aborted) return;
        if (!(reason instanceof NoAnswer)) throw reason;
        setAsked({ state: 'failed', reason, again });
      },
    );
    return () => dropped.abort();
  }, [document, question, attempt, again]);

  return asked;
}
