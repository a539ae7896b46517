import type { OccupationWorkDocument } from '../../generated/graphql';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';
import { count, plural } from '../format/numbers';

export function AlternateTitles(query: QueryOf<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="names"
      title="Alternate titles"
      {...query}
      part={({ occupation }) => (occupation?.alternateTitles?.nodes.length ? occupation.alternateTitles : null)}
      answer={({ totalCount }) => plural(totalCount, 'title')}
      empty="No alternate titles for this role."
    >
      {({ nodes, totalCount }) => (
        <>
          <ShowMore of={nodes} first={24} what="titles">
            {(titles) => (
              <ul class="names">
                {titles.map(({ title }) => (
                  <li key={title}>{title}</li>
                ))}
              </ul>
            )}
          </ShowMore>
          {totalCount > nodes.length && (
            <p class="quiet">
              The first {count(nodes.length)} of {count(totalCount)} titles. Search finds all of them.
            </p>
          )}
        </>
      )}
    </Section>
  );
}
