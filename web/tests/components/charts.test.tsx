import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { ChartMark } from '../../src/components/dumbbells';
import { type Curve, PercentileChart } from '../../src/components/percentile-chart';
import { Shares } from '../../src/components/shares';
import { StateList, StateMap } from '../../src/components/state-map';
import { WageHistoryChart, type WageLine } from '../../src/components/wage-history-chart';
import { Bars } from '../../src/occupation/bars';

const titles = { left: 'Actors', right: 'Dancers' };
const state = (code: string, gap: number, clear = false) => ({
  code,
  name: `Name of ${code}`,
  left: 50_000 + gap,
  right: 50_000,
  gap,
  clear,
});

// Returns all matches of the first group of a pattern.
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1]);

test('each state and territory has its own place on the map', () => {
  const html = renderToString(<StateMap unit="DOLLARS_PER_YEAR" states={[]} link={String} />);
  const places = all(html, /translate\((\d+ \d+)\)/g);
  expect(places.length).toBe(54);
  expect(new Set(places).size).toBe(54);
  expect(all(html, /class="(tile [^"]*)"/g)).toEqual(Array(54).fill('tile none'));
  expect(html).toContain('<title>WY: not published for both</title>');
});

test('a tile says which role is higher, by how much, and whether that is significant', () => {
  const states = [state('CA', 2500, true), state('NY', -40.4), state('TX', 0)];
  const html = renderToString(<StateMap unit="DOLLARS_PER_YEAR" states={states} link={(code) => `/in/${code}`} />);
  expect(all(html, /href="([^"]*)"/g).sort()).toEqual(['/in/CA', '/in/NY', '/in/TX']);
  expect(html).toContain('<g transform="translate(0 208)" class="tile left clear">');
  expect(html).toContain('<g transform="translate(416 104)" class="tile right unclear">');
  expect(html).toContain('<g transform="translate(156 364)" class="tile equal unclear">');
  expect(html).toContain('<title>Name of CA: $52,500 and $50,000, +$2,500</title>');
  expect(html).toContain('<title>Name of NY: $49,960 and $50,000, −$40</title>');
});

test('the list of states is sorted by difference, with bars relative to the largest', () => {
  const states = [state('NY', -500), state('CA', 2000), state('TX', 1000)];
  const html = renderToString(<StateList unit="DOLLARS_PER_YEAR" states={states} titles={titles} link={String} />);
  expect(all(html, /<a href="(..)">/g)).toEqual(['CA', 'TX', 'NY']);
  expect(all(html, /class="lean (\w+)"/g)).toEqual(['left', 'left', 'right']);
  expect(all(html, /width:([\d.]+%)/g)).toEqual(['50%', '25%', '12.5%']);
});

const wages = (...of: (number | null)[]) =>
  of.map((wage, place) => ({ percentile: [10, 25, 50, 75, 90][place] ?? 0, wage, missing: undefined as Missing }));
