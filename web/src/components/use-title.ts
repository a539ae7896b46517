import { useEffect } from 'preact/hooks';

// Keeps the document's title as the server writes it, when the page changes without a request for it.
export function useTitle(title: string | null): void {
  useEffect(() => {
    if (title) document.title = `${title} | Rolegraph`;
  }, [title]);
}
