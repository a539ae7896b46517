import type { OccupationPlacesDocument, SectorPaidFragment } from '../../generated/graphql';
import { Section, type Shown } from '../parts/section';
import { count, money } from '../words/figures';
import { Bars } from './bars';

export function Sectors(shown: Shown<typeof OccupationPlacesDocument>) {
  return (
    <Section
      id="sectors"
      title="Pay by industry"
      {...shown}
      part={({ sectors }) => sectors && published(Object.values(sectors))}
      empty="Nobody publishes what this role is paid by industry."
    >
      {(sectors) => (
        <Bars
          caption="Mean annual wages by sector, nationwide"
          columns={['Sector', 'Mean annual wage', 'People employed']}
          of={sectors.map(({ industry, annual, employment }) => ({
            name: industry.title.replace(/^Sectors? [\d, and]+ - /, ''),
            value: annual?.mean ?? 0,
            written: money(annual?.mean ?? 0),
            note: employment === null ? 'employment not released' : `${count(employment)} employed`,
          }))}
        />
      )}
    </Section>
  );
}

// Those with a mean, the best paid first; null where there is none.
function published(sectors: (SectorPaidFragment | null)[]): SectorPaidFragment[] | null {
  const paid = sectors.filter((sector) => sector !== null).filter((sector) => sector.annual?.mean != null);
  return paid.length > 0 ? paid.sort((one, other) => (other.annual?.mean ?? 0) - (one.annual?.mean ?? 0)) : null;
}
