import { addressOf } from './address';

// Each pair of the roles has a page with all details.
export function PairLinks({ slugs, titles, area }: { slugs: string[]; titles: string[]; area: string }) {
  const pairs = slugs.flatMap((_, one) => slugs.slice(one + 1).map((__, more) => [one, one + 1 + more] as const));
  return (
    <section id="pairs" aria-labelledby="pairs-title">
      <div class="section-head">
        <h2 id="pairs-title">Two at a time</h2>
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
