import { Environment, Network, RecordSource, Store, type FetchFunction } from 'relay-runtime';

// Sends operations to the API. Relay shows partial data and drops its errors: mark what must know of them with @catch or
// @throwOnFieldError.
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
