import type { CompareWorkDocument, InterestName, InterestPartsFragment } from '../../generated/graphql';
import { type DumbbellRow, Dumbbells } from '../components/dumbbells';
import { type QueryOf, Section } from '../components/section';
import { interestsAnswer } from '../format/answers';
import { formatScore, highestInterest, interestNames, interestTypes, lowestInterest } from '../format/labels';
import type { Titles } from '../format/verdict';

export function Interests({ titles, ...query }: QueryOf<typeof CompareWorkDocument> & { titles: Titles }) {
  return (
    <Section
      id="interests"
      title="Interests"
      {...query}
      part={({ comparison }) => comparison?.interests}
      answer={(interests) => interestsAnswer(interests, titles)}
      empty="O*NET does not score the interests of these two roles as a whole."
    >
      {({ left, right, correlation, note }) => (
        <>
          {correlation !== null && (
            <p class="lead">
              The correlation of the two profiles is <b>{correlation.toFixed(2)}</b>: 1 is the same shape, 0 no
              relation, −1 the opposite.
            </p>
          )}
          <Dumbbells
            caption="How characteristic Holland’s six types are of the work (1–7)"
            heading="Type"
            rows={interestNames.map((name) => pairOf(name, left, right))}
            titles={titles}
            from={lowestInterest}
            to={highestInterest}
            format={formatScore}
          />
          <ul class="quiet">
            {left.length > 0 && <HighPoints title={titles.left} of={left} />}
            {right.length > 0 && <HighPoints title={titles.right} of={right} />}
          </ul>
          <p class="quiet">{note}</p>
        </>
      )}
    </Section>
  );
}

function pairOf(name: InterestName, left: InterestPartsFragment[], right: InterestPartsFragment[]): DumbbellRow {
  const scores = { left: scoreOf(left, name), right: scoreOf(right, name) };
  const points = scores.left === null || scores.right === null ? null : scores.left - scores.right;
  return { name: interestTypes[name].name, note: interestTypes[name].work, ...scores, points };
}

const scoreOf = (scores: InterestPartsFragment[], name: string): number | null =>
  scores.find((one) => one.name === name)?.score ?? null;

function HighPoints({ title, of }: { title: string; of: InterestPartsFragment[] }) {
  const marked = of.filter(({ highPoint }) => highPoint !== null).map(({ name }) => interestTypes[name].name);
  return (
    <li>
      Most characteristic of {title} by O*NET: {marked.join(', ')}.
    </li>
  );
}
