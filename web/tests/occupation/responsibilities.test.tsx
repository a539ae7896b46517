import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { type DutiesFragment, OccupationWorkDocument, type OccupationWorkQuery } from '../../generated/graphql';
import { Responsibilities } from '../../src/occupation/responsibilities';

const source = (name: string) => ({ nodes: [{ source: { name, publisher: 'P', license: 'L' } }] });

// Returns the section's text, one line for each element.
function lines(tasks: DutiesFragment['nodes']): string[] {
  const occupation = {
    responsibilities: { nodes: [{ text: 'Run conduit', core: true }] },
    cited: source('Ours'),
    tasks: { nodes: tasks },
    citedTasks: tasks.length > 0 ? source('O*NET') : { nodes: [] },
  };
  const html = renderToString(
    <Responsibilities
      document={OccupationWorkDocument}
      variables={{ slug: 'x' }}
      state={{ status: 'loaded', data: { occupation } as unknown as OccupationWorkQuery, errors: [] }}
    />,
  );
  const body = html.slice(html.indexOf('class="section-body"'), html.indexOf('class="section-foot"'));
  return [...body.matchAll(/>([^<>]+)</g)].map((match) => (match[1] ?? '').trim());
}

test('without O*NET’s tasks there is one list', () => {
  expect(lines([])).toEqual(['Run conduit']);
});

test('O*NET’s tasks are a second list', () => {
  const tasks = [
    { text: 'Assemble wiring.', core: true },
    { text: 'Perform rescues.', core: false },
  ];
  expect(lines(tasks)).toEqual([
    'Run conduit',
    'Tasks in O*NET’s words',
    'Assemble wiring.',
    'Perform rescues.',
    'supplemental',
  ]);
});
