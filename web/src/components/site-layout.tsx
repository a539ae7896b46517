import type { ComponentChildren } from 'preact';
import { Failures } from './failures';
import { PageSections } from './page-sections';
import { SiteHeader } from './site-header';
import { SourceNotes } from './sources';
import { Unpublished } from './unpublished';

// The header and footer of all pages.
export function SiteLayout({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <SiteHeader />
      <main id="content" tabIndex={-1}>
        <PageSections>
          {children}
          <Unpublished />
          <SourceNotes />
          <Failures />
        </PageSections>
      </main>
      <footer class="site">
        <p>
          All figures come from one GraphQL API. Write a query in the <a href="/graphql">playground</a>, explore the{' '}
          <a href="/graphql?explore">schema</a>, or download its <a href="/schema.graphql">SDL</a>.
        </p>
        <p>
          Each section cites its sources by number. Missing figures are marked as missing, and differences that may be
          due to chance are marked as such. <a href="/static/licenses.md">Script licenses</a>
        </p>
      </footer>
    </>
  );
}
