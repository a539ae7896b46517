import { afterEach, expect, test, vi } from 'vitest';
import { TypedDocumentString } from '../../generated/graphql';
import { fetchDocument, RequestError } from '../../src/api/fetch-document';
import { playgroundLink } from '../../src/api/playground-link';

const document = new TypedDocumentString<{ a: number }, { b: string }>('\n    query A { a }\n    ', { hash: 'f00d' });

// Answers requests as the server would, and records their addresses.
function serve(response: Response | Error): string[] {
  const requests: string[] = [];
  vi.stubGlobal('fetch', async (url: string, { headers }: { headers: Record<string, string> }) => {
    requests.push(`${url} ${headers['Accept']}`);
    if (response instanceof Error) throw response;
    return response;
  });
  return requests;
}

afterEach(() => vi.unstubAllGlobals());

test('a request has the hash, the variables and no text', async () => {
  const requests = serve(Response.json({ data: { a: 1 } }));
  expect(await fetchDocument(document, { b: 'c&d' })).toEqual({ data: { a: 1 }, errors: [] });
  expect(requests).toEqual([
    '/graphql?documentId=f00d&variables=%7B%22b%22%3A%22c%26d%22%7D application/graphql-response+json',
  ]);
});

test('partial data come with their errors', async () => {
  const errors = [{ message: 'M', path: ['a'], extensions: { code: 'NOT_FOUND' } }];
  serve(Response.json({ data: { a: null }, errors }));
  expect(await fetchDocument(document, { b: '' })).toEqual({ data: { a: null }, errors });
});

test.each([
  [
    Response.json({ errors: [{ message: 'Busy.', extensions: { code: 'OVERLOADED' } }] }, { status: 503 }),
    'OVERLOADED',
    'Busy.',
  ],
  [Response.json({}), 'NO_DATA', 'The server sent no data.'],
  [new Response('<html>', { status: 502 }), 'UNREACHABLE', 'The server is unreachable.'],
  [new TypeError('Failed to fetch'), 'UNREACHABLE', 'The server is unreachable.'],
])('a response without data is an error (%#)', async (response, code, message) => {
  serve(response);
  const error = await fetchDocument(document, { b: '' }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RequestError);
  expect(error).toMatchObject({ code, message });
});

test('an aborted request stays an abort', async () => {
  const abort = new DOMException('Aborted', 'AbortError');
  serve(abort);
  await expect(fetchDocument(document, { b: '' })).rejects.toBe(abort);
});

test('a playground link has the text without its indentation', () => {
  expect(playgroundLink(document, { b: 'c' })).toBe(
    '/graphql#query=query+A+%7B+a+%7D&variables=%7B%22b%22%3A%22c%22%7D',
  );
});
