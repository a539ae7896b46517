import { OccupationTitlesDocument, type OccupationWorkDocument } from '../../generated/graphql';
import { LongList } from '../components/long-list';
import { type QueryOf, Section } from '../components/section';
import { plural } from '../format/numbers';

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
      {({ nodes, totalCount, pageInfo }) => (
        <LongList
          of={nodes}
          total={totalCount}
          first={24}
          one="title"
          many="titles"
          textOf={({ title }) => title}
          rest={{
            document: OccupationTitlesDocument,
            variables: { ...query.variables, after: pageInfo.endCursor },
            pageOf: ({ occupation }) => occupation?.alternateTitles,
          }}
        >
          {(titles) => (
            <ul class="names">
              {titles.map(({ title }) => (
                <li key={title}>{title}</li>
              ))}
            </ul>
          )}
        </LongList>
      )}
    </Section>
  );
}
