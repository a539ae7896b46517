import { Environment, Network, RecordSource, Store, type FetchFunction } from 'relay-runtime';

// Sends operations to the API. Relay ignores the errors of partial data, except in fields with
// @catch and in fragments with @throwOnFieldError.
export function newEnvironment(url: string, fetch = globalThis.fetch): Environment {
  const send: FetchFunction = async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: text, variables }),
    });
    return response.json();
  };
  return new Environment({ network: Network.create(send), store: new Store(new RecordSource()) });
}
