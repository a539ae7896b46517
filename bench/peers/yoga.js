// GraphQL Yoga on Node's own HTTP server.

import { createServer } from 'node:http';
import { useResponseCache } from '@graphql-yoga/plugin-response-cache';
import { createSchema, createYoga } from 'graphql-yoga';
import { resolvers } from './loaders.js';
import { CACHE_SECONDS, cached, host, port, schema } from './setting.js';

const yoga = createYoga({
  schema: createSchema({ typeDefs: schema, resolvers }),
  graphiql: false,
  landingPage: false,
  logging: false,
  plugins: cached ? [useResponseCache({ session: () => null, idFields: [], ttl: 1000 * CACHE_SECONDS })] : [],
});
createServer(yoga).listen(port, host);
