import type { OccupationWorkDocument } from '../../generated/graphql';
import { Beginning } from '../parts/beginning';
import { Section, type Shown } from '../parts/section';

export function Responsibilities(shown: Shown<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="responsibilities"
      title="Duties and responsibilities"
      {...shown}
      part={({ occupation }) => (occupation?.responsibilities.nodes.length ? occupation.responsibilities.nodes : null)}
      empty="None are stored: O*NET’s task statements can be imported and are not part of the embedded data."
    >
      {(duties) => (
        <Beginning of={duties} first={6} what="responsibilities">
          {(shownOnes) => (
            <ul>
              {shownOnes.map((duty) => (
                <li key={duty.text}>
                  {duty.text} {duty.core === false && <small class="quiet">supplemental</small>}
                </li>
              ))}
            </ul>
          )}
        </Beginning>
      )}
    </Section>
  );
}
