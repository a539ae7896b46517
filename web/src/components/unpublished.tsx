import { usePageSections } from './page-sections';

// What the page has no figures of, and why. These sections, and these rows of others,
// are not shown. Links to one of the sections lead here.
export function Unpublished() {
  const sections = usePageSections();
  const empty = sections.filter((section) => section.empty !== null);
  const lacking = sections.filter((section) => section.lacks !== '');
  if (empty.length === 0 && lacking.length === 0) return null;
  return (
    <section class="unpublished" aria-labelledby="unpublished-title">
      <h2 id="unpublished-title">Not published</h2>
      <ul>
        {empty.map(({ id, title, empty: reason }) => (
          <li key={id} id={id}>
            <b>{title}</b>: {reason}
          </li>
        ))}
        {lacking.map(({ id, lacks }) => (
          <li key={`${id} lacks`}>
            <b>{lacks}</b>: not published.
          </li>
        ))}
      </ul>
    </section>
  );
}
