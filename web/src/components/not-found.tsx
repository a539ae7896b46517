import type { ComponentChildren } from 'preact';
import { type PageData, pageData } from '../api/page-data';
import { linked, Notes } from './notes';

// Renders a page, unless its address names nothing: then what the server says
// about it, and what the page offers instead.
export function Found(props: { title: string; instead?: ComponentChildren; children: ComponentChildren }) {
  const { problem } = pageData;
  if (!problem) return <>{props.children}</>;
  return (
    <section aria-labelledby="not-found">
      <h1 id="not-found">{props.title}</h1>
      <Problem of={problem} />
      {props.instead}
    </section>
  );
}

// Why an address names nothing, what it may mean, and the way out.
export function Problem({ of }: { of: NonNullable<PageData['problem']> }) {
  return (
    <>
      <p>{of.text}</p>
      <Notes />
      <p class="ways">{linked(of.exit)}</p>
    </>
  );
}
