import { expect, test } from 'vitest';
import { sourceNotes, sourcesIn } from '../../src/components/sources';

const source = (name: string, release: string | null) => ({
  name,
  release,
  publisher: 'P',
  license: 'L',
  attribution: null,
  url: null,
  retrieved: null,
});

test('sources are found at any depth, in order, each once', () => {
  const [oews, onet] = [source('OEWS', 'May 2025'), source('O*NET', '30.1')];
  const data = { salary: { source: oews, value: 1 }, list: [{ sources: [onet, { ...oews }] }, null, 'text'] };
  expect(sourcesIn(data)).toEqual([oews, onet]);
});

test('two releases of a source are two sources', () => {
  const releases = [source('OEWS', 'May 2024'), source('OEWS', 'May 2025'), source('OEWS', null)];
  expect(sourcesIn(releases)).toEqual(releases);
});

test('data without sources have none', () => {
  expect(sourcesIn(null, undefined, { name: 'x', publisher: 'y' }, 3)).toEqual([]);
});

test('sources are numbered in the order of the sections, and releases of one are one note', () => {
  const [oews, older, onet] = [source('OEWS', 'May 2025'), source('OEWS', 'May 2024'), source('O*NET', '30.1')];
  const section = (id: string, ...sources: ReturnType<typeof source>[]) => ({ id, title: id, sources });
  const notes = sourceNotes([section('skills', onet), section('salary', oews), section('history', older, oews, onet)]);
  expect(
    [...notes.values()].map(({ number, releases, citedIn }) => [number, releases, citedIn.map(({ id }) => id)]),
  ).toEqual([
    [1, [onet], ['skills', 'history']],
    [2, [oews, older], ['salary', 'history']],
  ]);
});
