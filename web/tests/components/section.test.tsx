import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { TypedDocumentString } from '../../generated/graphql';
import { RequestError } from '../../src/api/fetch-document';
import type { QueryState } from '../../src/api/use-query';
import { Section } from '../../src/components/section';

const document = new TypedDocumentString<{ pay: string | null }, object>('query Q { pay }', { hash: 'f00d' });
const source = {
  name: 'S',
  release: 'R',
  publisher: 'P',
  license: 'L',
  attribution: 'A',
  url: 'https://s.test',
  retrieved: '2026-01-02',
};

function render(state: QueryState<{ pay: string | null }>): string {
  return renderToString(
    <Section
      id="pay"
      title="Pay"
      document={document}
      variables={{ slug: 'actors' }}
      state={state}
      part={(data) => data.pay}
      cites={() => source}
      empty="No published pay."
    >
      {(pay) => <b>{pay}</b>}
    </Section>,
  );
}

test('a section that loads is busy', () => {
  const html = render({ status: 'loading' });
  expect(html).toContain('<section id="pay" aria-labelledby="pay-title" aria-busy="true">');
  expect(html).toContain('<div class="skeleton"><span class="unseen">Loading</span>');
});

test('a failed section says so', () => {
  const html = render({ status: 'failed', error: new RequestError('Too busy.', 'OVERLOADED'), retry: () => undefined });
  expect(html).toContain('<p class="failure">Could not load these figures.</p>');
  expect(html).toContain('aria-busy="false"');
});

test('a section has its figures and a link to the query', () => {
  const html = render({ status: 'loaded', data: { pay: '$1' }, errors: [] });
  expect(html).toContain('<b>$1</b>');
  expect(html).toContain('href="/graphql#query=query+Q+%7B+pay+%7D&amp;variables=%7B%22slug%22%3A%22actors%22%7D"');
});

test('a section without data is hidden', () => {
  expect(render({ status: 'loaded', data: { pay: null }, errors: [] })).toBe('<section hidden></section>');
});
