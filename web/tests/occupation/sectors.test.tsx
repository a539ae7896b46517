import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import {
  OccupationSectorsDocument,
  type OccupationSectorsQuery,
  type SectorPaidFragment,
} from '../../generated/graphql';
import { Sectors } from '../../src/occupation/sectors';

const sector = (title: string, annual: number | null, hourly: number | null, employment: number | null) =>
  ({
    industry: { code: '0', title },
    annual: { mean: annual },
    hourly: { mean: hourly },
    employment,
  }) as SectorPaidFragment;

// Returns the rows as text, cell by cell.
function rows(sectors: Record<string, SectorPaidFragment | null>): string[][] {
  const data = { occupation: null, sectors } as unknown as OccupationSectorsQuery;
  const html = renderToString(
    <Sectors
      document={OccupationSectorsDocument}
      variables={{ slug: 'x' }}
      state={{ status: 'loaded', data, errors: [] }}
    />,
  );
  const texts = (row: string) => [...row.matchAll(/>([^<>]+)</g)].map((match) => match[1] ?? '');
  const body = html.split('<tbody>')[1];
  return body ? body.split('</tr>').slice(0, -1).map(texts) : [texts(html.split('</div>')[1] ?? '')];
}

test('sectors are sorted by their annual means, and those without one are left out', () => {
  const found = {
    a: sector('Sector 22 - Utilities', 70_000, 33, 1200),
    b: sector('Sector 42 - Wholesale Trade', 90_000, null, null),
    c: sector('Sector 51 - Information', null, 99, 5),
    d: null,
  };
  expect(rows(found)).toEqual([
    ['Wholesale Trade', '$90,000', 'employment not released'],
    ['Utilities', '$70,000', '1,200 employed'],
  ]);
});

test('a role that is only paid hourly has hourly means', () => {
  const found = {
    a: sector('Sector 22 - Utilities', null, 33, 10),
    b: sector('Sector 51 - Information', null, 40.5, 20),
  };
  expect(rows(found)).toEqual([
    ['Information', '$40.50', '20 employed'],
    ['Utilities', '$33.00', '10 employed'],
  ]);
});

test('without a mean in any sector there is no table', () => {
  expect(rows({ a: sector('Sector 22 - Utilities', null, null, 10) })).toEqual([[]]);
});
