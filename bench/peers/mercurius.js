// Mercurius with its just-in-time compiler, on Fastify.

import Fastify from 'fastify';
import mercurius from 'mercurius';
import mercuriusCache from 'mercurius-cache';
import { forMercurius, plain } from './resolvers.js';
import { CACHE_SECONDS, cached, host, inSql, port, rows, schema } from './setting.js';

const app = Fastify();
const answers = inSql ? forMercurius(rows) : { resolvers: plain(rows) };
await app.register(mercurius, { schema, ...answers, jit: 1 });
if (cached) {
  const policy = { Query: { comparison: true, occupations: true, search: true } };
  await app.register(mercuriusCache, { ttl: CACHE_SECONDS, policy });
}
await app.listen({ host, port });
