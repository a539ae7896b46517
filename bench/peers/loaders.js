// The DataLoaders of a request, one for each batch function and its arguments.

import DataLoader from 'dataloader';
import { plain, throughLoaders } from './resolvers.js';
import { inSql, rows } from './setting.js';

export const resolvers = inSql ? throughLoaders(rows, loaderOf) : plain(rows);

function loaderOf(context, batch, args) {
  context.loaders ??= new Map();
  const key = `${batch.name} ${JSON.stringify(args)}`;
  let loader = context.loaders.get(key);
  if (!loader) {
    loader = new DataLoader(async (parents) => batch(rows, parents, args), { maxBatchSize: 1000 });
    context.loaders.set(key, loader);
  }
  return loader;
}
