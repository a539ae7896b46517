import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { ComparePlacesDocument, type ComparePlacesQuery } from '../../generated/graphql';
import { Places } from '../../src/comparison/places';

const counts = {
  unit: 'DOLLARS_PER_YEAR',
  tested: 20,
  expectedByChance: 2,
  leftSignificantAdjusted: 1,
  rightSignificantAdjusted: 0,
  compared: 2,
  leftHigher: 1,
  rightHigher: 1,
  equal: 0,
  leftSignificant: 1,
  rightSignificant: 0,
  reversal: false,
  sources: [],
};
const state = (code: string, left: number | null, right: number, verdict: string, higher = 'LEFT') => ({
  area: { code, name: code },
  median: { left, right, absolute: left === null ? null : left - right },
  mean: { absolute: 1, verdict, higher },
});

function render(changes: object, place = ''): string {
  const comparison = {
    states: {
      ...counts,
      areas: {
        nodes: [
          state('CA', 60_000, 50_000, 'SIGNIFICANT'),
          state('HI', 60_000, 50_000, 'SIGNIFICANT', 'RIGHT'),
          state('TX', 1, 2, 'NOT_SIGNIFICANT'),
          state('NM', null, 1, 'NOT_TESTABLE'),
        ],
      },
    },
    metros: { ...counts, compared: 0 },
    decomposition: null,
    bySector: null,
    ...changes,
  };
  return renderToString(
    <Places
      document={ComparePlacesDocument}
      variables={{ left: 'actors', right: 'dancers' }}
      state={{ status: 'loaded', data: { comparison } as unknown as ComparePlacesQuery, errors: [] }}
      titles={{ left: 'Actors', right: 'Dancers' }}
      address={{ left: 'actors', right: 'dancers', area: 'US', prices: '', place, offer: '', per: '' }}
      move={() => {}}
    />,
  );
}

// Returns the paragraphs as plain text.
const paragraphs = (html: string) =>
  [
    ...html
      .replace('<p class="quiet">Point at a state or tap it to see its figures.</p>', '')
      .matchAll(/<p(?: class="(?:lead|empty|quiet)")?>(.*?)<\/p>/gs),
  ].map((match) => (match[1] ?? '').replaceAll(/<[^>]*>/g, ''));

test('the counts of states name the higher role and the significant differences', () => {
  expect(paragraphs(render({}))).toEqual([
    'Of 2 states and territories with published medians for both, the median annual wage is higher for Dancers in 1 and for Actors in 1. ' +
      'The difference in means is statistically significant for Dancers in 0 and for Actors in 1 of 20 tested; ' +
      'chance alone would make 2 significant. If at most 10% may be false (Benjamini–Hochberg), 0 and 1 remain.',
  ]);
});

test('equal states and a reversal are named, and metropolitan areas if there are any', () => {
  const metros = { ...counts, compared: 3, equal: 1, reversal: true };
  expect(paragraphs(render({ metros }))[1]).toBe(
    'Of 3 metropolitan areas with published medians for both, the median annual wage is higher for Dancers in 1 and for Actors in 1' +
      ', and the same in 1. This reverses the national result. ' +
      'The difference in means is statistically significant for Dancers in 0 and for Actors in 1 of 20 tested; ' +
      'chance alone would make 2 significant. If at most 10% may be false (Benjamini–Hochberg), 0 and 1 remain.',
  );
});

test('without a test of the means nothing is said of tests', () => {
  expect(paragraphs(render({ states: { ...counts, tested: 0, areas: { nodes: [] } } }))[0]).not.toContain(
    'significant',
  );
});

test('the figures of the place in the address are shown, with a link to the comparison there', () => {
  const html = render({}, 'HI');
  expect(html).toContain('<h4>HI</h4>');
  expect(html).toContain('<span class="more left">$10,000 more</span>');
  // The mean is significantly higher for the other side.
  expect(html).toContain('Median and mean disagree: the mean is $1 higher for Dancers (statistically significant).');
  expect(html).toContain('<a href="/compare/actors/dancers?area=HI">Compare in HI</a>');
});

test('the list has the places where both medians are published, with links', () => {
  expect([...render({}).matchAll(/<th scope="row"><a href="([^"]*)">/g)].map((match) => match[1])).toEqual([
    '/compare/actors/dancers?area=CA',
    '/compare/actors/dancers?area=HI',
    '/compare/actors/dancers?area=TX',
  ]);
});

test('a decomposition has both parts, its coverage if known, and no second gap', () => {
  const mix = { by: 'STATE', mix: 8209, within: 21_075.4, cells: 50, coveragePercent: 99.6 };
  const bySector = { ...mix, by: 'INDUSTRY', mix: -100, coveragePercent: null };
  expect(paragraphs(render({ decomposition: mix, bySector })).slice(1)).toEqual([
    'By state: of the difference in means, Actors minus Dancers, +$8,209 comes from working in different states and ' +
      '+$21,075 from different pay within the same state (50 states, covering at least 99.6% of each role’s jobs).',
    'By sector: of the difference in means, Actors minus Dancers, −$100 comes from working in different sectors and ' +
      '+$21,075 from different pay within the same sector (50 sectors).',
  ]);
});

test('a decomposition of too few jobs gives the coverage of each side', () => {
  const bySector = { by: 'INDUSTRY', mix: null, within: null, cells: 16, leftCoveragePercent: 19.73 };
  expect(paragraphs(render({ bySector: { ...bySector, rightCoveragePercent: null } }))[1]).toBe(
    'By sector: too few jobs are in sectors with published figures for both ' +
      '(19.7% of the jobs of Actors, an unknown share of the jobs of Dancers).',
  );
});

test('without a state to compare there is no map', () => {
  const html = render({ states: { ...counts, compared: 0, areas: { nodes: [] } } });
  expect(html).toBe('<section hidden></section>');
});
