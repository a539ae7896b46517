import type {
  CompareWorkDocument,
  CompareWorkQuery,
  GapPartsFragment,
  NamedFragment,
  SkillDifferencePartsFragment,
  WorkFragment,
} from '../../generated/graphql';
import { Section, type Shown } from '../parts/section';
import { ShareBars } from '../parts/share-bars';
import { count, percent } from '../words/figures';
import type { Titles } from '../words/verdict';

type Compared = NonNullable<CompareWorkQuery['comparison']>['skills'];

export function Skills({ titles, ...shown }: Shown<typeof CompareWorkDocument> & { titles: Titles }) {
  return (
    <Section
      id="skills"
      title="Skills"
      {...shown}
      part={(data) => data.comparison}
      cites={({ left, right, skills: { toLeft, toRight } }) => [foremost(left), foremost(right), toLeft, toRight]}
      empty="Nobody publishes which skills these two take."
    >
      {({ left, right, skills }) => (
        <>
          <div class="pair">
            <Foremost of={left} side="left" title={titles.left} />
            <Foremost of={right} side="right" title={titles.right} />
          </div>
          <Overlap of={skills} titles={titles} />
          <Technologies of={skills.technologies} titles={titles} />
          <div class="pair">
            <Gap of={skills.toRight} from={titles.left} to={titles.right} side="right" />
            <Gap of={skills.toLeft} from={titles.right} to={titles.left} side="left" />
          </div>
        </>
      )}
    </Section>
  );
}

// A published short list says what is common; O*NET's ratings say what matters.
const foremost = ({ listed, rated }: WorkFragment) => (listed.nodes.length > 0 ? listed : rated).nodes;

function Foremost({ of, side, title }: { of: WorkFragment; side: 'left' | 'right'; title: string }) {
  const skills = foremost(of);
  return (
    <div>
      <h3 class={`${side} role`}>
        {of.listed.nodes.length > 0 ? 'Common' : 'Most important'} skills of {title}
      </h3>
      {skills.length === 0 && <p class="missing">not published</p>}
      <ol class="foremost">
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
  const overlap = listed ? of.jaccard : of.weightedJaccard;
  if (overlap === null) {
    return <p class="quiet">Their skills come from different kinds of sources, so the overlap can’t be told.</p>;
  }
  const apart = of.shared.toSorted((one, other) => Math.abs(other.points ?? 0) - Math.abs(one.points ?? 0));
  return (
    <>
      <h3>How much they share</h3>
      <p>
        <b>{percent(100 * overlap)}</b> of the skills of either{listed ? '' : ', weighted by importance,'} are shared.
        {of.truncated && ' A side has only a short published list, so the overlap may be understated.'}
      </p>
      <div class="triple">
        <Names title={`Only ${titles.left}`} side="left" of={of.onlyLeft.map(named)} />
        <Names title="Both" of={listed ? of.shared.map(named) : []} />
        <Names title={`Only ${titles.right}`} side="right" of={of.onlyRight.map(named)} />
      </div>
      {apart.length > 0 && (
        <ShareBars
          caption={listed ? 'Shared skills, in percent' : 'Where importance differs most, of 100'}
          shares={apart.slice(0, 8).map(({ skill, ...sides }) => ({ name: skill.name, ...sides }))}
          titles={titles}
          rated={!listed}
        />
      )}
    </>
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
        Technologies: {of.shared.length} shared, {percent(100 * of.jaccard)} of those of either
      </summary>
      <div class="triple">
        <Names title={`Only ${titles.left}`} side="left" of={of.onlyLeft} />
        <Names title="Both" of={of.shared} />
        <Names title={`Only ${titles.right}`} side="right" of={of.onlyRight} />
      </div>
    </details>
  );
}

// How far somebody who has one role falls short of what the other needs.
function Gap({ of, from, to, side }: { of: GapPartsFragment; from: string; to: string; side: 'left' | 'right' }) {
  if (of.total === null) return null;
  const wanting = of.elements.filter((element) => element.gap > 0);
  return (
    <div>
      <h3 class={side}>
        From {from} to <span class="role">{to}</span>
      </h3>
      <p>
        {wanting.length === 0
          ? 'The levels suffice in every element.'
          : `${count(wanting.length)} of ${count(of.compared)} elements ask for a higher level; the mean gap is ${count(of.total)} of 100 points.`}
      </p>
      <ol class="foremost">
        {wanting.slice(0, 6).map(({ skill, from: has, to: needs, gap }) => (
          <li key={`${skill.kind} ${skill.name}`}>
            {skill.name}{' '}
            <small class="quiet">
              level {count(has)} → {count(needs)}, +{count(gap)}
            </small>
          </li>
        ))}
      </ol>
      <p class="sources">{of.note}</p>
    </div>
  );
}
