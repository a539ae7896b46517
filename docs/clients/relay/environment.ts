import { Environment, Network, RecordSource, Store, type FetchFunction } from 'relay-runtime';

// Sends an operation to the API. Relay throws away partial data, unless fields are marked with @catch.
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
