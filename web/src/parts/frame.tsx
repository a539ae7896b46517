import type { ComponentChildren } from 'preact';

// What all pages have around them.
export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="site">
        <a class="brand" href="/">
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
          Every figure comes from one GraphQL API: write your own query in the <a href="/graphql">playground</a>, explore
          the <a href="/graphql?explore">schema</a>, or take its <a href="/schema.graphql">SDL</a>.
        </p>
        <p>
          Figures are those of the sources named under each section. What is missing is said to be missing, and a gap
          that may be chance is called so. <a href="/static/licenses.md">Licences of the scripts</a>
        </p>
      </footer>
    </>
  );
}
