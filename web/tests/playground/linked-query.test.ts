import { expect, test } from 'vitest';
import { readLinkedQuery } from '../../src/playground/linked-query';

test('a link has a query, indented variables and an operation name', () => {
  const search = `?${new URLSearchParams({ query: '{ a }', variables: '{"b":[1]}', operationName: 'C' })}`;
  expect(readLinkedQuery(search)).toEqual({
    query: '{ a }',
    variables: '{\n  "b": [\n    1\n  ]\n}',
    operationName: 'C',
  });
});

test('invalid variables stay as they are, and missing ones are empty', () => {
  expect(readLinkedQuery('?query=x&variables={b')).toEqual({ query: 'x', variables: '{b', operationName: null });
  expect(readLinkedQuery('?query=x')).toEqual({ query: 'x', variables: '', operationName: null });
});

test('without a query there is no link', () => {
  expect(['', '?query=', '?variables={}&operationName=C'].map(readLinkedQuery)).toEqual([null, null, null]);
});
