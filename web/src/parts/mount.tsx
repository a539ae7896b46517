import { type ComponentChild, render } from 'preact';
import { Frame } from './frame';

// Puts a page, and what all pages have around them, into the document.
export function mount(page: ComponentChild): void {
  const container = document.getElementById('page');
  if (!container) throw new Error('The page has no element with the id "page".');
  render(<Frame>{page}</Frame>, container);
}
