import { type AnyVariables, Client, fetchExchange, type OperationResultSource, type OperationResult } from '@urql/core';
import { BestPaid, Lead, Pay, People } from '../documents.js';
import { printComparison, printOccupations } from '../report.js';
import { leftCode, Requests, rightCode, url } from '../requests.js';
import { newCache } from './cache.js';

const requests = new Requests();
const client = new Client({
  url,
  fetch: requests.fetch,
  exchanges: [newCache(), fetchExchange],
});

// Watches a document, as useQuery does, and returns its first complete result. A stale result lacks fields, and its nulls
// are no statements about figures.
function watch<Data, Variables extends AnyVariables>(query: OperationResultSource<OperationResult<Data, Variables>>): Promise<Data> {
  return new Promise((resolve, reject) => {
    query.subscribe((result) => {
      if (result.error) reject(result.error);
      else if (result.data && !result.stale) resolve(result.data);
    });
  });
}

// Opens a page of three sections, all at once.
async function openPage() {
  const variables = { left: { code: leftCode }, right: { code: rightCode } };
  const sections = await Promise.all([
    watch(client.query(Lead, variables)),
    watch(client.query(Pay, variables)),
    watch(client.query(People, variables)),
  ]);
  await requests.settle();
  return sections;
}

printComparison(...(await openPage()));
console.log(`Requests: ${requests.count}`);
await openPage();
console.log(`Requests after opening the page again: ${requests.count}`);

// The next page joins the first one in the cache.
const { occupations } = await watch(client.query(BestPaid, { first: 3 }));
printOccupations(await watch(client.query(BestPaid, { first: 3, after: occupations?.pageInfo.endCursor })));
await requests.settle();
console.log(`Requests with two pages of a list: ${requests.count}`);
