import type { OccupationPeopleDocument, OccupationPeopleQuery } from '../../generated/graphql';
import { Section, type Shown } from '../parts/section';
import { count, money, percent } from '../words/figures';
import { Bars } from './bars';
import { shareBar } from './education';
import { Fact, Facts } from './facts';

type Role = NonNullable<OccupationPeopleQuery['occupation']>;
type People = NonNullable<Role['demographics']>;
type Earnings = NonNullable<Role['weeklyEarnings']>;

export function Demographics(shown: Shown<typeof OccupationPeopleDocument>) {
  return (
    <Section
      id="demographics"
      title="Who works in it"
      {...shown}
      part={({ occupation }) => (occupation?.demographics || occupation?.weeklyEarnings ? occupation : null)}
      cites={({ demographics, weeklyEarnings }) => [demographics, weeklyEarnings]}
      empty="Nobody publishes who works in this role: surveys have too few of them."
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
        <Fact name={averageAge === null ? 'Median age' : 'Average age'}>
          {(averageAge ?? medianAge) ? `${count(averageAge ?? medianAge ?? 0)} years` : null}
        </Fact>
        <Fact name="LGBT">
          {of.lgbtPercent !== null ? percent(of.lgbtPercent) : <span class="missing">nobody publishes it</span>}
        </Fact>
      </Facts>
      <div class="pair">
        {gender.length > 0 && (
          <Bars caption="Gender" columns={['Gender', 'Share']} of={gender.map(shareBar)} outOf={100} />
        )}
        {race.length > 0 && (
          <Bars caption="Race and ethnicity" columns={['Category', 'Share']} of={race.map(shareBar)} outOf={100} />
        )}
      </div>
      {!of.raceIsExclusive && race.length > 0 && (
        <p class="quiet">
          People of Hispanic origin may be of any race, so these shares overlap and do not add up to 100%.
        </p>
      )}
    </>
  );
}

function Weekly({ of }: { of: Earnings | null }) {
  return (
    <>
      <h3>What full-time workers earn a week</h3>
      {of ? (
        <Facts>
          <Fact name="Everyone" note="median">
            {of.everyone !== null ? money(of.everyone) : null}
          </Fact>
          <Fact name="Men" note="median">
            {of.men !== null ? money(of.men) : null}
          </Fact>
          <Fact name="Women" note="median">
            {of.women !== null ? money(of.women) : null}
          </Fact>
        </Facts>
      ) : (
        <p class="empty">Not published: the survey has too few of them, or the role is not among its occupations.</p>
      )}
    </>
  );
}
