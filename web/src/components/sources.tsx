import type { SourcePartsFragment } from '../../generated/graphql';

// Collects every source named anywhere in some data, without duplicates.
export function sourcesIn(...parts: unknown[]): SourcePartsFragment[] {
  const found = new Map<string, SourcePartsFragment>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isSource(value)) found.set(`${value.name} ${value.release}`, value);
    else Object.values(value).forEach(visit);
  };
  parts.forEach(visit);
  return [...found.values()];
}

function isSource(value: object): value is SourcePartsFragment {
  return 'publisher' in value && 'license' in value;
}

export function Sources({ of: sources }: { of: SourcePartsFragment[] }) {
  if (sources.length === 0) return null;
  const attributions = new Set(sources.map((source) => source.attribution).filter(Boolean));
  return (
    <div class="sources">
      <p>{sources.length === 1 ? 'Source' : 'Sources'}</p>
      <ul>
        {sources.map((source) => (
          <li key={`${source.name} ${source.release}`}>
            {source.url ? <a href={source.url}>{source.name}</a> : source.name}
            {[source.release, source.publisher, source.license, retrieved(source)]
              .filter(Boolean)
              .map((part) => ` · ${part}`)}
          </li>
        ))}
      </ul>
      {[...attributions].map((attribution) => (
        <p key={attribution}>{attribution}</p>
      ))}
    </div>
  );
}

function retrieved({ retrieved: day }: SourcePartsFragment): string | null {
  return day && `retrieved ${day}`;
}
