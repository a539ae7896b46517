import type { Pages } from '../api/use-pages';

// The state of a list that a visitor asked for, until it is there.
export function Waiting({ for: pages }: { for: Pages<unknown> }) {
  if (pages.status === 'loaded') return null;
  if (pages.status === 'loading') {
    return (
      <p role="status" class="quiet">
        Loading…
      </p>
    );
  }
  return (
    <div class="failure" role="alert">
      <p>Could not load the whole list. {pages.error.message}</p>
      <button type="button" onClick={pages.retry}>
        Try again
      </button>
    </div>
  );
}
