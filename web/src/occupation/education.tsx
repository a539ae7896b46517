import type { OccupationPeopleDocument, OccupationPeopleQuery } from '../../generated/graphql';
import { Beginning } from '../parts/beginning';
import { Section, type Shown } from '../parts/section';
import { percent } from '../words/figures';
import { type BarOf, Bars } from './bars';
import { Fact, Facts } from './facts';

type Education = NonNullable<NonNullable<OccupationPeopleQuery['occupation']>['education']>;
type Share = Education['degrees'][number];

export function Education(shown: Shown<typeof OccupationPeopleDocument>) {
  return (
    <Section
      id="education"
      title="Education"
      {...shown}
      part={(data) => data.occupation?.education}
      empty="Nobody publishes the education of those in this role."
    >
      {(education) => (
        <>
          <Facts>
            <Fact name="Typically needed to enter">{education.typicalEntry}</Fact>
            <Fact name="Experience before">{education.relatedExperience}</Fact>
            <Fact name="Training on the job">{education.onTheJobTraining}</Fact>
            <Fact name="Most common degree">{education.mostCommonDegree}</Fact>
            <Fact name="Most common major">
              {education.mostCommonMajor ?? <span class="missing">nobody publishes it</span>}
            </Fact>
            <Fact name="Most common college">
              {education.mostCommonCollege ?? <span class="missing">nobody publishes it</span>}
            </Fact>
          </Facts>
          <div class="pair">
            <Shares caption="What those in the role have studied" of={education.degrees} />
            <Shares caption="What they say is required of newcomers" of={education.requiredDegrees} />
          </div>
          <Majors of={education.majors.nodes} />
        </>
      )}
    </Section>
  );
}

function Shares({ caption, of }: { caption: string; of: Share[] }) {
  const named = of.filter((share) => share.percent > 0);
  if (named.length === 0) return null;
  return <Bars caption={caption} columns={['Degree', 'Share']} of={named.map(shareBar)} />;
}

export const shareBar = (share: Share): BarOf => ({
  name: share.name,
  value: share.percent,
  written: percent(share.percent),
});

function Majors({ of }: { of: Education['majors']['nodes'] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3>Fields of study that prepare for it</h3>
      <Beginning of={of} first={12} what="fields of study">
        {(majors) => (
          <ul class="names">
            {majors.map((major) => (
              <li key={major.code}>{major.title}</li>
            ))}
          </ul>
        )}
      </Beginning>
      <p class="quiet">In the order of their codes. Nobody publishes how many studied which.</p>
    </>
  );
}
