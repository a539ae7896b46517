import type { ComponentChildren } from 'preact';

// Roles and what lies between them, as on the icon of the page.
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

// What all pages have around them.
export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="site">
        <a class="brand" href="/">
          <Mark />
          Rolegraph
        </a>
        <nav aria-label="Site">
          <a href="/">Compare</a>
          <a href="/graphql">Playground</a>
          <a href="/graphql?explore">Schema</a>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer class="site">
        <p>
          Every figure comes from one GraphQL API: write your own query in the <a href="/graphql">playground</a>,
          explore the <a href="/graphql?explore">schema</a>, or take its <a href="/schema.graphql">SDL</a>.
        </p>
        <p>
          Figures are those of the sources named under each section. What is missing is said to be missing, and a gap
          that may be chance is called so. <a href="/static/licenses.md">Licences of the scripts</a>
        </p>
      </footer>
    </>
  );
}
