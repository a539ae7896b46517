import type {
  CompareWorkDocument,
  CompareWorkQuery,
  GapPartsFragment,
  NamedFragment,
  SkillDifferencePartsFragment,
  SkillKind,
  WorkFragment,
} from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { Dumbbells } from '../components/dumbbells';
import { NotPublished } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { skillsAnswer } from '../format/answers';
import { count, percent, points } from '../format/numbers';
import type { Titles } from '../format/verdict';

type Compared = NonNullable<NonNullable<CompareWorkQuery['comparison']>['skills']>;

export function Skills({ titles, ...query }: QueryOf<typeof CompareWorkDocument> & { titles: Titles }) {
  return (
    <Section
      id="skills"
      title="Skills"
      {...query}
      part={({ comparison }) => comparison?.skills && { ...comparison, skills: comparison.skills }}
      answer={({ skills }) => skillsAnswer(skills)}
      cites={({ left, right, skills }) => [topSkills(left), topSkills(right), skills]}
      empty="No published skills for these two roles."
    >
      {({ left, right, skills }) => (
        <>
          <div class="pair">
            <TopSkills of={left} side="left" title={titles.left} />
            <TopSkills of={right} side="right" title={titles.right} />
          </div>
          <Overlap of={skills} titles={titles} />
          <Technologies of={skills.technologies} titles={titles} />
          <div class="pair">
            {skills.toRight && <Gap of={skills.toRight} from={titles.left} to={titles.right} side="right" />}
            {skills.toLeft && <Gap of={skills.toLeft} from={titles.right} to={titles.left} side="left" />}
          </div>
        </>
      )}
    </Section>
  );
}

// A published short list gives the most common skills; O*NET's ratings give the most important.
const topSkills = ({ listed, rated }: WorkFragment) => nodesOf(nodesOf(listed).length > 0 ? listed : rated);

function TopSkills({ of, side, title }: { of: WorkFragment; side: 'left' | 'right'; title: string }) {
  const skills = topSkills(of);
  return (
    <div>
      <h3 class={`${side} role`}>
        {nodesOf(of.listed).length > 0 ? 'Common' : 'Most important'} skills of {title}
      </h3>
      {skills.length === 0 && (
        <p>
          <NotPublished />
        </p>
      )}
      <ol class="top-skills">
        {skills.map(({ skill, percent: share, importance }) => (
          <li key={skill.slug}>
            {skill.name}
            {share !== null && `, ${percent(share)}`}
            {importance !== null && <small class="quiet"> importance {count(importance)} of 100</small>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Overlap({ of, titles }: { of: Compared; titles: Titles }) {
  const listed = of.shared.some(({ skill }) => skill.kind === 'LISTED') || of.truncated;
  if (of.compared === 0 && of.jaccard === null) return <p class="quiet">{of.note}</p>;
  const differing = listed ? of.shared : [...of.shared, ...of.onlyLeft, ...of.onlyRight];
  const apart = differing.toSorted((one, other) => Math.abs(other.points ?? 0) - Math.abs(one.points ?? 0));
  return (
    <>
      <h3>Skill overlap</h3>
      {listed ? <ListedOverlap of={of} /> : <RatedOverlap of={of} />}
      <div class="triple">
        <Names title={`Only ${titles.left}`} side="left" of={of.onlyLeft.map(named)} />
        <Names title="Both" of={of.shared.map(named)} />
        <Names title={`Only ${titles.right}`} side="right" of={of.onlyRight.map(named)} />
      </div>
      {apart.length > 0 && (
        <Dumbbells
          caption={listed ? 'Shared skills, in percent' : 'Largest differences in importance (0–100)'}
          heading="Skill"
          rows={apart.slice(0, 8).map(({ skill, ...sides }) => ({ name: skill.name, ...sides }))}
          titles={titles}
          from={0}
          {...(listed ? { format: percent } : { format: count, to: 100 })}
          formatSize={points}
        />
      )}
      <p class="quiet">{of.note}</p>
    </>
  );
}

function ListedOverlap({ of }: { of: Compared }) {
  return (
    <p>
      <b>{percent(100 * (of.jaccard ?? 0))}</b> of the skills in the two published lists are in both.
      {of.truncated && ' The lists are short, so the overlap may be understated.'}
    </p>
  );
}

const kindNames: Partial<Record<SkillKind, string>> = { SKILL: 'skills', KNOWLEDGE: 'knowledge areas' };

function RatedOverlap({ of }: { of: Compared }) {
  const { shared, onlyLeft, onlyRight, jaccard, weightedJaccard, correlation, compared } = of;
  const either = shared.length + onlyLeft.length + onlyRight.length;
  return (
    <p>
      {jaccard !== null && (
        <>
          Of {count(either)} {of.kinds.map((kind) => kindNames[kind]).join(' and ')} that are important for either role,{' '}
          <b>{count(shared.length)}</b> ({percent(100 * jaccard)}) are important for both.
        </>
      )}
      {weightedJaccard !== null &&
        ` Over all ${count(compared)} rated elements, importance overlaps by ${percent(100 * weightedJaccard)}` +
          `${correlation === null ? '' : ` and correlates at ${correlation.toFixed(2).replace('-', '−')}`}.`}
    </p>
  );
}

const named = ({ skill }: SkillDifferencePartsFragment): NamedFragment => skill;

function Names({ title, of, side = '' }: { title: string; of: NamedFragment[]; side?: 'left' | 'right' | '' }) {
  if (of.length === 0) return null;
  return (
    <div>
      <h4 class={side && `${side} role`}>
        {title} ({of.length})
      </h4>
      <ul class="names">
        {of.map((skill) => (
          <li key={skill.slug}>{skill.name}</li>
        ))}
      </ul>
    </div>
  );
}

function Technologies({ of, titles }: { of: Compared['technologies']; titles: Titles }) {
  if (of.jaccard === null) return null;
  return (
    <details>
      <summary>
        Technologies: {of.shared.length} shared, {percent(100 * of.jaccard)} of all those used in either
      </summary>
      <div class="triple">
        <Names title={`Only ${titles.left}`} side="left" of={of.onlyLeft} />
        <Names title="Both" of={of.shared} />
        <Names title={`Only ${titles.right}`} side="right" of={of.onlyRight} />
      </div>
    </details>
  );
}

// How far the levels of one role fall short of the other's.
function Gap({ of, from, to, side }: { of: GapPartsFragment; from: string; to: string; side: 'left' | 'right' }) {
  if (of.total === null) return null;
  const short = of.elements.filter((element) => element.gap > 0);
  return (
    <div>
      <h3 class={side}>
        From {from} to <span class="role">{to}</span>
      </h3>
      <p>
        {short.length === 0
          ? `None of the ${count(of.compared)} compared elements requires a higher level.`
          : `${count(short.length)} of ${count(of.compared)} compared elements require a higher level; the mean gap, weighted by importance, is ${count(of.total)} of 100 points.`}
      </p>
      <ol class="top-skills">
        {short.slice(0, 6).map(({ skill, fromLevel: has, toLevel: needs, gap }) => (
          <li key={`${skill.kind} ${skill.name}`}>
            {skill.name}{' '}
            <small class="quiet">
              level {count(has)} → {count(needs)}, +{count(gap)}
            </small>
          </li>
        ))}
      </ol>
      <p class="quiet">{of.note}</p>
    </div>
  );
}
