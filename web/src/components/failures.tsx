import { plural } from '../format/numbers';
import { usePageSections } from './page-sections';

const mostNamed = 3;

// Says at the bottom of the window what could not be loaded and why, and loads all of
// it again.
export function Failures() {
  const failed = usePageSections().flatMap(({ title, failure }) => (failure ? [{ title, ...failure }] : []));
  if (failed.length === 0) return null;
  const what =
    failed.length > mostNamed ? plural(failed.length, 'section') : failed.map(({ title }) => `“${title}”`).join(', ');
  const retry = () => {
    // The button disappears with the message.
    document.getElementById('content')?.focus({ preventScroll: true });
    // Sections of one document share its request.
    for (const request of new Set(failed.map((one) => one.retry))) request();
  };
  return (
    <div class="failures" role="alert">
      <p>
        Could not load {what}. {[...new Set(failed.map(({ error }) => error.message))].join(' ')}
      </p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
