import { usePageSections } from './page-sections';

// What the page has no figures of, and why. These sections are not shown. Links to
// one of them lead here.
export function Unpublished() {
  const empty = usePageSections().filter((section) => section.empty !== null);
  if (empty.length === 0) return null;
  return (
    <section class="unpublished" aria-labelledby="unpublished-title">
      <h2 id="unpublished-title">Not published</h2>
      <ul>
        {empty.map(({ id, title, empty: reason }) => (
          <li key={id} id={id}>
            <b>{title}</b>: {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}
