import type { TypedDocumentString } from '../../generated/graphql';
import type { Result } from './fetch-document';

// A part of a sentence: text, and the address that it links to, if it is a link.
export interface Part {
  text: string;
  href: string;
}

// What the server knows about the page's address. It renders the beginning of the
// page from it, and the script continues with the same data.
export interface PageData {
  // Which occupations the address's job titles are counted in, or what an unknown one may mean.
  notes: Part[][];
  // Which job titles a redirect has left out of the address.
  leftOut: Part[][];
  // Why the address names nothing, and the way out; null if it names something.
  problem: { text: string; exit: Part } | null;
  // The job titles that the address has in place of occupations.
  titles: Partial<Record<'left' | 'right', string>>;
  // The answers of the documents that the server has run.
  answers: { documentId: string; variables: unknown; result: { data: unknown } }[];
}

const nothing: PageData = { notes: [], leftOut: [], problem: null, titles: {}, answers: [] };

// There is no document in unit tests, and no data in a page that the server could not fill.
const written = globalThis.document?.getElementById('page-data')?.textContent;

export const pageData: PageData = written ? JSON.parse(written) : nothing;

type Loaded<Data> = { status: 'loaded' } & Result<Data>;

const answers = new Map<string, Loaded<unknown>>(
  pageData.answers.map(({ documentId, variables, result: { data } }) => [
    `${documentId} ${JSON.stringify(variables)}`,
    { status: 'loaded', data, errors: [] },
  ]),
);

// Returns the answer that came with the page, always as the same object; undefined if there is none.
export function answerInPage<Data>(
  document: TypedDocumentString<Data, never>,
  encodedVariables: string,
): Loaded<Data> | undefined {
  const key = `${document.__meta__?.['hash']} ${encodedVariables}`;
  return answers.get(key) as Loaded<Data> | undefined;
}
