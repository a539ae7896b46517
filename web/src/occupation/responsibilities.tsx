import type { OccupationWorkDocument } from '../../generated/graphql';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';
import { noDuties } from '../format/labels';

export function Responsibilities(query: QueryOf<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="responsibilities"
      title="Duties and responsibilities"
      {...query}
      part={({ occupation }) => (occupation?.responsibilities.nodes.length ? occupation.responsibilities.nodes : null)}
      empty={noDuties}
    >
      {(duties) => (
        <ShowMore of={duties} first={6} what="responsibilities">
          {(shown) => (
            <ul>
              {shown.map((duty) => (
                <li key={duty.text}>
                  {duty.text} {duty.core === false && <small class="quiet">supplemental</small>}
                </li>
              ))}
            </ul>
          )}
        </ShowMore>
      )}
    </Section>
  );
}
