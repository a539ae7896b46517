import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { BestPaid, Lead, Pay, People } from '../documents.js';
import { printComparison, printOccupations } from '../report.js';
import { leftCode, rightCode, url } from '../requests.js';

// Sends a document without a client: its types come from the schema.
async function send<Data, Variables>(document: TadaDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (!data || errors) throw new Error(errors?.[0]?.message);
  return data;
}

const sides = { left: { code: leftCode }, right: { code: rightCode } };
printComparison(...(await Promise.all([send(Lead, sides), send(Pay, sides), send(People, sides)])));

let after: string | null | undefined;
for (let page = 1; page <= 2; page += 1) {
  const list = await send(BestPaid, { first: 3, after });
  printOccupations(list);
  after = list.occupations?.pageInfo.endCursor;
}
