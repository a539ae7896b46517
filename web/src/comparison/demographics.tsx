import type { ComparePeopleDocument, DistributionPartsFragment } from '../../generated/graphql';
import { DifferenceRow, RoleTable } from '../components/difference-table';
import { type QueryOf, Section } from '../components/section';
import { Shares } from '../components/shares';
import { WiderGroups } from '../components/wider-group';
import { demographicsAnswer } from '../format/answers';
import { overlappingRaces } from '../format/labels';
import { reasonOf } from '../format/missing';
import { percent } from '../format/numbers';
import type { Titles } from '../format/verdict';
import { AgeRow } from './age';

type People = { medianAge: number | null; averageAge: number | null };

export function Demographics({ titles, ...query }: QueryOf<typeof ComparePeopleDocument> & { titles: Titles }) {
  return (
    <Section
      id="demographics"
      title="Demographics"
      {...query}
      part={({ comparison }) => (comparison?.demographics ? { ...comparison, people: comparison.demographics } : null)}
      answer={({ people }) => demographicsAnswer(people, titles)}
      cites={({ left, right }) => [left.demographics, right.demographics]}
      empty="No source publishes demographics for these two roles."
    >
      {({ left, right, people: { age, gender, race, lgbt } }) => (
        <>
          <RoleTable caption="Age and LGBT share" titles={titles}>
            <AgeRow of={age} titles={titles} left={left} right={right} />
            <DifferenceRow name="LGBT share" of={lgbt} titles={titles} />
          </RoleTable>
          <Distribution caption="Gender" name="gender" of={gender} titles={titles} />
          <Distribution caption="Race and ethnicity" name="race" of={race} titles={titles} />
          <WiderGroups
            left={left.demographics?.publishedFor}
            right={right.demographics?.publishedFor}
            figures={{
              left: figuresOf(left.demographics, gender.leftSum, race.leftSum),
              right: figuresOf(right.demographics, gender.rightSum, race.rightSum),
            }}
            titles={titles}
          />
          {[left, right].some((role) => role.demographics?.raceIsExclusive === false) && (
            <p class="quiet">{overlappingRaces}</p>
          )}
        </>
      )}
    </Section>
  );
}

// The figures that a wider group has; not all of its figures are published.
export function figuresOf(people: People | null, genderSum: number | null, raceSum: number | null): string | null {
  const age = people?.medianAge ?? people?.averageAge ?? null;
  const published = [age !== null && 'age', genderSum !== null && 'gender', raceSum !== null && 'race'].filter(
    (figure) => figure !== false,
  );
  return published.length > 0 ? `The figures on ${and.format(published)} are` : null;
}

// British lists have no serial comma, as the API's caveats.
const and = new Intl.ListFormat('en-GB');

function Distribution(props: { caption: string; name: string; of: DistributionPartsFragment; titles: Titles }) {
  const { caption, name, of, titles } = props;
  const reasons = (['left', 'right'] as const)
    .filter((side) => of[`${side}Sum`] === null)
    .map((side) => `${titles[side]}: ${reasonOf(of.missing, `${side} ${name}`)}.`);
  return (
    <>
      {of.shares.length > 0 && <Shares caption={caption} of={of.shares} titles={titles} />}
      {reasons.length > 0 && (
        <p class="quiet">
          {caption}: {reasons.join(' ')}
        </p>
      )}
      {of.dissimilarity !== null && (
        <p class="quiet">
          {percent(of.dissimilarity)} of either role’s workers would have to change category for the two distributions
          to match. The published shares add up to {percent(of.leftSum ?? 0)} and {percent(of.rightSum ?? 0)}.
        </p>
      )}
    </>
  );
}
