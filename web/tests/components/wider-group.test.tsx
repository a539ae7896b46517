import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { WiderGroup, WiderGroups } from '../../src/components/wider-group';

const source = {
  name: 'List',
  publisher: null,
  release: null,
  license: 'Public domain',
  attribution: null,
  url: null,
  retrieved: null,
};
const group = (name: string, ...titles: string[]) => ({
  name,
  occupations: titles.map((title) => ({ title })),
  source,
});
const cashiers = group('Cashiers', 'Cashiers', 'Gambling Change Persons and Booth Cashiers');
const teachers = group('Postsecondary teachers', 'A', 'B', 'C', 'D', 'E');
const titles = { left: 'Cashiers', right: 'Business Teachers' };

const text = (node: Parameters<typeof renderToString>[0]) => renderToString(node).replaceAll(/<[^>]*>/g, '|');

test('a short group lists its occupations, and a long one counts them', () => {
  expect(text(<WiderGroup of={cashiers} figures="These figures are" />)).toBe(
    '|These figures are published for the wider group “Cashiers” (Cashiers; Gambling Change Persons and Booth Cashiers), not for this role alone.|',
  );
  expect(text(<WiderGroup of={teachers} figures="These figures are" />)).toContain('(5 occupations)');
});

test('figures of the role itself have no note', () => {
  expect(text(<WiderGroup of={null} figures="These figures are" />)).toBe('');
});

const ages = { left: 'Ages are', right: 'Ages are' };

test('each role names its group, and one group of both says that nothing is compared', () => {
  const two = text(<WiderGroups left={cashiers} right={teachers} figures={ages} titles={titles} />);
  expect(two).toContain('Cashiers: Ages are published for the wider group “Cashiers”');
  expect(two).toContain('Business Teachers: Ages are published for the wider group “Postsecondary teachers”');
  expect(text(<WiderGroups left={teachers} right={teachers} figures={ages} titles={titles} />)).toBe(
    '|Ages are published for the wider group “Postsecondary teachers” (5 occupations) of both roles, so they are not compared.|',
  );
});

test('a role without any figure of its group has no note', () => {
  const one = text(<WiderGroups left={cashiers} right={teachers} figures={{ ...ages, left: null }} titles={titles} />);
  expect(one).not.toContain('Cashiers');
  expect(one).toContain('Business Teachers: Ages are published for the wider group “Postsecondary teachers”');
});
