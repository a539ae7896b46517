import type { OccupationWorkDocument, OccupationWorkQuery, SkillsTakenFragment } from '../../generated/graphql';
import { Beginning } from '../parts/beginning';
import { Section, type Shown } from '../parts/section';
import { count, percent } from '../words/figures';
import { Bars } from './bars';

type Role = NonNullable<OccupationWorkQuery['occupation']>;
type Taken = SkillsTakenFragment['nodes'][number];
type Technology = Role['technologies']['nodes'][number];

export function Skills(shown: Shown<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="skills"
      title="Skills and knowledge"
      {...shown}
      part={({ occupation }) =>
        occupation && kinds(occupation).some((kind) => kind.nodes.length > 0) ? occupation : null
      }
      cites={kinds}
      empty="Nobody publishes which skills this role takes."
    >
      {({ listed, rated, knowledge, categories }) => (
        <>
          <Share of={listed.nodes} />
          <div class="pair">
            <Rated caption="Skills by importance, of 100" what="skills" of={rated.nodes} />
            <Rated
              caption="Fields of knowledge by importance, of 100"
              what="fields of knowledge"
              of={knowledge.nodes}
            />
          </div>
          <Ranked of={categories.nodes} />
        </>
      )}
    </Section>
  );
}

const kinds = ({ listed, rated, knowledge, categories }: Role) => [listed, rated, knowledge, categories];

// A published short list says in how many percent a skill is found.
function Share({ of }: { of: Taken[] }) {
  if (of.length === 0) return null;
  return (
    <Bars
      caption="Most common skills"
      columns={['Skill', 'Share']}
      of={of.map(({ skill, percent: share }) => ({
        name: skill.name,
        value: share ?? 0,
        written: percent(share ?? 0),
      }))}
    />
  );
}

function Rated({ caption, what, of }: { caption: string; what: string; of: Taken[] }) {
  const rated = of.filter((one) => one.importance !== null);
  if (rated.length === 0) return null;
  return (
    <div>
      <Beginning of={rated} first={10} what={what}>
        {(shown) => (
          <Bars
            caption={caption}
            columns={['Element', 'Importance', 'Level']}
            outOf={100}
            of={shown.map(({ skill, importance, level }) => ({
              name: skill.name,
              value: importance ?? 0,
              written: count(importance ?? 0),
              note: level === null ? 'level not rated' : `level ${count(level)}`,
            }))}
          />
        )}
      </Beginning>
    </div>
  );
}

// The Employment Projections rank all occupations by broad categories of skills.
function Ranked({ of }: { of: Taken[] }) {
  const ranked = of.filter((one) => one.percentile !== null);
  if (ranked.length === 0) return null;
  return (
    <Beginning of={ranked} first={6} what="categories of skills">
      {(shown) => (
        <Bars
          caption="Categories of skills by how many occupations need them less"
          columns={['Category', 'Occupations that need it less']}
          outOf={100}
          of={shown.map(({ skill, percentile }) => ({
            name: skill.name,
            value: percentile ?? 0,
            written: percent(percentile ?? 0),
          }))}
        />
      )}
    </Beginning>
  );
}

export function Technologies(shown: Shown<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="technologies"
      title="Technologies"
      {...shown}
      part={({ occupation }) => (occupation?.technologies.nodes.length ? occupation.technologies : null)}
      empty="Nobody publishes which technologies this role uses."
    >
      {({ nodes, totalCount }) => (
        <>
          <Beginning of={nodes} first={20} what="technologies">
            {(technologies) => (
              <ul class="names">
                {technologies.map((technology) => (
                  <li key={technology.skill.slug}>
                    {technology.skill.name} {asked(technology) && <small class="quiet">{asked(technology)}</small>}
                  </li>
                ))}
              </ul>
            )}
          </Beginning>
          {totalCount > nodes.length && (
            <p class="quiet">
              The foremost {count(nodes.length)} of {count(totalCount)} technologies.
            </p>
          )}
          <p class="quiet">
            “Hot” is what postings of all kinds often ask for, “in demand” what those for this role often ask for.
          </p>
        </>
      )}
    </Section>
  );
}

function asked({ hot, inDemand }: Technology): string {
  return [hot && 'hot', inDemand && 'in demand'].filter(Boolean).join(', ');
}
