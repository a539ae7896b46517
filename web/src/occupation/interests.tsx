import type { OccupationWorkDocument } from '../../generated/graphql';
import { type QueryOf, Section } from '../components/section';
import { interestsOfOne } from '../format/answers';
import { formatScore, highestInterest, interestTypes } from '../format/labels';
import { Bars } from './bars';

export function Interests(query: QueryOf<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="interests"
      title="Interests"
      {...query}
      part={({ occupation }) => (occupation?.interests.length ? occupation.interests : null)}
      answer={interestsOfOne}
      empty="O*NET does not score the interests of this role as a whole."
    >
      {(interests) => (
        <>
          <Bars
            caption="How characteristic Holland’s six types are of the work (1–7)"
            columns={['Type', 'Score', 'O*NET’s high point']}
            outOf={highestInterest}
            of={interests.map(({ name, score, highPoint }) => ({
              name: `${interestTypes[name].name}: ${interestTypes[name].work}`,
              value: score,
              text: formatScore(score),
              note: highPoint && `high point ${highPoint}`,
            }))}
          />
          <p class="quiet">
            O*NET estimates the scores by machine learning and publishes no standard errors. They describe the work, not
            the people who do it.
          </p>
        </>
      )}
    </Section>
  );
}
