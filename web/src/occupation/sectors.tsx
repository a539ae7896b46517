import type { OccupationPlacesDocument, SectorPaidFragment } from '../../generated/graphql';
import { Section, type Shown } from '../parts/section';
import { count, hourly, money } from '../words/figures';
import { Bars } from './bars';

export function Sectors(shown: Shown<typeof OccupationPlacesDocument>) {
  return (
    <Section
      id="sectors"
      title="Pay by industry"
      {...shown}
      part={({ sectors }) => sectors && (paid(sectors, 'annual') ?? paid(sectors, 'hourly'))}
      empty="Nobody publishes what this role is paid by industry."
    >
      {({ by, sectors }) => (
        <Bars
          caption={`Mean ${by} wages by sector, nationwide`}
          columns={['Sector', `Mean ${by} wage`, 'People employed']}
          of={sectors.map((sector) => ({
            name: sector.industry.title.replace(/^Sectors? [\d, and]+ - /, ''),
            value: mean(sector, by),
            written: (by === 'annual' ? money : hourly)(mean(sector, by)),
            note: sector.employment === null ? 'employment not released' : `${count(sector.employment)} employed`,
          }))}
        />
      )}
    </Section>
  );
}

type By = 'annual' | 'hourly';

const mean = (sector: SectorPaidFragment, by: By): number => sector[by]?.mean ?? 0;

// The sectors that have a mean, the best paid first; null where none has. Those
// paid by the hour only have no annual ones.
function paid(of: Record<string, SectorPaidFragment | null>, by: By) {
  const known = Object.values(of)
    .filter((sector) => sector !== null)
    .filter((sector) => sector[by]?.mean != null);
  return known.length > 0 ? { by, sectors: known.sort((one, other) => mean(other, by) - mean(one, by)) } : null;
}
