import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const folder = 'node_modules/@fontsource-variable/inter';

// ASCII, Latin-1 (names of places and publishers), and the signs of the pages' texts and figures.
const range = (first: number, last: number): string =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));
const characters = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}–—‘’“”…•−×≥≤→←↑↓`;

// Writes the part of the pages' font that they use: its weights from 400 to 700;
// what is served is 28 kB. The subset is generated, so no font is in the repository.
export const fonts: Plugin = {
  name: 'fonts',
  apply: 'build',
  async buildStart() {
    const whole = readFileSync(`${folder}/files/inter-latin-wght-normal.woff2`);
    const subset = (targetFormat: 'woff2' | 'truetype') =>
      subsetFont(whole, characters, { targetFormat, variationAxes: { wght: { min: 400, max: 700 } } });
    mkdirSync('generated', { recursive: true });
    writeFileSync('generated/sans.woff2', await subset('woff2'));
    // For the images that the server draws: its library does not read WOFF2.
    this.emitFile({ type: 'asset', fileName: 'sans.ttf', source: await subset('truetype') });
  },
};

// Adds the licenses of the fonts. Vite only lists those of scripts.
export const fontLicenses: Plugin = {
  name: 'font-licenses',
  apply: 'build',
  writeBundle({ dir }) {
    for (const one of [folder, 'node_modules/@fontsource/fira-code']) {
      const { name, version, license } = JSON.parse(readFileSync(`${one}/package.json`, 'utf-8'));
      const text = readFileSync(`${one}/LICENSE`, 'utf-8').trim();
      appendFileSync(`${dir}/licenses.md`, `\n## ${name} - ${version} (${license})\n\n${text}\n`);
    }
  },
};
