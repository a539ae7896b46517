import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { NeighborFragment, PlaceGapFragment } from '../../generated/graphql';
import { certainty } from '../../src/comparison/place-figures';
import { gapsOf, levelOf, type Order, ranked, stepOf } from '../../src/components/charts/gaps';
import { logTicks, neighborhood, placeLabels } from '../../src/components/charts/neighbors';
import { moved } from '../../src/components/charts/plot';
import { nearest, spread, wrapped } from '../../src/components/charts/spots';
import { StateMap } from '../../src/components/charts/state-map';
import { nextTile } from '../../src/components/charts/tiles';
import { WageHistoryChart } from '../../src/components/charts/wage-history-chart';
import type { ChartMark } from '../../src/components/dumbbells';
import { type Curve, PercentileChart } from '../../src/components/percentile-chart';
import { Shares } from '../../src/components/shares';
import type { WageLine } from '../../src/components/wage-change';
import { Bars } from '../../src/occupation/bars';

type Verdict = PlaceGapFragment['mean']['verdict'];

const titles = { left: 'Actors', right: 'Dancers' };
const state = (code: string, gap: number, verdict: Verdict = 'SIGNIFICANT', mean = gap): PlaceGapFragment => ({
  area: { code, name: `Name of ${code}` },
  median: { left: 50_000 + gap, right: 50_000, absolute: gap },
  mean: { absolute: mean, higher: mean > 0 ? 'LEFT' : mean < 0 ? 'RIGHT' : 'EQUAL', verdict },
});

// Returns all matches of the first group of a pattern.
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1]);

const map = (states: PlaceGapFragment[], chosen = '') =>
  renderToString(
    <StateMap
      unit="DOLLARS_PER_YEAR"
      states={gapsOf(states)}
      titles={titles}
      chosen={chosen}
      choose={() => {}}
      point={() => {}}
    />,
  );

test('each state and territory has its own place on the map', () => {
  const html = map([]);
  const places = all(html, /translate\((\d+ \d+)\)/g);
  expect(places.length).toBe(54);
  expect(new Set(places).size).toBe(54);
  expect(all(html, /class="(tile [^"]*)"/g)).toEqual(Array(54).fill('tile none'));
  expect(html).toContain('<title>WY: not published for both</title>');
});

test('the look of a tile has the side, the size of the gap, and how sure it is', () => {
  const states = [
    state('CA', 2500),
    state('NV', 1400, 'NOT_TESTABLE'),
    state('NY', -40, 'NOT_SIGNIFICANT'),
    state('OR', -1000, 'NOT_SIGNIFICANT', 200),
    state('TX', 0),
  ];
  const html = map(states, 'TX');
  // Three steps of $1,000 hold nine of ten gaps.
  expect(all(html, /<g class="tile (\w[^"]*)"[^>]*data-code/g)).toEqual(
    ['right level2 disagree', 'left level2 unsure', 'left level3 sure', 'equal', 'right level1 unsure'].toSorted(
      (one, other) => html.indexOf(`tile ${one}"`) - html.indexOf(`tile ${other}"`),
    ),
  );
  expect(html).toContain('aria-label="Name of CA: Actors $52,500, Dancers $50,000"');
  expect(all(html, /data-code="TX"[^>]*aria-pressed="(\w+)"/g)).toEqual(['true']);
  // Tab reaches one tile, which is that of the figures.
  expect(all(html, /data-code="(\w+)"[^>]*tabindex="0"/g)).toEqual(['TX']);
  expect(all(map(states), /data-code="(\w+)"[^>]*tabindex="0"/g)).toEqual(['CA']);
});

test('places without both medians are left out', () => {
  const none = { ...state('NM', 0), median: { left: null, right: 1, absolute: null } };
  expect(gapsOf([none, state('CA', 1)]).map(({ code }) => code)).toEqual(['CA']);
});

test.each([
  [[], 1],
  [[0, 0], 1],
  [[100, -200, 250], 100],
  [[3000, -2999, 2000], 1000],
  [[3100], 2000],
  [[0.8], 0.5],
  [[...Array(19).fill(900), 100_000], 500],
])('three round steps hold most of the gaps of %o', (gaps, step) => {
  expect(stepOf(gaps)).toBe(step);
});

test('a gap of a step or more is on the next level, up to the third', () => {
  expect([0, 99, -100, 199, 200, -9000].map((gap) => levelOf(gap, 100))).toEqual([1, 1, 2, 2, 3, 3]);
});

