import { Sources, sourcesIn } from './sources';

// The end of a printed page: its address, and the sources of all its sections. The
// screen has the sources with each section.
export function PrintEnd({ of }: { of: unknown[] }) {
  return (
    <section class="printed" aria-label="Sources of this page">
      <Sources of={sourcesIn(of)} />
      <p>{window.location.href}</p>
    </section>
  );
}
