import { type StartingPairFragment, StartingPairsDocument } from '../../generated/graphql';
import { useAnswer } from '../api/use-answer';
import { Section } from '../parts/section';

const variables = {};

// Comparisons to begin with, each with the first sentence of its summary.
export function Pairs() {
  const asked = useAnswer(StartingPairsDocument, variables);
  return (
    <Section
      id="pairs"
      title="Pairs to start with"
      document={StartingPairsDocument}
      variables={variables}
      asked={asked}
      // What is not stored here is null.
      part={(data) => stored(Object.values(data))}
      empty="None of our pairs is stored here."
    >
      {(pairs) => (
        <ul class="pairs">
          {pairs.map(({ left, right, summary }) => (
            <li key={left.slug}>
              <a href={`/compare/${left.slug}/${right.slug}`}>
                <span class="left role">{left.title}</span> vs <span class="right role">{right.title}</span>
              </a>
              <p class="quiet">{summary[0]}</p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function stored(pairs: (StartingPairFragment | null)[]): StartingPairFragment[] | null {
  const found = pairs.filter((pair) => pair !== null);
  return found.length > 0 ? found : null;
}
