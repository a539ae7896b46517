import type { SourcePartsFragment } from '../../generated/graphql';

// Collects every source that an answer, or a part of one, names: each once.
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
  return 'publisher' in value && 'licence' in value;
}

export function Sources({ of: sources }: { of: SourcePartsFragment[] }) {
  if (sources.length === 0) return null;
  return (
    <p class="sources">
      <span>{sources.length === 1 ? 'Source:' : 'Sources:'}</span>{' '}
      {sources.map((source, place) => (
        <span key={`${source.name} ${source.release}`}>
          {place > 0 && '; '}
          {source.url ? <a href={source.url}>{source.name}</a> : source.name}
          {source.release && `, ${source.release}`}
          {` (${[source.publisher, source.licence].filter(Boolean).join('; ')})`}
          {source.attribution && ` ${source.attribution}`}
        </span>
      ))}
    </p>
  );
}
