import { useRegistered } from '../components/section';
import { addressOf } from './address';

const section = {
  id: 'pairs',
  title: 'Two at a time',
  answer: undefined,
  empty: null,
  lacks: '',
  sources: [],
  failure: null,
};

// Each pair of the roles has a page with all details.
export function PairLinks({ slugs, titles, area }: { slugs: string[]; titles: string[]; area: string }) {
  const pairs = slugs.flatMap((_, one) => slugs.slice(one + 1).map((__, more) => [one, one + 1 + more] as const));
  const [element] = useRegistered(section, true);
  return (
    <section id="pairs" ref={element} aria-labelledby="pairs-title">
      <div class="section-head">
        <h2 id="pairs-title">{section.title}</h2>
      </div>
      <p>
        The page of a pair tests every difference and has the places where each pays more, skills, education and
        demographics.
      </p>
      <ul class="columns">
        {pairs.map(([one, other]) => (
          <li key={`${one} ${other}`}>
            <a href={addressOf({ roles: [slugs[one] ?? '', slugs[other] ?? ''], area })}>
              {titles[one]} vs {titles[other]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