test('arrow keys go to the nearest state in a direction', () => {
  const among = ['AK', 'WA', 'ID', 'OR', 'ME', 'HI'];
  expect(nextTile('WA', [1, 0], among)).toBe('ID');
  expect(nextTile('WA', [0, 1], among)).toBe('OR');
  expect(nextTile('WA', [0, -1], among)).toBe('AK');
  expect(nextTile('WA', [-1, 0], among)).toBeNull();
  expect(nextTile('ID', [1, 0], among)).toBe('ME');
  expect(nextTile('HI', [0, -1], among)).toBe('OR');
});

test('places are ranked by either lead, either wage or name, and found by a part of it', () => {
  const places = gapsOf([state('NY', -500), state('CA', 2000), state('TX', 1000), state('AL', 1000)]);
  const codes = (order: Order, text = '') => ranked(places, order, text).map(({ code }) => code);
  expect(codes('LEFT_LEADS')).toEqual(['CA', 'AL', 'TX', 'NY']);
  expect(codes('RIGHT_LEADS')).toEqual(['NY', 'AL', 'TX', 'CA']);
  expect(codes('LEFT')).toEqual(['CA', 'AL', 'TX', 'NY']);
  expect(codes('RIGHT')).toEqual(['AL', 'CA', 'NY', 'TX']);
  expect(codes('NAME', ' of n')).toEqual(['NY']);
  expect(codes('NAME', 'Utah')).toEqual([]);
});

test.each([
  [state('CA', 10), 'The mean is higher for the same role, statistically significant.'],
  [
    state('CA', 10, 'NOT_SIGNIFICANT'),
    'The means’ difference is not statistically significant; it may be due to chance.',
  ],
  [state('CA', 10, 'NOT_TESTABLE'), 'The significance of the difference is not testable.'],
  [
    state('CA', 10, 'SIGNIFICANT', -2000),
    'Median and mean disagree: the mean is $2,000 higher for Dancers (statistically significant).',
  ],
  [
    state('CA', -10, 'NOT_TESTABLE', 5),
    'Median and mean disagree: the mean is $5 higher for Actors (significance not testable).',
  ],
])('the figures of a place say what the means make of the medians', (place, text) => {
  const [gap] = gapsOf([place]);
  expect(gap && certainty(gap, 'DOLLARS_PER_YEAR', titles)).toBe(text);
});

const wages = (...of: (number | null)[]) =>
  of.map((wage, place) => ({ percentile: [10, 25, 50, 75, 90][place] ?? 0, wage, missing: undefined as Missing }));
type Missing = Curve['points'][number]['missing'];
const curve = (side: 'left' | 'right', points: Curve['points']): Curve => ({ name: titles[side], side, points });
const chart = (curves: [Curve, Curve], marks: ChartMark[] = []) =>
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
const overTime = (lines: WageLine[], dollars: 'real' | 'nominal' = 'real') =>
  renderToString(<WageHistoryChart lines={lines} dollars={dollars} unit="DOLLARS_PER_YEAR" title="Wages" />);

test('each role has one line in the dollars that are chosen, named at its end with its last wage', () => {
  const lines = [
    years('left', [80_000, 100_000], [90_000, 100_000], [100_000, 100_000]),
    years('right', [40_000, 50_000], [45_000, 50_000], [50_000, 50_000]),
  ];
  const html = overTime(lines);
  // The years are evenly apart, and equal wages at equal heights.
  expect(all(html, /class="curve left" d="([^"]*)"/g)).toEqual(['M78,58L304,58L530,58']);
  expect(all(html, /<tspan x="544"[^>]*>([^<]*)</g)).toEqual(['Actors', '$100,000', 'Dancers', '$50,000']);
  expect(all(html, /role="img"[^>]*aria-label="([^"]*)"/g)).toEqual(
    [2021, 2022, 2023].map((year) => `May ${year}: Actors $100,000, Dancers $50,000, in 2023 dollars`),
  );
  expect(all(overTime(lines, 'nominal'), /role="img"[^>]*aria-label="([^"]*)"/g)[0]).toBe(
    'May 2021: Actors $80,000, Dancers $40,000',
  );
  // Tab reaches one year.
  expect(all(html, /tabindex="(-?\d)"/g)).toEqual(['0', '-1', '-1']);
});

test('a year without a wage is a gap', () => {
  const html = overTime([years('left', [20, null], [null, null], [30, null])], 'nominal');
  expect(all(html, /class="curve left" d="([^"]*)"/g)[0]).toMatch(/^M78,[\d.]+ZM530,[\d.]+Z$/);
  expect(all(html, /aria-label="(May 2022[^"]*)"/g)).toEqual(['May 2022: not published']);
});

test('labels that would touch are moved apart, within the ends and in their order', () => {
  expect(spread([100, 50], 20, [0, 200])).toEqual([100, 50]);
  expect(spread([100, 95], 20, [0, 200])).toEqual([115, 95]);
  expect(spread([195, 190], 20, [0, 200])).toEqual([200, 180]);
  expect(spread([-5, 0, 3], 10, [0, 200])).toEqual([0, 10, 20]);
  expect(spread([198, 199, 197], 10, [0, 200])).toEqual([190, 200, 180]);
});