type Missing = Curve['points'][number]['missing'];
const curve = (side: 'left' | 'right', points: Curve['points']): Curve => ({ name: titles[side], side, points });
const chart = (curves: [Curve, Curve?], marks: ChartMark[] = []) =>
  renderToString(<PercentileChart curves={curves} unit="DOLLARS_PER_YEAR" marks={marks} />);
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, '');
const cellsOf = (html: string) =>
  all(html, /<t[dh] class="(?:side|apart)[^>]*>(.*?)<\/td>/g).map((cell) => plain(cell ?? ''));

test('wages of both roles stand on one axis, with the difference named by the higher role', () => {
  const html = chart([
    curve('left', wages(0, 25_000, 50_000, 75_000, 100_000)),
    curve('right', wages(10_000, 25_000, 40_000, null, 80_000)),
  ]);
  expect(all(html, /<td class="side left">.*?class="point" aria-hidden="true" style="left:([^;]*);"/g)).toEqual([
    '0%',
    '25%',
    '50%',
    '75%',
    '100%',
  ]);
  expect(cellsOf(html).slice(0, 3)).toEqual(['$0', '$10,000', 'Dancers: $10,000 more']);
  // The label of the lower figure is at the left of its point, that of the higher one at the right.
  expect(html).toContain('right:calc(100% + 0.6rem);">$0');
  expect(html).toContain('left:calc(10% + 0.6rem);">$10,000');
  expect(cellsOf(html).slice(3)).toEqual(
    [
      ['$25,000', '$25,000', 'the same'],
      ['$50,000', '$40,000', 'Actors: $10,000 more'],
      ['$75,000', 'not published', ''],
      ['$100,000', '$80,000', 'Actors: $20,000 more'],
    ].flat(),
  );
  expect(all(html, /class="between (\w+)" aria-hidden="true" style="([^"]*)"/g)).toEqual(['right', 'left', 'left']);
  // The names stand above the points of the first row.
  expect(html).toContain('--start:0fr;--middle:10fr;--rest:90fr;');
  expect(html).toContain('<th scope="col" class="left lower">Actors</th>');
});

test('a wage above the published maximum starts at its bound, which also sets the scale', () => {
  const missing: Missing = { figure: 'left annual.p90', reason: 'TOP_CODED', atLeast: 100_000 };
  const top = wages(0, 25_000, 50_000, 75_000, null).map((point, place) =>
    place === 4 ? { ...point, missing } : point,
  );
  const html = chart([curve('left', top), curve('right', wages(0, 0, 0, 0, 200_000))]);
  expect(html).toContain('class="bound" aria-hidden="true" style="left:50%;"');
  expect(cellsOf(html).slice(-3)).toEqual(['at least ≥\u2009$100,000', '$200,000', '']);
  const hourly: Missing = { figure: 'left annual.p90', reason: 'HOURLY_ONLY', atLeast: null };
  const none = chart([curve('left', [{ percentile: 10, wage: null, missing: hourly }]), curve('right', wages(1))]);
  expect(cellsOf(none)).toEqual(['published hourly only', '$1', '']);
});

test('a mark is a row of its own and a line through all others', () => {
  const html = chart(
    [curve('left', wages(50_000, 100_000)), curve('right', wages(1, 2))],
    [{ label: 'Your offer', value: 200_001 }],
  );
  expect(all(html, /class="at" aria-hidden="true" style="([^"]*)"/g)).toEqual(['left:100%;', 'left:100%;']);
  expect(plain(html.slice(html.indexOf('<tfoot>')))).toBe('Your offer$200,001');
  expect(html).toContain('class="point" aria-hidden="true" style="left:25%;"');
});

test('one role has neither names nor differences', () => {
  const html = chart([curve('left', wages(1, 2, 3, 4, 5))]);
  expect(cellsOf(html)).toEqual(['$1', '$2', '$3', '$4', '$5']);
  expect(html).not.toContain('Difference');
});

test('shares are read against 0, and missing ones leave the other', () => {
  const shares = [
    { name: 'A', left: 40, right: 20, points: 20 },
    { name: 'B', left: null, right: 10, points: null },
    { name: 'C', left: 8, right: 8, points: 0 },
  ];
  const html = renderToString(<Shares caption="Shares" of={shares} titles={titles} />);
  expect(all(html, /class="point" aria-hidden="true" style="left:([^;]*);"/g)).toEqual([
    '100%',
    '50%',
    '25%',
    '20%',
    '20%',
  ]);
  expect(cellsOf(html)).toEqual(
    [
      ['40%', '20%', 'Actors: 20 points more'],
      ['not published', '10%', ''],
      ['8%', '8%', 'the same'],
    ].flat(),
  );
});

test('bars of one role are relative to a given total, or to the largest', () => {
  const of = [
    { name: 'A', value: 50, text: '50' },
    { name: 'B', value: 25, text: '25' },
  ];
  const widths = (outOf?: number) =>
    all(
      renderToString(<Bars caption="C" columns={['N', 'V']} of={of} {...(outOf && { outOf })} />),
      /width:([\d.]+%)/g,
    );
  expect(widths(100)).toEqual(['35%', '17.5%']);
  expect(widths()).toEqual(['70%', '35%']);
});

const years = (side: 'left' | 'right', ...wages: [number | null, number | null][]): WageLine => ({
  name: titles[side],
  side,
  points: wages.map(([nominal, real], place) => ({ year: 2021 + place, nominal, real })),
});
const overTime = (...lines: WageLine[]) =>
  renderToString(<WageHistoryChart lines={lines} unit="DOLLARS_PER_YEAR" title="Wages" />);

test('each role has a strong line in constant dollars and a thin one in dollars of each year', () => {
  const html = overTime(
    years('left', [80_000, 100_000], [90_000, 100_000], [100_000, 100_000]),
    years('right', [40_000, 50_000], [45_000, 50_000], [50_000, 50_000]),
  );
  expect(all(html, /class="curve ((?:left|right) \w+)"/g)).toEqual([
    'left nominal',
    'left real',
    'right nominal',
    'right real',
  ]);
  // The years are evenly apart, and equal wages at equal heights.
  expect(all(html, /class="curve left real" d="([^"]*)"/g)).toEqual(['M86,80.8L393,80.8L700,80.8']);
  expect(all(html, /<title>(Actors[^<]*)<\/title>/g)).toEqual([
    'Actors, May 2021: $80,000',
    'Actors, May 2022: $90,000',
    'Actors, May 2023: $100,000',
    'Actors, May 2021: $100,000 in 2023 dollars',
    'Actors, May 2022: $100,000 in 2023 dollars',
    'Actors, May 2023: $100,000',
  ]);
  expect(html).toContain('in 2023 dollars</span>');
  // The name of the higher line is above it, that of the lower one below both of its lines.
  const places = [...html.matchAll(/class="line-label (\w+)" x="708" y="([\d.]+)"/g)].map(([, side, y]) => [
    side,
    Math.round(Number(y)),
  ]);
  expect(places).toEqual([
    ['left', 69],
    ['right', 248],
  ]);
});

test('a year without a wage is a gap, and without constant dollars there is one line', () => {
  const html = overTime(years('left', [20, null], [null, null], [30, null]));
  expect(all(html, /class="curve (left \w+)"/g)).toEqual(['left real']);
  expect(all(html, /<title>([^<]*)<\/title>/g)).toEqual(['Actors, May 2021: $20', 'Actors, May 2023: $30']);
  expect(html).not.toContain('figcaption');
});

test('a name longer than the chart is shortened', () => {
  const html = overTime({ ...years('left', [20, 20], [30, 30]), name: 'A'.repeat(200) });
  expect(all(html, /class="line-label left"[^>]*>(A+…)</g)[0]?.length).toBeLessThan(90);
});
