import { defineConfig } from 'vite';

export default defineConfig({
  // The server hands out everything below dist/ at this path, so every address
  // that Vite writes into a page must begin with it.
  base: '/static/',
  build: {
    outDir: 'dist',
    target: 'es2022',
    // A content security policy that names only 'self' would refuse assets
    // written into the code as data: addresses, so each stays a file.
    assetsInlineLimit: 0,
    // Every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
    // The bundle carries other people's code, so their licences travel with it.
    license: { fileName: 'licenses.md' },
    // The editor is one large piece that is useless in halves; the usual
    // warning at 500 kB would only teach us to overlook warnings.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      // React libraries mark files with "use client" and the like; a bundle
      // for the browser has no use for the marks, nor for a warning about each.
      checks: { moduleLevelDirective: false },
      // One line for each page; the names become the names of the assets.
      input: {
        home: 'home.html',
        compare: 'compare.html',
        occupation: 'occupation.html',
        playground: 'playground.html',
      },
    },
  },
});
