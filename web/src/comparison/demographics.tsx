import type { ComparePeopleDocument, DistributionPartsFragment, PeopleFragment } from '../../generated/graphql';
import { DifferenceRow, RoleTable } from '../parts/difference-table';
import { Section, type Shown } from '../parts/section';
import { ShareBars } from '../parts/share-bars';
import { percent } from '../words/figures';
import type { Titles } from '../words/verdict';

export function Demographics({ titles, ...shown }: Shown<typeof ComparePeopleDocument> & { titles: Titles }) {
  return (
    <Section
      id="demographics"
      title="Demographics"
      {...shown}
      part={({ comparison }) => (comparison?.demographics ? { ...comparison, people: comparison.demographics } : null)}
      cites={({ left, right }) => [left.demographics, right.demographics]}
      empty="Nobody publishes who works in these two roles: surveys have too few of them."
    >
      {({ left, right, people: { age, gender, race, lgbt } }) => (
        <>
          <RoleTable caption="Age and LGBT share in both roles" titles={titles}>
            <DifferenceRow name={ageName(left, right)} of={age} titles={titles} otherwise="not published" />
            <DifferenceRow name="LGBT percentage" of={lgbt} titles={titles} otherwise="nobody publishes it" />
          </RoleTable>
          {gender && <Distribution caption="Gender" of={gender} titles={titles} />}
          {race && <Distribution caption="Race and ethnicity" of={race} titles={titles} />}
          {[left, right].some((role) => role.demographics?.raceIsExclusive === false) && (
            <p class="quiet">
              People of Hispanic origin may be of any race, so these shares overlap and do not add up to 100%.
            </p>
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
          For both to be alike, {percent(of.dissimilarity)} of either would have to be in another category. The shares
          as published add up to {percent(of.leftSum)} and {percent(of.rightSum)}.
        </p>
      )}
    </>
  );
}

function ageName(...roles: PeopleFragment[]): string {
  return roles.some((role) => role.demographics?.averageAge != null) ? 'Average age' : 'Median age';
}
