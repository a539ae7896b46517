import { useRef } from 'preact/hooks';
import type { SourcePartsFragment } from '../../generated/graphql';
import { Disclosure, useOpening } from './disclosure';
import { type PageSection, usePageSections } from './page-sections';
import { phone, useMedia } from './use-media';

// Collects every source named anywhere in some data, without duplicates.
export function sourcesIn(...parts: unknown[]): SourcePartsFragment[] {
  const found = new Map<string, SourcePartsFragment>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isSource(value)) found.set(keyOf(value), value);
    else Object.values(value).forEach(visit);
  };
  parts.forEach(visit);
  return [...found.values()];
}

function isSource(value: object): value is SourcePartsFragment {
  return 'publisher' in value && 'license' in value;
}

const keyOf = ({ name, release }: SourcePartsFragment): string => `${name} ${release}`;

// Releases of one source are one note.
const noteOf = ({ name, publisher, license }: SourcePartsFragment): string => `${name} ${publisher} ${license}`;

interface Note {
  number: number;
  releases: SourcePartsFragment[];
  // The sections whose figures are from it.
  citedIn: { id: string; title: string }[];
}

// Numbers the sources of a page's sections in the order of their first appearance.
export function sourceNotes(sections: Pick<PageSection, 'id' | 'title' | 'sources'>[]): Map<string, Note> {
  const notes = new Map<string, Note>();
  for (const { id, title, sources } of sections) {
    for (const source of sources) {
      const note = notes.get(noteOf(source)) ?? { number: notes.size + 1, releases: [], citedIn: [] };
      notes.set(noteOf(source), note);
      if (!note.releases.some((one) => keyOf(one) === keyOf(source))) note.releases.push(source);
      if (note.citedIn.at(-1)?.id !== id) note.citedIn.push({ id, title });
    }
  }
  return notes;
}

// Links from a section to the notes on its sources at the end of the page.
export function Citations({ of: sources }: { of: SourcePartsFragment[] }) {
  const notes = sourceNotes(usePageSections());
  const cited = [...new Set(sources.flatMap((source) => notes.get(noteOf(source)) ?? []))];
  if (cited.length === 0) return null;
  return (
    <span class="citations">
      {cited.length === 1 ? 'Source' : 'Sources'}{' '}
      {cited
        .toSorted((one, other) => one.number - other.number)
        .map(({ number, releases }) => (
          <>
            <a key={number} href={`#source-${number}`} title={releases[0]?.name} aria-label={`Source ${number}`}>
              {number}
            </a>{' '}
          </>
        ))}
    </span>
  );
}

const title = 'Sources';
const mostOpen = 4;

// The notes on all sources of the page, each once, with links back to the sections.
// On paper, which has no links, also the page's address. On a phone, many notes are
// closed until one is asked for.
export function SourceNotes() {
  const element = useRef<HTMLElement>(null);
  const notes = [...sourceNotes(usePageSections()).values()];
  const [open, setOpen] = useOpening(element, false, notes.length);
  const folds = useMedia(phone) && notes.length > mostOpen;
  if (notes.length === 0) return <section ref={element} hidden />;
  const attributions = new Set(
    notes.flatMap(({ releases }) => releases.map(({ attribution }) => attribution)).filter(Boolean),
  );
  return (
    <section id="sources" ref={element} aria-labelledby="sources-title">
      <div class="section-head">
        <h2 id="sources-title">{folds ? <Disclosure id="sources" title={title} {...{ open, setOpen }} /> : title}</h2>
      </div>
      <div id="sources-body" class="section-body" hidden={folds && !open ? 'until-found' : false}>
        <ol class="sources">
          {notes.map(({ number, releases, citedIn }) => (
            <li key={number} id={`source-${number}`}>
              <Described of={releases} />{' '}
              <span class="cited-in">
                Cited in{' '}
                {citedIn.map(({ id, title }, index) => (
                  <>
                    {index > 0 && ', '}
                    <a key={id} href={`#${id}`}>
                      {title}
                    </a>
                  </>
                ))}
              </span>
            </li>
          ))}
        </ol>
        <div class="attributions">
          {[...attributions].map((attribution) => (
            <p key={attribution}>{attribution}</p>
          ))}
        </div>
        <p class="printed page-address">{window.location.href}</p>
      </div>
    </section>
  );
}

function Described({ of: releases }: { of: SourcePartsFragment[] }) {
  const { name, url, publisher, license } = releases[0] as SourcePartsFragment;
  const dated = releases.map(({ release, retrieved }) =>
    [release, retrieved && `retrieved ${retrieved}`].filter(Boolean).join(', '),
  );
  return (
    <>
      {url ? <a href={url}>{name}</a> : name}
      {[dated.filter(Boolean).join('; '), publisher, license].filter(Boolean).map((part) => ` · ${part}`)}
    </>
  );
}
