import { BestPaidDocument, BestPaidUnrankedDocument } from '../../generated/graphql';
import { loaded, useQuery } from '../api/use-query';
import { Notes, problem } from '../components/notes';
import { useTitle } from '../components/render-page';
import { areaInSentence, shortSectorName } from '../format/names';
import { type Address, headingOf } from './address';
import { Controls } from './controls';
import { List } from './list';
import { isByAnnualWage, unrankedVariables, variablesOf } from './variables';

// The list of occupations in a place, in the order that the address names.
export function BestPaid({ address, move }: { address: Address; move: (part: Partial<Address>) => void }) {
  const query = useQuery(BestPaidDocument, variablesOf(address));
  const unranked = useQuery(BestPaidUnrankedDocument, unrankedVariables(address));
  const { state } = query;
  const data = loaded(query);
  const industry = address.industry && data?.industry ? shortSectorName(data.industry.title) : '';
  const area = data?.area?.name ?? '';
  const heading = headingOf(address, area && !industry ? areaInSentence(area) : '', industry);
  useTitle(data?.area ? heading : null);
  const errors = state.status === 'loaded' ? state.errors : [];
  return (
    <>
      <h1>{heading}</h1>
      <Controls
        address={address}
        areaName={area}
        industryTitle={industry || (address.industry ? '' : 'All industries')}
        move={move}
      />
      {errors.length > 0 ? (
        <section aria-labelledby="not-found">
          <h2 id="not-found">No such list</h2>
          <p>{problem()}</p>
          <Notes />
          <p>
            <a href="/best-paid">Show the whole nation and all industries</a>
          </p>
        </section>
      ) : (
        <List
          {...query}
          // The unranked occupations come first, so that the list does not move when they arrive.
          state={unranked.state.status === 'loading' ? unranked.state : state}
          address={address}
          heading={heading}
          unranked={isByAnnualWage(address) ? loaded(unranked) : null}
        />
      )}
    </>
  );
}
