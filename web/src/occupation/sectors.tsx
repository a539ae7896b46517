import type { OccupationSectorsDocument, SectorPaidFragment } from '../../generated/graphql';
import { type QueryOf, Section } from '../components/section';
import { shortSectorName } from '../format/names';
import { count, hourly, money } from '../format/numbers';
import { Bars } from './bars';

export function Sectors(query: QueryOf<typeof OccupationSectorsDocument>) {
  return (
    <Section
      id="sectors"
      title="Pay by industry"
      {...query}
      part={({ sectors }) => sectors && (paid(sectors, 'annual') ?? paid(sectors, 'hourly'))}
      answer={({ by, sectors }) => {
        const [best] = sectors;
        return best ? `Highest mean: ${shortSectorName(best.industry.title)}, ${textOf(best, by)}` : null;
      }}
      empty="No published wages by industry for this role."
    >
      {({ by, sectors }) => (
        <Bars
          caption={`Mean ${by} wages by sector, nationwide`}
          columns={['Sector', `Mean ${by} wage`, 'Wage-and-salary jobs']}
          of={sectors.map((sector) => ({
            name: shortSectorName(sector.industry.title),
            value: mean(sector, by),
            text: textOf(sector, by),
            note: sector.employment === null ? 'employment not released' : `${count(sector.employment)} employed`,
          }))}
        />
      )}
    </Section>
  );
}

type By = 'annual' | 'hourly';

const textOf = (sector: SectorPaidFragment, by: By): string => (by === 'annual' ? money : hourly)(mean(sector, by));
const mean = (sector: SectorPaidFragment, by: By): number => sector[by]?.mean ?? 0;

// Returns the sectors with a mean, highest first; null if none has one. Roles paid
// hourly only have no annual means.
function paid(of: Record<string, SectorPaidFragment | null>, by: By) {
  const known = Object.values(of)
    .filter((sector) => sector !== null)
    .filter((sector) => sector[by]?.mean != null);
  return known.length > 0 ? { by, sectors: known.sort((one, other) => mean(other, by) - mean(one, by)) } : null;
}
