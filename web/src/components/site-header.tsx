// The graph of the site's icon.
function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <path d="M8 9 24 7M8 9l9 15M24 7l-7 17" />
      <circle cx="8" cy="9" r="5" />
      <circle cx="24" cy="7" r="4" />
      <circle cx="17" cy="24" r="6" />
    </svg>
  );
}

// The header of all pages, with the ways to the others.
export function SiteHeader() {
  return (
    <header class="site">
      <a class="brand" href="/">
        <Mark />
        Rolegraph
      </a>
      <nav aria-label="Site">
        <a href="/">Compare</a>
        <a href="/best-paid">Best paid</a>
        <a href="/graphql">Playground</a>
        <a href="/graphql?explore">Schema</a>
      </nav>
    </header>
  );
}
