import type { ComparePeopleDocument, DistributionPartsFragment } from '../../generated/graphql';
import { DifferenceRow, RoleTable } from '../components/difference-table';
import { type QueryOf, Section } from '../components/section';
import { ShareBars } from '../components/share-bars';
import { overlappingRaces } from '../format/labels';
import { percent } from '../format/numbers';
import type { Titles } from '../format/verdict';
import { AgeRow } from './age';

export function Demographics({ titles, ...query }: QueryOf<typeof ComparePeopleDocument> & { titles: Titles }) {
  return (
    <Section
      id="demographics"
      title="Demographics"
      {...query}
      part={({ comparison }) => (comparison?.demographics ? { ...comparison, people: comparison.demographics } : null)}
      cites={({ left, right }) => [left.demographics, right.demographics]}
      empty="No published demographics for these two roles: survey samples are too small."
    >
      {({ left, right, people: { age, gender, race, lgbt } }) => (
        <>
          <RoleTable caption="Age and LGBT share" titles={titles}>
            <AgeRow of={age} titles={titles} />
            <DifferenceRow name="LGBT share" of={lgbt} titles={titles} />
          </RoleTable>
          {gender && <Distribution caption="Gender" of={gender} titles={titles} />}
          {race && <Distribution caption="Race and ethnicity" of={race} titles={titles} />}
          {[left, right].some((role) => role.demographics?.raceIsExclusive === false) && (
            <p class="quiet">{overlappingRaces}</p>
          )}
        </>
      )}
    </Section>
  );
}

function Distribution(props: { caption: string; of: DistributionPartsFragment; titles: Titles }) {
  const { caption, of, titles } = props;
  return (
    <>
      <ShareBars caption={caption} shares={of.shares} titles={titles} />
      {of.dissimilarity !== null && (
        <p class="quiet">
          {percent(of.dissimilarity)} of either role’s workers would have to change category for the two distributions
          to match. The published shares add up to {percent(of.leftSum)} and {percent(of.rightSum)}.
        </p>
      )}
    </>
  );
}
