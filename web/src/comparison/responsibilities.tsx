import type { CompareWorkDocument, WorkFragment } from '../../generated/graphql';
import { Beginning } from '../parts/beginning';
import { Section, type Shown } from '../parts/section';
import type { Titles } from '../words/verdict';

export function Responsibilities({ titles, ...shown }: Shown<typeof CompareWorkDocument> & { titles: Titles }) {
  return (
    <Section
      id="responsibilities"
      title="Duties and responsibilities"
      {...shown}
      part={(data) => data.comparison}
      cites={({ left, right }) => [left.responsibilities, right.responsibilities]}
      empty="Nobody publishes what these two do."
    >
      {({ left, right }) => (
        <div class="pair">
          <Duties of={left} side="left" title={titles.left} />
          <Duties of={right} side="right" title={titles.right} />
        </div>
      )}
    </Section>
  );
}

function Duties({ of, side, title }: { of: WorkFragment; side: 'left' | 'right'; title: string }) {
  const duties = of.responsibilities.nodes;
  return (
    <div>
      <h3 class={`${side} role`}>{title}</h3>
      {duties.length === 0 && (
        <p class="missing">
          None are stored: O*NET’s task statements can be imported and are not part of the embedded data.
        </p>
      )}
      <Beginning of={duties} first={4} what={`responsibilities of ${title}`}>
        {(shownOnes) => (
          <ul>
            {shownOnes.map((duty) => (
              <li key={duty.text}>{duty.text}</li>
            ))}
          </ul>
        )}
      </Beginning>
    </div>
  );
}
