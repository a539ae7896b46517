import { type ComponentChild, render } from 'preact';
import { useEffect } from 'preact/hooks';
import { restoreFocus } from './keep-focus';
import { SiteLayout } from './site-layout';

// Renders a page in the site's layout. Its styles are in pages.css, which each page imports
// itself: the playground shares components with the pages, but not their styles.
export function renderPage(page: ComponentChild): void {
  const container = document.getElementById('page');
  if (!container) throw new Error('The document has no element with the id "page".');
  render(<SiteLayout>{page}</SiteLayout>, container);
  restoreFocus();
}

// Keeps the document's title as the server writes it, when the page changes
// without a request for it. The title is null while it is unknown.
export function useTitle(title: string | null): void {
  useEffect(() => {
    if (title) document.title = `${title} | Rolegraph`;
  }, [title]);
}
