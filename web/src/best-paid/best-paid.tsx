import { useState } from 'preact/hooks';
import { BestPaidDocument, BestPaidUnrankedDocument } from '../../generated/graphql';
import { pageData } from '../api/page-data';
import { loaded, useQuery } from '../api/use-query';
import { Problem } from '../components/not-found';
import { useTitle } from '../components/render-page';
import { areaInSentence, shortSectorName } from '../format/names';
import { type Address, addressOf, beginning, headingOf } from './address';
import { Controls } from './controls';
import { List } from './list';
import { isByAnnualWage, unrankedVariables, variablesOf } from './variables';

// The list of occupations in a place, in the order that the address names.
export function BestPaid({ address, move }: { address: Address; move: (part: Partial<Address>) => void }) {
  // The problem is that of the address with which the page was loaded.
  const [first] = useState(addressOf(address));
  const problem = addressOf(address) === first ? pageData.problem : null;
  const query = useQuery(BestPaidDocument, variablesOf(address), !problem);
  const unranked = useQuery(BestPaidUnrankedDocument, unrankedVariables(address), !problem && !address.after);
  const { state } = query;
  const data = loaded(query);
  const industry = address.industry && data?.industry ? shortSectorName(data.industry.title) : '';
  const area = data?.area?.name ?? '';
  const heading = headingOf(address, area && !industry ? areaInSentence(area) : '', industry);
  useTitle(data?.area ? heading : null);
  return (
    <>
      <h1>{heading}</h1>
      <Controls
        address={address}
        areaName={area}
        industryTitle={industry || (address.industry ? '' : 'All industries')}
        move={(part) => move({ ...beginning, ...part })}
      />
      {problem ? (
        <section aria-labelledby="not-found">
          <h2 id="not-found">No such list</h2>
          <Problem of={problem} />
        </section>
      ) : (
        <List
          {...query}
          // The unranked occupations come first, so that the list does not move when they arrive.
          state={!address.after && unranked.state.status === 'loading' ? unranked.state : state}
          address={address}
          heading={heading}
          unranked={isByAnnualWage(address) && !address.after ? loaded(unranked) : null}
        />
      )}
    </>
  );
}
