import { type ExampleComparisonFragment, ExampleComparisonsDocument } from '../../generated/graphql';
import { useQuery } from '../api/use-query';
import { Section } from '../components/section';

const variables = {};

// Comparisons to start with, each with the first sentence of its summary.
export function Examples() {
  const query = useQuery(ExampleComparisonsDocument, variables);
  return (
    <Section
      id="examples"
      title="Example comparisons"
      {...query}
      part={(data) => known(Object.values(data))}
      empty="The example occupations are not in this database."
    >
      {(examples) => (
        <ul class="examples">
          {examples.map(({ left, right, summary }) => (
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

// A comparison of occupations that the database does not have is null.
function known(examples: (ExampleComparisonFragment | null)[]): ExampleComparisonFragment[] | null {
  const found = examples.filter((example) => example !== null);
  return found.length > 0 ? found : null;
}
