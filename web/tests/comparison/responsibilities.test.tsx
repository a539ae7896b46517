import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { CompareWorkDocument, type CompareWorkQuery } from '../../generated/graphql';
import { Responsibilities } from '../../src/comparison/responsibilities';

type Compared = NonNullable<CompareWorkQuery['comparison']>['responsibilities'];

const texts = (...all: string[]) => all.map((text) => ({ text }));
const source = { name: 'Ours', publisher: 'Us', license: 'CC BY 4.0' };
const role = (...all: string[]) => ({ responsibilities: { nodes: texts(...all) }, cited: { nodes: [{ source }] } });
const nothing: Compared = { shared: [], onlyLeft: [], onlyRight: [] };

// Returns the section's text, one line for each element.
function lines(responsibilities: Compared): string[] {
  const data = { comparison: { left: role('Run conduit'), right: role('Join pipe'), responsibilities } };
  const html = renderToString(
    <Responsibilities
      document={CompareWorkDocument}
      variables={{ left: 'x', right: 'y' }}
      titles={{ left: 'Electricians', right: 'Plumbers' }}
      state={{ status: 'loaded', data: data as unknown as CompareWorkQuery, errors: [] }}
    />,
  );
  const shown = html.slice(html.indexOf('class="section-body"'), html.indexOf('class="section-foot"'));
  return [...shown.matchAll(/>([^<>]+)</g)].map((match) => match[1] ?? '');
}

const lists = ['Electricians', 'Run conduit', 'Plumbers', 'Join pipe'];
const note = 'The activities are O*NET’s. Each role lists its main responsibilities; its people may do more.';

test('what both do and what only one does stand under their activities', () => {
  const found = lines({
    shared: [{ activity: 'Plan', left: texts('Plan circuits'), right: texts('Lay out runs') }],
    onlyLeft: [{ activity: 'Install', left: texts('Run conduit') }],
    onlyRight: [{ activity: 'Cut', right: texts('Join pipe') }],
  });
  expect(found).toEqual([
    ...lists,
    'By work activity',
    'The two roles have 1 work activity in common. ',
    note,
    'What both do',
    'Electricians',
    'Plumbers',
    'Plan',
    'Plan circuits',
    'Lay out runs',
    'Only Electricians (1)',
    'Install',
    'Run conduit',
    'Only Plumbers (1)',
    'Cut',
    'Join pipe',
  ]);
});

test('two roles may have no work activity in common', () => {
  const found = lines({
    shared: [],
    onlyLeft: [{ activity: 'Install', left: texts('Run conduit') }],
    onlyRight: [{ activity: 'Cut', right: texts('Join pipe') }],
  });
  expect(found[5]).toBe('The two roles have no work activity in common. ');
  expect(found).not.toContain('What both do');
});

test('without work activities on both sides only the lists are shown', () => {
  expect(lines(nothing)).toEqual(lists);
  expect(lines({ ...nothing, onlyLeft: [{ activity: 'Install', left: texts('Run conduit') }] })).toEqual(lists);
});
