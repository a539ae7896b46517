import '../pages.css';
import { type ComponentChild, render } from 'preact';
import { SiteLayout } from './site-layout';

// Renders a page in the site's layout.
export function renderPage(page: ComponentChild): void {
  const container = document.getElementById('page');
  if (!container) throw new Error('The document has no element with the id "page".');
  render(<SiteLayout>{page}</SiteLayout>, container);
}
