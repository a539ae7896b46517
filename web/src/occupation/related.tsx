import type { OccupationWorkDocument } from '../../generated/graphql';
import { Near } from '../components/near';
import { type QueryOf, Section } from '../components/section';
import { plural } from '../format/numbers';

const map = () => import('../components/charts/occupation-map');

export function Related({ slug, ...query }: QueryOf<typeof OccupationWorkDocument> & { slug: string }) {
  return (
    <Section
      id="related"
      title="Related roles"
      {...query}
      part={({ occupation }) => (occupation?.related?.nodes.length ? occupation.related.nodes : null)}
      answer={(roles) => plural(roles.length, 'role')}
      empty="No published related roles."
    >
      {(roles) => (
        <>
          <Near load={map} class="neighbors">
            {({ OccupationMap }) => <OccupationMap slug={slug} />}
          </Near>
          <ol class="columns">
            {roles.map(({ occupation: role, ...parts }) => (
              <li key={role.slug}>
                <a href={`/occupation/${role.slug}`}>{role.title}</a>{' '}
                <a class="small" href={`/compare/${slug}/${role.slug}`} aria-label={`Compare with ${role.title}`}>
                  compare
                </a>
                {basis(parts) && <small class="quiet"> {basis(parts)}</small>}
              </li>
            ))}
          </ol>
        </>
      )}
    </Section>
  );
}

// O*NET may only relate a part of either role.
function basis({ part, relatedPart }: { part: string | null; relatedPart: string | null }): string {
  if (part && relatedPart) return `for ${part}, as ${relatedPart}`;
  if (part) return `for ${part} only`;
  return relatedPart ? `as ${relatedPart} only` : '';
}
