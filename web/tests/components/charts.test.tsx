import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { type Curve, PercentileChart } from '../../src/components/percentile-chart';
import { ShareBars } from '../../src/components/share-bars';
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

const points = (...wages: (number | null)[]) =>
  wages.map((wage, place) => ({ percentile: [10, 25, 50, 75, 90][place] ?? 0, wage, atLeast: null as number | null }));
const curve = (side: 'left' | 'right', of: Curve['points']): Curve => ({ name: titles[side], side, points: of });
const chart = (curves: Curve[], crossings: { lowerPercentile: number; upperPercentile: number }[] = []) =>
  renderToString(<PercentileChart curves={curves} crossings={crossings} unit="DOLLARS_PER_YEAR" title="Wages" />);

test('a curve runs from the 10th percentile at the left to the 90th at the right, and 0 is at the bottom', () => {
  const html = chart([curve('left', points(0, 25_000, 50_000, 75_000, 100_000))]);
  expect(all(html, /<path class="curve left" d="([^"]*)"/g)).toEqual(['M72,296L189,226L384,156L579,86L696,16']);
  expect(all(html, /class="tick" x="62"[^>]*>([^<]*)</g)).toEqual([
    '$0',
    '$20,000',
    '$40,000',
    '$60,000',
    '$80,000',
    '$100,000',
  ]);
  expect(html).toContain('<title>Actors, 25th percentile: $25,000</title>');
});

test('an unpublished percentile is a gap in the curve', () => {
  const html = chart([curve('right', points(0, 25_000, null, 75_000, 100_000))]);
  expect(all(html, /<path class="curve right" d="([^"]*)"/g)).toEqual(['M72,296L189,226M579,86L696,16']);
  expect(all(html, /<title>([^<]*)<\/title>/g)).toEqual([
    'Dancers, 10th percentile: $0',
    'Dancers, 25th percentile: $25,000',
    'Dancers, 75th percentile: $75,000',
    'Dancers, 90th percentile: $100,000',
  ]);
});

test('a top-coded wage is an arrow at its bound, which also sets the scale', () => {
  const top = points(0, 25_000, 50_000, 75_000, null).map((point, place) =>
    place === 4 ? { ...point, atLeast: 100_000 } : point,
  );
  const html = chart([curve('left', top)]);
  expect(all(html, /<path class="bound left" d="([^"]*)"/g)).toEqual(['M696 16v-10m-5 5l5-5l5 5']);
  expect(html).toContain('<title>Actors, 90th percentile: at least $100,000</title>');
});

test('a crossing is marked between its percentiles', () => {
  const html = chart([curve('left', points(1, 2, 3, 4, 5))], [{ lowerPercentile: 25, upperPercentile: 50 }]);
  expect(html).toContain('<rect class="crossing" x="189" width="195" y="16" height="280">');
  expect(html).toContain('curves cross here');
});

test('bars of shares are relative to the largest share of either side', () => {
  const shares = [
    { name: 'A', left: 40, right: 20, points: 20 },
    { name: 'B', left: null, right: 10, points: null },
  ];
  const html = renderToString(<ShareBars caption="Shares" shares={shares} titles={titles} />);
  expect(all(html, /width:([\d.]+%)/g)).toEqual(['80%', '40%', '20%']);
  expect(all(html, /<span>([^<]*)<\/span>/g)).toEqual(['40%', '20%', '10%']);
  expect(all(html, /<td class="points">([^<]*)<\/td>/g)).toEqual(['+20 points', '']);
  expect(html).toContain('<td class="bar left"><span class="missing">not published</span></td>');
  const ratings = renderToString(<ShareBars caption="Ratings" shares={shares} titles={titles} rated />);
  expect(all(ratings, /<span>([^<]*)<\/span>/g)).toEqual(['40', '20', '10']);
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
