import type { CompareWorkDocument, WorkFragment } from '../../generated/graphql';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';
import { noDuties } from '../format/labels';
import type { Titles } from '../format/verdict';

export function Responsibilities({ titles, ...query }: QueryOf<typeof CompareWorkDocument> & { titles: Titles }) {
  return (
    <Section
      id="responsibilities"
      title="Duties and responsibilities"
      {...query}
      part={(data) => data.comparison}
      cites={({ left, right }) => [left.responsibilities, right.responsibilities]}
      empty="No published duties for these two roles."
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
      {duties.length === 0 && <p class="missing">{noDuties}</p>}
      <ShowMore of={duties} first={4} what={`responsibilities of ${title}`}>
        {(shown) => (
          <ul>
            {shown.map((duty) => (
              <li key={duty.text}>{duty.text}</li>
            ))}
          </ul>
        )}
      </ShowMore>
    </div>
  );
}
