import type { OccupationWorkDocument } from '../../generated/graphql';
import { Beginning } from '../parts/beginning';
import { Section, type Shown } from '../parts/section';
import { count } from '../words/figures';

export function Related({ slug, ...shown }: Shown<typeof OccupationWorkDocument> & { slug: string }) {
  return (
    <Section
      id="related"
      title="Related roles"
      {...shown}
      part={({ occupation }) => (occupation?.related.nodes.length ? occupation.related.nodes : null)}
      empty="No source relates this role to others."
    >
      {(roles) => (
        <ol class="columns">
          {roles.map((role) => (
            <li key={role.slug}>
              <a href={`/occupation/${role.slug}`}>{role.title}</a>{' '}
              <a class="small" href={`/compare/${slug}/${role.slug}`} aria-label={`Compare with ${role.title}`}>
                compare
              </a>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

export function AlternateTitles(shown: Shown<typeof OccupationWorkDocument>) {
  return (
    <Section
      id="names"
      title="Other names for it"
      {...shown}
      part={({ occupation }) => (occupation?.alternateTitles.nodes.length ? occupation.alternateTitles : null)}
      empty="No other names are stored for this role."
    >
      {({ nodes, totalCount }) => (
        <>
          <Beginning of={nodes} first={24} what="names">
            {(names) => (
              <ul class="names">
                {names.map(({ title }) => (
                  <li key={title}>{title}</li>
                ))}
              </ul>
            )}
          </Beginning>
          {totalCount > nodes.length && (
            <p class="quiet">
              The first {count(nodes.length)} of {count(totalCount)} names; the search knows them all.
            </p>
          )}
        </>
      )}
    </Section>
  );
}