test('names are broken where they have spaces', () => {
  expect(wrapped('Plumbers, Pipefitters, and Steamfitters', 21)).toEqual([
    'Plumbers,',
    'Pipefitters, and',
    'Steamfitters',
  ]);
  expect(wrapped('Actors', 3)).toEqual(['Actors']);
});

test('the nearest area within reach is read', () => {
  const areas = [0, 100].map((x) => ({ x, y: 0, width: 50, height: 50 }));
  expect(nearest(areas, [10, 10], 24)).toBe(0);
  expect(nearest(areas, [80, 10], 24)).toBe(1);
  expect(nearest(areas, [75, 10], 24)).toBeNull();
  expect(nearest(areas, [110, 74], 24)).toBe(1);
  expect(nearest([], [0, 0], 24)).toBeNull();
});

test('keys move to the next spot, and not beyond the ends', () => {
  expect(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'Home', 'End', 'a'].map((key) => moved(1, key, 4))).toEqual([
    2,
    2,
    0,
    0,
    3,
    null,
  ]);
  expect([moved(3, 'ArrowRight', 4), moved(0, 'ArrowUp', 4)]).toEqual([null, null]);
});

const neighbor = (
  slug: string,
  median: number | null,
  growthPercent: number | null,
  fromYear = 2024,
): NeighborFragment => ({
  slug,
  title: `Title of ${slug}`,
  salary: { annual: median === null ? null : { median }, hourly: { median: 20 }, missing: [] },
  outlook: { growthPercent, fromYear, toYear: fromYear + 10 },
});

test('the map has occupations with both figures, each once, and says why others are left out', () => {
  const noWages = { ...neighbor('c', null, 1), salary: null };
  const hourly = neighbor('d', null, 1);
  hourly.salary?.missing.push({ figure: 'annual.median', reason: 'HOURLY_ONLY', atLeast: null });
  const top = neighbor('e', null, 1);
  top.salary?.missing.push({ figure: 'annual.median', reason: 'TOP_CODED', atLeast: 239_200 });
  const found = neighborhood(neighbor('a', 50_000, 2), [
    neighbor('b', 60_000, -3.5),
    noWages,
    hourly,
    top,
    neighbor('f', 1, null),
    neighbor('g', 1, 5, 2019),
    neighbor('b', 60_000, -3.5),
    neighbor('a', 50_000, 2),
  ]);
  expect([found.by, found.period, found.own?.pay]).toEqual(['annual', '2024–2034', 50_000]);
  expect(found.others).toEqual([{ slug: 'b', title: 'Title of b', pay: 60_000, growth: -3.5 }]);
  expect(found.leftOut.map(({ slug, reason }) => [slug, reason])).toEqual([
    ['c', 'no published wages'],
    ['d', 'median wage published hourly only'],
    ['e', 'median wage at least $239,200'],
    ['f', 'no published growth'],
    ['g', 'growth of another period'],
  ]);
});

test('the map of an occupation without annual wages is by the hour', () => {
  const found = neighborhood(neighbor('a', null, 2), [neighbor('b', 60_000, 1)]);
  expect([found.by, found.own?.pay, found.others[0]?.pay]).toEqual(['hourly', 20, 20]);
});

test('labels cover neither points nor each other, and the first one is always there', () => {
  const bounds = { x: 0, y: 0, width: 200, height: 100 };
  const anchors = (points: [number, number][], width = 50) =>
    placeLabels(
      points,
      points.map(() => width),
      bounds,
    ).map((label) => label?.anchor ?? null);
  expect(
    anchors([
      [50, 50],
      [190, 50],
    ]),
  ).toEqual(['start', 'end']);
  // Above or below where both sides are taken, and nowhere if those are too.
  expect(
    anchors([
      [100, 50],
      [112, 50],
      [124, 50],
    ]),
  ).toEqual(['end', 'middle', 'start']);
  expect(
    anchors(
      [
        [100, 50],
        [100, 51],
        [100, 49],
        [101, 50],
        [99, 50],
      ],
      90,
    ),
  ).toEqual(['start', 'end', 'middle', 'middle', null]);
  expect(
    anchors(
      [
        [100, 50],
        [109, 50],
        [91, 50],
        [100, 66],
        [100, 34],
      ],
      90,
    )[0],
  ).toBe('start');
});

test('a logarithmic scale has round values', () => {
  expect(logTicks(36_000, 610_000)).toEqual([50_000, 70_000, 100_000, 150_000, 200_000, 300_000, 500_000]);
});
