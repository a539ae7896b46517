import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { fontLicenses, fonts } from './fonts.ts';

// Each page and the folder of its sources. The names become the names of the assets.
const folders: Record<string, string> = {
  home: 'home',
  compare: 'comparison',
  several: 'several',
  occupation: 'occupation',
  'best-paid': 'best-paid',
  playground: 'playground',
};

// The playground is a static page. The server fills in the other pages as Jinja
// templates, because their titles and sentences depend on the request.
function html(page: string): string {
  const template = readFileSync('page.html', 'utf-8').replace('PAGE', String(folders[page]));
  if (page !== 'playground') return template;
  return template
    .replace('{% include content %}', '<noscript><p>The playground needs JavaScript.</p></noscript>')
    .replace(/ *\{% include 'content.*\n/, '')
    .replace(/ *\{% if .*?endif %\}\n/gs, '')
    .replace(/ *<link rel="canonical".*\n/, '')
    .replaceAll('{{ title }}', 'Rolegraph playground')
    .replaceAll('{{ description }}', 'Write and run GraphQL queries against Rolegraph.');
}

// Builds all pages from one template, page.html.
const pages: Plugin = {
  name: 'pages',
  enforce: 'pre',
  resolveId: (id) => (id.replace('.html', '') in folders ? `${import.meta.dirname}/${id}` : null),
  load(id) {
    const page = /([a-z-]+)\.html$/.exec(id)?.[1];
    return page && page in folders ? html(page) : null;
  },
};

// What several pages share is one chunk: many small ones would be as many requests.
// Charts are apart, because they are loaded as they come near.
const sharedSources = /\/src\/(api|format|components\/(?!charts)|[a-z-]+\/address)/;

export default defineConfig({
  // The server serves dist/ under this path, so all asset addresses start with it.
  base: '/static/',
  plugins: [pages, fonts, fontLicenses],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The content security policy allows only 'self', so assets must be files
    // and not data: addresses in the code.
    assetsInlineLimit: 0,
    // All target browsers preload modules natively.
    modulePreload: { polyfill: false },
    // The bundle contains other projects' code, so it includes their licenses.
    license: { fileName: 'licenses.md' },
    // The editor is one large chunk that cannot be split usefully.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      // React libraries mark files with "use client", which means nothing here.
      checks: { moduleLevelDirective: false },
      output: { advancedChunks: { groups: [{ name: 'shared', test: sharedSources, minShareCount: 2 }] } },
      // The page of an error has no script, so it is a file of its own.
      input: Object.fromEntries([...Object.keys(folders), 'error'].map((page) => [page, `${page}.html`])),
    },
  },
});
