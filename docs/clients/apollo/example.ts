import { ApolloClient, HttpLink, type ObservableQuery, type OperationVariables } from '@apollo/client';
import { BestPaid, Lead, Pay, People } from '../documents.js';
import { printComparison, printOccupations } from '../report.js';
import { leftCode, Requests, rightCode, url } from '../requests.js';
import { newCache } from './cache.js';

const requests = new Requests();
const client = new ApolloClient({
  link: new HttpLink({ uri: url, fetch: requests.fetch }),
  cache: newCache(),
});

// Watches a document, as useQuery does, and returns its first complete result.
function watch<Data, Variables extends OperationVariables>(query: ObservableQuery<Data, Variables>): Promise<Data> {
  return new Promise((resolve, reject) => {
    query.subscribe((result) => {
      if (result.error) reject(result.error);
      else if (result.dataState === 'complete') resolve(result.data as Data);
    });
  });
}

// Opens a page of three sections, all at once.
async function openPage() {
  const variables = { left: { code: leftCode }, right: { code: rightCode } };
  const sections = await Promise.all([
    watch(client.watchQuery({ query: Lead, variables })),
    watch(client.watchQuery({ query: Pay, variables })),
    watch(client.watchQuery({ query: People, variables })),
  ]);
  await requests.settle();
  return sections;
}

printComparison(...(await openPage()));
console.log(`Requests: ${requests.count}`);
await openPage();
console.log(`Requests after opening the page again: ${requests.count}`);

// The next page joins the first one in the cache.
const list = client.watchQuery({ query: BestPaid, variables: { first: 3 } });
const { occupations } = await watch(list);
await list.fetchMore({ variables: { after: occupations?.pageInfo.endCursor } });
const pages = client.readQuery({ query: BestPaid, variables: { first: 3 } });
if (pages) printOccupations(pages);
await requests.settle();
console.log(`Requests with two pages of a list: ${requests.count}`);
