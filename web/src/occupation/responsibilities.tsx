import type { DutiesFragment, OccupationWorkDocument } from '../../generated/graphql';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';

export function Responsibilities(query: QueryOf<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="responsibilities"
      title="Responsibilities"
      {...query}
      part={({ occupation }) => occupation}
      cites={({ cited, citedTasks }) => [cited, citedTasks]}
      empty="This role does not exist."
    >
      {({ responsibilities, tasks }) => (
        <>
          <Duties of={responsibilities} first={8} what="responsibilities" />
          {tasks.nodes.length > 0 && (
            <>
              <h3>Tasks in O*NET’s words</h3>
              <Duties of={tasks} first={6} what="tasks" />
            </>
          )}
        </>
      )}
    </Section>
  );
}

function Duties({ of, first, what }: { of: DutiesFragment; first: number; what: string }) {
  return (
    <ShowMore of={of.nodes} first={first} what={what}>
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
