import type { DutiesFragment, OccupationWorkDocument } from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';
import { plural } from '../format/numbers';

export function Responsibilities(query: QueryOf<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="responsibilities"
      title="Responsibilities"
      {...query}
      part={({ occupation }) => occupation}
      answer={({ responsibilities }) => plural(nodesOf(responsibilities).length, 'responsibility', 'responsibilities')}
      cites={({ cited, citedTasks }) => [cited, citedTasks]}
      empty="This role does not exist."
    >
      {({ responsibilities, tasks }) => (
        <>
          <Duties of={nodesOf(responsibilities)} first={8} what="responsibilities" />
          {nodesOf(tasks).length > 0 && (
            <>
              <h3>Tasks in O*NET’s words</h3>
              <Duties of={nodesOf(tasks)} first={6} what="tasks" />
            </>
          )}
        </>
      )}
    </Section>
  );
}

function Duties({ of, first, what }: { of: DutiesFragment['nodes']; first: number; what: string }) {
  return (
    <ShowMore of={of} first={first} what={what}>
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
  );
}
