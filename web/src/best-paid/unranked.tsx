import type { BestPaidUnrankedQuery, UnrankedOccupationFragment } from '../../generated/graphql';
import { hourly, money } from '../format/numbers';
import { addressOf as occupationAddress } from '../occupation/address';

interface Unranked {
  of: BestPaidUnrankedQuery;
  area: string;
}

// The occupations whose annual means are not printed because they are too high.
export function TopCoded({ of, area }: Unranked) {
  return (
    <Named title="Above the published maximum" of={of.topCoded?.nodes ?? []} area={area} note={boundOf}>
      For these occupations the source only says how high the mean is at least. They have no place in the list below and
      may be above any of it.
    </Named>
  );
}

export function HourlyOnly({ of, area }: Unranked) {
  return (
    <Named title="Paid by the hour only" of={of.hourlyOnly?.nodes ?? []} area={area} note={hourlyMeanOf}>
      No annual wage is published for these occupations, because most of their workers do not work full-time all year.
    </Named>
  );
}

function Named(props: {
  title: string;
  of: UnrankedOccupationFragment[];
  area: string;
  note: (of: UnrankedOccupationFragment) => string;
  children: string;
}) {
  const { title, of, area, note, children } = props;
  if (of.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <p class="quiet">{children}</p>
      <ul class="columns">
        {of.map((occupation) => (
          <li key={occupation.slug}>
            <a href={occupationAddress({ slug: occupation.slug, area })}>{occupation.title}</a> {note(occupation)}
          </li>
        ))}
      </ul>
    </>
  );
}

function boundOf({ salary }: UnrankedOccupationFragment): string {
  const bound = salary?.missing.find((one) => one.figure === 'annual.mean')?.atLeast;
  return bound == null ? '' : `at least ${money(bound)}`;
}

const hourlyMeanOf = ({ salary }: UnrankedOccupationFragment): string =>
  salary?.hourly?.mean == null ? '' : `${hourly(salary.hourly.mean)} an hour`;
