// Composes Rolegraph with the subgraph in courses.py, and serves both as one API: the example of docs/federation.md.
//
//     PORT=4000 node federation/gateway.js http://127.0.0.1:8000/graphql http://127.0.0.1:8001/

import { createServer } from 'node:http';
import { composeServices } from '@apollo/composition';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { parse } from 'graphql';

const [rolegraph, courses] = process.argv.slice(2);

async function subgraph(name, url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data } = await response.json();
  return { name, url, typeDefs: parse(data._service.sdl) };
}

const composed = composeServices([await subgraph('rolegraph', rolegraph), await subgraph('courses', courses)]);
if (composed.errors) {
  throw new Error(composed.errors.map((error) => error.message).join('\n'));
}

const gateway = createGatewayRuntime({ supergraph: composed.supergraphSdl, logging: 'error' });
const server = createServer(gateway).listen(process.env.PORT ?? 4000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/graphql`);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
