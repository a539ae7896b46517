import type { SeveralDocument } from '../../generated/graphql';
import { WagesIn } from '../components/best-paid-link';
import { PayRanges } from '../components/pay-ranges';
import { type QueryOf, Section } from '../components/section';
import { rolesOf } from './roles';

// The wages of all roles on one axis.
export function PaySection({ slugs, ...query }: QueryOf<typeof SeveralDocument> & { slugs: string[] }) {
  return (
    <Section
      id="pay"
      title="Pay"
      {...query}
      part={(data) => (data.wages && rolesOf(data, slugs) ? data : null)}
      cites={(data) => rolesOf(data, slugs)?.map(({ salary }) => salary)}
      empty="No published wages for these roles."
    >
      {(data) => (
        <>
          {data.wages && <WagesIn area={data.wages.area} />}
          <PayRanges roles={rolesOf(data, slugs) ?? []} />
        </>
      )}
    </Section>
  );
}
