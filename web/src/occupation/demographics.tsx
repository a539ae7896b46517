import type { OccupationPeopleDocument, OccupationPeopleQuery } from '../../generated/graphql';
import { type QueryOf, Section } from '../components/section';
import { WiderGroup } from '../components/wider-group';
import { demographicsOfOne } from '../format/answers';
import { overlappingRaces } from '../format/labels';
import { reasonOf } from '../format/missing';
import { count, money, percent } from '../format/numbers';
import { Bars } from './bars';
import { shareBar } from './education';
import { Fact, Facts } from './facts';

type Role = NonNullable<OccupationPeopleQuery['occupation']>;
type People = NonNullable<Role['demographics']>;
type Earnings = NonNullable<Role['weeklyEarnings']>;

export function Demographics(query: QueryOf<typeof OccupationPeopleDocument>) {
  return (
    <Section
      id="demographics"
      title="Demographics"
      {...query}
      part={({ occupation }) => (occupation?.demographics || occupation?.weeklyEarnings ? occupation : null)}
      answer={demographicsOfOne}
      cites={({ demographics, weeklyEarnings }) => [demographics, weeklyEarnings]}
      empty="No source publishes demographics for this role."
    >
      {({ demographics, weeklyEarnings }) => (
        <>
          {demographics && <Who of={demographics} />}
          <Weekly of={weeklyEarnings} />
        </>
      )}
    </Section>
  );
}

function Who({ of }: { of: People }) {
  const { averageAge, medianAge, gender, race } = of;
  return (
    <>
      <Facts>
        <Fact name={averageAge === null ? 'Median age' : 'Average age'} reason={reasonOf(of.missing, 'medianAge')}>
          {(averageAge ?? medianAge) ? `${count(averageAge ?? medianAge ?? 0)} years` : null}
        </Fact>
        <Fact name="LGBT share">{of.lgbtPercent !== null ? percent(of.lgbtPercent) : null}</Fact>
      </Facts>
      <div class="pair">
        {gender.length > 0 && (
          <Bars caption="Gender" columns={['Gender', 'Share']} of={gender.map(shareBar)} outOf={100} />
        )}
        {race.length > 0 && (
          <Bars caption="Race and ethnicity" columns={['Category', 'Share']} of={race.map(shareBar)} outOf={100} />
        )}
      </div>
      {gender.length === 0 && <p class="empty">Gender and race: {reasonOf(of.missing, 'gender')}.</p>}
      {(averageAge ?? medianAge ?? gender[0] ?? race[0]) !== undefined && (
        <WiderGroup of={of.publishedFor} figures="These figures are" />
      )}
      {!of.raceIsExclusive && race.length > 0 && <p class="quiet">{overlappingRaces}</p>}
    </>
  );
}

function Weekly({ of }: { of: Earnings | null }) {
  return (
    <>
      <h3>Weekly earnings of full-time workers</h3>
      {of ? (
        <Facts>
          <Fact name="Everyone" note="median" reason={reasonOf(of.missing, 'everyone')}>
            {of.everyone !== null ? money(of.everyone) : null}
          </Fact>
          <Fact name="Men" note="median" reason={reasonOf(of.missing, 'men')}>
            {of.men !== null ? money(of.men) : null}
          </Fact>
          <Fact name="Women" note="median" reason={reasonOf(of.missing, 'women')}>
            {of.women !== null ? money(of.women) : null}
          </Fact>
        </Facts>
      ) : (
        <p class="empty">Not published: the survey does not cover this role.</p>
      )}
      {of && of.everyone !== null && <WiderGroup of={of.publishedFor} figures="These earnings are" />}
    </>
  );
}
