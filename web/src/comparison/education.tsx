import type { ComparePeopleDocument, PeopleFragment } from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { RoleTable, Row } from '../components/difference-table';
import { type QueryOf, Section } from '../components/section';
import { Shares } from '../components/shares';
import { WiderGroups } from '../components/wider-group';
import { educationAnswer } from '../format/answers';
import type { Titles } from '../format/verdict';
import { mostCommonDegree } from './degree';

const educated = 'Education of workers is';

export function Education({ titles, ...query }: QueryOf<typeof ComparePeopleDocument> & { titles: Titles }) {
  return (
    <Section
      id="education"
      title="Education"
      {...query}
      part={({ comparison }) => (comparison?.left.education || comparison?.right.education ? comparison : null)}
      answer={(people) => educationAnswer(people, titles)}
      cites={({ left, right }) => [left.education, right.education]}
      empty="No published education data for these two roles."
    >
      {({ left, right, education }) => (
        <>
          <RoleTable caption="Education" titles={titles} difference={false} words>
            <Row name="Most common degree" left={mostCommonDegree(left)} right={mostCommonDegree(right)} />
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
            <Row
              name="Typical entry-level education"
              left={left.education?.typicalEntry}
              right={right.education?.typicalEntry}
            />
            <Row
              name="Experience in a related occupation"
              left={left.education?.relatedExperience}
              right={right.education?.relatedExperience}
            />
            <Row
              name="On-the-job training"
              left={left.education?.onTheJobTraining}
              right={right.education?.onTheJobTraining}
            />
            <Row name="Related fields of study" left={majors(left)} right={majors(right)} />
          </RoleTable>
          {education && education.degrees.length > 1 && (
            <Shares caption="Education of workers in the role" of={education.degrees} titles={titles} />
          )}
          <WiderGroups
            left={left.education?.degreesPublishedFor}
            right={right.education?.degreesPublishedFor}
            figures={{ left: educated, right: educated }}
            titles={titles}
          />
        </>
      )}
    </Section>
  );
}

function majors({ education }: PeopleFragment): string | null {
  return (
    nodesOf(education?.majors)
      .map((major) => major.title)
      .join('; ') || null
  );
}
