// Apollo Server on Fastify: its standalone server is not meant for production.

import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import responseCachePlugin from '@apollo/server-plugin-response-cache';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { resolvers } from './loaders.js';
import { CACHE_SECONDS, cached, host, port, schema } from './setting.js';

const app = Fastify();
const caching = [ApolloServerPluginCacheControl({ defaultMaxAge: CACHE_SECONDS }), responseCachePlugin()];
const apollo = new ApolloServer({
  typeDefs: schema,
  resolvers,
  introspection: true,
  plugins: [fastifyApolloDrainPlugin(app), ...(cached ? caching : [])],
});
await apollo.start();
await app.register(fastifyApollo(apollo));
await app.listen({ host, port });
