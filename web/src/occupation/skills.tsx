import {
  OccupationTechnologiesDocument,
  type OccupationWorkDocument,
  type OccupationWorkQuery,
  type SkillsTakenFragment,
  type TechnologyPartsFragment,
} from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { LongList } from '../components/long-list';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';
import { skillsOfOne } from '../format/answers';
import { count, percent, plural } from '../format/numbers';
import { Bars } from './bars';

type Role = NonNullable<OccupationWorkQuery['occupation']>;
type Taken = SkillsTakenFragment['nodes'][number];

export function Skills(query: QueryOf<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="skills"
      title="Skills and knowledge"
      {...query}
      part={({ occupation }) => (occupation && kinds(occupation).some((kind) => kind.length > 0) ? occupation : null)}
      answer={skillsOfOne}
      cites={kinds}
      empty="No published skills for this role."
    >
      {({ listed, rated, knowledge, categories }) => (
        <>
          <Share of={nodesOf(listed)} />
          <div class="pair">
            <Rated caption="Skills by importance (0–100)" what="skills" of={nodesOf(rated)} />
            <Rated
              caption="Fields of knowledge by importance (0–100)"
              what="fields of knowledge"
              of={nodesOf(knowledge)}
            />
          </div>
          <Ranked of={nodesOf(categories)} />
        </>
      )}
    </Section>
  );
}

const kinds = ({ listed, rated, knowledge, categories }: Role) => [listed, rated, knowledge, categories].map(nodesOf);

// A published short list gives each skill's share.
function Share({ of }: { of: Taken[] }) {
  if (of.length === 0) return null;
  return (
    <Bars
      caption="Most common skills"
      columns={['Skill', 'Share']}
      of={of.map(({ skill, percent: share }) => ({
        name: skill.name,
        value: share ?? 0,
        text: percent(share ?? 0),
      }))}
    />
  );
}

function Rated({ caption, what, of }: { caption: string; what: string; of: Taken[] }) {
  const rated = of.filter((one) => one.importance !== null);
  if (rated.length === 0) return null;
  return (
    <div>
      <ShowMore of={rated} first={10} what={what}>
        {(shown) => (
          <Bars
            caption={caption}
            columns={['Element', 'Importance', 'Level']}
            outOf={100}
            of={shown.map(({ skill, importance, level, notRelevant }) => ({
              name: skill.name,
              value: importance ?? 0,
              text: count(importance ?? 0),
              note: `${level === null ? 'level not precise enough to publish' : `level ${count(level)}`}${notRelevant ? ', not relevant' : ''}`,
            }))}
          />
        )}
      </ShowMore>
    </div>
  );
}

// The Employment Projections rank all occupations by broad skill categories.
function Ranked({ of }: { of: Taken[] }) {
  const ranked = of.filter((one) => one.percentile !== null);
  if (ranked.length === 0) return null;
  return (
    <ShowMore of={ranked} first={6} what="skill categories">
      {(shown) => (
        <Bars
          caption="Skill categories by percentile rank among all occupations"
          columns={['Category', 'Percent of occupations that need it less']}
          outOf={100}
          of={shown.map(({ skill, percentile }) => ({
            name: skill.name,
            value: percentile ?? 0,
            text: percent(percentile ?? 0),
          }))}
        />
      )}
    </ShowMore>
  );
}

export function Technologies(query: QueryOf<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="technologies"
      title="Technologies"
      {...query}
      part={({ occupation }) => (occupation?.technologies?.nodes.length ? occupation.technologies : null)}
      answer={({ totalCount }) => plural(totalCount, 'technology', 'technologies')}
      empty="No published technologies for this role."
    >
      {({ nodes, totalCount, pageInfo }) => (
        <>
          <LongList
            of={nodes}
            total={totalCount}
            first={20}
            one="technology"
            many="technologies"
            textOf={({ skill }) => skill.name}
            rest={{
              document: OccupationTechnologiesDocument,
              variables: { ...query.variables, after: pageInfo.endCursor },
              pageOf: ({ occupation }) => occupation?.skills,
            }}
          >
            {(technologies) => (
              <ul class="names">
                {technologies.map((technology) => (
                  <li key={technology.skill.slug}>
                    {technology.skill.name} {demand(technology) && <small class="quiet">{demand(technology)}</small>}
                  </li>
                ))}
              </ul>
            )}
          </LongList>
          <p class="quiet">
            “Hot” technologies are frequent in job postings of all kinds; those “in demand” are frequent in postings for
            this role.
          </p>
        </>
      )}
    </Section>
  );
}

function demand({ hot, inDemand }: TechnologyPartsFragment): string {
  return [hot && 'hot', inDemand && 'in demand'].filter(Boolean).join(', ');
}
