import type { ComparePeopleDocument, PeopleFragment } from '../../generated/graphql';
import { RoleTable, Row } from '../parts/difference-table';
import { Section, type Shown } from '../parts/section';
import { ShareBars } from '../parts/share-bars';
import type { Titles } from '../words/verdict';
import { degree } from './degree';

export function Education({ titles, ...shown }: Shown<typeof ComparePeopleDocument> & { titles: Titles }) {
  return (
    <Section
      id="education"
      title="Education"
      {...shown}
      part={(data) => data.comparison}
      cites={({ left, right }) => [left.education, right.education]}
      empty="Nobody publishes the education of these two."
    >
      {({ left, right, education }) => (
        <>
          <RoleTable caption="Education of both roles" titles={titles} difference={false}>
            <Row name="Most common degree" left={degree(left)} right={degree(right)} />
            <Row
              name="Most common major"
              left={left.education?.mostCommonMajor}
              right={right.education?.mostCommonMajor}
            />
            <Row
              name="Most common college"
              left={left.education?.mostCommonCollege}
              right={right.education?.mostCommonCollege}
            />
            <Row name="Typical to enter" left={left.education?.typicalEntry} right={right.education?.typicalEntry} />
            <Row
              name="Experience before"
              left={left.education?.relatedExperience}
              right={right.education?.relatedExperience}
            />
            <Row
              name="Training on the job"
              left={left.education?.onTheJobTraining}
              right={right.education?.onTheJobTraining}
            />
            <Row name="Fields of study that lead to it" left={majors(left)} right={majors(right)} />
          </RoleTable>
          {education && education.degrees.length > 1 && (
            <ShareBars caption="What those in the role have studied" shares={education.degrees} titles={titles} />
          )}
        </>
      )}
    </Section>
  );
}

function majors({ education }: PeopleFragment): string | null {
  return education?.majors.nodes.map((major) => major.title).join('; ') || null;
}
