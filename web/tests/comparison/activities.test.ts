import { expect, test } from 'vitest';
import { grouped } from '../../src/comparison/activities';

test('each responsibility is shown once, with its first activity', () => {
  const activities = [
    { activity: 'Install equipment', responsibilities: ['Run conduit', 'Install lights'] },
    { activity: 'Test systems', responsibilities: ['Install lights', 'Test circuits'] },
  ];
  expect(grouped(activities, [])).toEqual([
    { activity: 'Install equipment', responsibilities: ['Run conduit', 'Install lights'], also: [] },
    { activity: 'Test systems', responsibilities: ['Test circuits'], also: [] },
  ]);
});

test('an activity without other responsibilities joins the group of its first one', () => {
  const activities = [
    { activity: 'Cut materials', responsibilities: ['Cut and join pipe'] },
    { activity: 'Measure materials', responsibilities: ['Mark openings'] },
    { activity: 'Join parts', responsibilities: ['Cut and join pipe'] },
    { activity: 'Position components', responsibilities: ['Mark openings', 'Cut and join pipe'] },
  ];
  expect(grouped(activities, [])).toEqual([
    { activity: 'Cut materials', responsibilities: ['Cut and join pipe'], also: ['Join parts'] },
    { activity: 'Measure materials', responsibilities: ['Mark openings'], also: ['Position components'] },
  ]);
});

test('groups of what is already shown come last', () => {
  const activities = [
    { activity: 'Create designs', responsibilities: ['Plan circuits'] },
    { activity: 'Install equipment', responsibilities: ['Plan circuits', 'Run conduit'] },
    { activity: 'Test systems', responsibilities: ['Test circuits'] },
  ];
  expect(grouped(activities, ['Plan circuits']).map(({ activity }) => activity)).toEqual([
    'Install equipment',
    'Test systems',
    'Create designs',
  ]);
});

test('a role without work activities has no groups', () => {
  expect(grouped([], [])).toEqual([]);
});
