import type { OccupationPeopleDocument, OccupationPeopleQuery } from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';
import { WiderGroup } from '../components/wider-group';
import { educationOfOne } from '../format/answers';
import { reasonOf, suppressed } from '../format/missing';
import { percent, plural } from '../format/numbers';
import { type BarOf, Bars } from './bars';
import { Fact, Facts } from './facts';

type Education = NonNullable<NonNullable<OccupationPeopleQuery['occupation']>['education']>;
type Share = Education['degrees'][number];

export function Education(query: QueryOf<typeof OccupationPeopleDocument>) {
  return (
    <Section
      id="education"
      title="Education"
      {...query}
      part={(data) => data.occupation?.education}
      answer={educationOfOne}
      empty="No published education data for this role."
    >
      {(education) => (
        <>
          <Facts>
            <Fact name="Typical entry-level education">{education.typicalEntry}</Fact>
            <Fact name="Experience in a related occupation">{education.relatedExperience}</Fact>
            <Fact name="On-the-job training">{education.onTheJobTraining}</Fact>
            <Fact name="Most common degree" note={education.degreesPublishedFor && 'in the wider group'}>
              {education.mostCommonDegree}
            </Fact>
            <Fact name="Most often required" reason={reasonOf(education.missing, 'mostCommonRequiredDegree')}>
              {education.mostCommonRequiredDegree}
            </Fact>
            <Fact name="Most common major">{education.mostCommonMajor}</Fact>
            <Fact name="Most common college">{education.mostCommonCollege}</Fact>
          </Facts>
          <div class="pair">
            <Shares caption="Education of workers in the role" of={education.degrees} />
            <Shares
              caption="Education required of new hires, as workers report it"
              of={education.requiredDegrees}
              withheld={suppressed(education.missing, 'requiredDegrees')}
            />
          </div>
          <WiderGroup of={education.degreesPublishedFor} figures="Education of workers is" />
          <Suppressed of={education} />
          <Majors of={nodesOf(education.majors)} />
        </>
      )}
    </Section>
  );
}

function Suppressed({ of }: { of: Education }) {
  const levels = suppressed(of.missing, 'requiredDegrees');
  if (levels.length === 0) return null;
  return (
    <p class="quiet">
      O*NET suppresses estimates of low precision: {plural(levels.length, 'level')} of required education. The other
      levels add up to {percent(of.requiredDegreesSum ?? 0)}.
    </p>
  );
}

function Shares({ caption, of, withheld = [] }: { caption: string; of: Share[]; withheld?: string[] }) {
  const named = of.filter((share) => share.percent > 0).map(shareBar);
  const bars = [...withheld.map((name) => ({ name, value: 0, text: 'suppressed' })), ...named];
  if (bars.length === 0) return null;
  // The largest of the published shares may be a small one.
  return (
    <Bars caption={caption} columns={['Degree', 'Share']} of={bars} {...(withheld.length > 0 && { outOf: 100 })} />
  );
}

export const shareBar = (share: Share): BarOf => ({
  name: share.name,
  value: share.percent,
  text: percent(share.percent),
});

function Majors({ of }: { of: NonNullable<Education['majors']>['nodes'] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3>Related fields of study</h3>
      <ShowMore of={of} first={12} what="fields of study">
        {(majors) => (
          <ul class="names">
            {majors.map((major) => (
              <li key={major.code}>{major.title}</li>
            ))}
          </ul>
        )}
      </ShowMore>
      <p class="quiet">Sorted by CIP code. No source publishes how many workers studied each field.</p>
    </>
  );
}
