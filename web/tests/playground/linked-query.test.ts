import { expect, test } from 'vitest';
import { playgroundAddress } from '../../src/api/playground-link';
import { readLinkedQuery } from '../../src/playground/linked-query';

const read = (address: string) => readLinkedQuery(new URL(address, 'https://site.test'));

test('a link has a query, indented variables and an operation name', () => {
  const content = { query: '{ a(b: "ü&=+#%") }', variables: '{"b":[1]}', operationName: 'C' };
  const link = playgroundAddress(content);
  const linked = { ...content, variables: '{\n  "b": [\n    1\n  ]\n}' };
  expect(read(link)).toEqual(linked);
  expect(read(link.replace('#', '?'))).toEqual(linked);
});

test('the fragment takes precedence over the URL of a request', () => {
  expect(read('/graphql?query=a#query=b')?.query).toBe('b');
  expect(read('/graphql?query=a#top')?.query).toBe('a');
});

test('invalid variables stay as they are, and missing ones are empty', () => {
  expect(read('/graphql#query=x&variables={b')).toEqual({ query: 'x', variables: '{b', operationName: null });
  expect(read('/graphql#query=x')).toEqual({ query: 'x', variables: '', operationName: null });
});

test('without a query there is no link', () => {
  expect(['', '#query=', '?query=', '#variables={}&operationName=C'].map(read)).toEqual([null, null, null, null]);
});
