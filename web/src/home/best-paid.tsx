import { type Address, addressOf, beginning, headingOf } from '../best-paid/address';

const lists: [area: string, industry: string, Partial<Address>][] = [
  ['the United States', '', {}],
  ['Texas', '', { area: 'TX', education: 'BACHELORS' }],
  ['California', '', { area: 'CA', education: 'HIGH_SCHOOL' }],
  ['', 'Hospitals', { industry: '622000' }],
];

// Links to lists of occupations by the wages of a place or an industry.
export function BestPaid() {
  return (
    <section aria-labelledby="best-paid-title">
      <div class="section-head">
        <h2 id="best-paid-title">Best paid by place and industry</h2>
      </div>
      <ul class="columns">
        {lists.map(([area, industry, part]) => {
          const address = addressOf(part);
          return (
            <li key={address}>
              <a href={address}>
                {headingOf(
                  { area: 'US', industry: '', education: '', order: 'mean', ...beginning, ...part },
                  area,
                  industry,
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
