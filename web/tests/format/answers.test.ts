import { expect, test } from 'vitest';
import type { DifferencePartsFragment, InterestPartsFragment, Verdict } from '../../generated/graphql';
import {
  demographicsAnswer,
  educationAnswer,
  historyAnswer,
  interestsAnswer,
  payOfOne,
  placesAnswer,
  responsibilitiesAnswer,
  salaryAnswer,
  skillsAnswer,
  skillsOfOne,
} from '../../src/format/answers';

const titles = { left: 'Actuaries', right: 'Bakers' };

function difference(part: Partial<DifferencePartsFragment>): DifferencePartsFragment {
  return {
    left: null,
    right: null,
    leftMeasure: 'mean',
    rightMeasure: 'mean',
    absolute: null,
    percent: null,
    higher: null,
    unit: 'DOLLARS_PER_YEAR',
    verdict: 'NOT_TESTABLE',
    confidence: null,
    missing: [],
    explanation: { note: '', sources: [] },
    ...part,
  };
}

test.each<[Verdict, number, string]>([
  ['SIGNIFICANT', 1234, 'Actuaries earn $1,234 more a year, by the mean'],
  ['SIGNIFICANT', -1234, 'Bakers earn $1,234 more a year, by the mean'],
  ['NOT_SIGNIFICANT', 12, 'The means differ by $12 a year, which may be due to chance'],
  ['NOT_TESTABLE', 1234, 'The published mean is $1,234 a year higher for Actuaries'],
  ['NOT_TESTABLE', 0, 'The published means are the same'],
])('a %s difference of %d in pay is said as "%s"', (verdict, absolute, said) => {
  const annualMean = difference({ left: 1, right: 1, absolute, verdict });
  expect(salaryAnswer({ annualMean, hourlyMean: difference({}) }, titles)).toBe(said);
});

test('pay by the hour stands in where there are no annual means, or the reason for one', () => {
  const missing = [{ figure: 'left annual.mean', reason: 'HOURLY_ONLY' as const, atLeast: null }];
  const annualMean = difference({ right: 30_000, missing });
  const hourlyMean = difference({ left: 30.5, right: 20, absolute: 10.5, unit: 'DOLLARS_PER_HOUR' });
  expect(salaryAnswer({ annualMean, hourlyMean }, titles)).toBe(
    'The published mean is $10.50 an hour higher for Actuaries',
  );
  expect(salaryAnswer({ annualMean, hourlyMean: difference({}) }, titles)).toBe(
    'Mean: published hourly only for Actuaries',
  );
});

test('wages over time are said for both or not', () => {
  const change = (percent: number | null) => ({
    wageChange: { fromYear: 2021, toYear: 2025, realMedian: { percent } } as never,
  });
  expect(historyAnswer({ left: change(-5.7), right: change(0) }, titles)).toBe(
    'Median after inflation since 2021: −5.7% for Actuaries, 0% for Bakers',
  );
  expect(historyAnswer({ left: change(1), right: change(null) }, titles)).toBeNull();
});

test('places name the side that leads, and a reversal', () => {
  const places = { compared: 51, leftHigher: 27, rightHigher: 24, equal: 0, reversal: true };
  expect(placesAnswer(places, titles)).toBe(
    'Median higher for Actuaries in 27 of 51 states and territories, against the national result',
  );
  expect(placesAnswer({ ...places, leftHigher: 24, reversal: false }, titles)).toBe(
    'Median higher for each role in 24 of 51 states and territories',
  );
});

test('education falls back to the most common degrees', () => {
  const role = (typicalEntry: string | null, mostCommonDegree: string | null) => ({
    education: { typicalEntry, mostCommonDegree },
  });
  const bachelors = "Bachelor's degree";
  expect(educationAnswer({ left: role(bachelors, null), right: role(bachelors, null) }, titles)).toBe(
    "Typical entry for both: bachelor's degree",
  );
  expect(educationAnswer({ left: role(null, bachelors), right: role('None', "Master's degree") }, titles)).toBe(
    "Most common degree: bachelor's degree for Actuaries, master's degree for Bakers",
  );
  expect(educationAnswer({ left: { education: null }, right: role('None', null) }, titles)).toBeNull();
});

test('ages of two measures are not put side by side', () => {
  const age = difference({ left: 40, right: 26.1, leftMeasure: 'medianAge', rightMeasure: 'medianAge' });
  expect(demographicsAnswer({ age }, titles)).toBe('Median age: 40 for Actuaries, 26.1 for Bakers');
  expect(demographicsAnswer({ age: { ...age, leftMeasure: 'averageAge' } }, titles)).toBeNull();
});

test('work, skills and interests', () => {
  expect(responsibilitiesAnswer({ shared: [1], onlyLeft: [], onlyRight: [1] })).toBe('1 work activity in common');
  expect(responsibilitiesAnswer({ shared: [], onlyLeft: [1], onlyRight: [] })).toBeNull();
  const skills = {
    shared: [{ skill: { kind: 'SKILL' } }],
    onlyLeft: [1, 2],
    onlyRight: [],
    jaccard: 1 / 3,
    truncated: false,
  };
  expect(skillsAnswer(skills)).toBe('1 of the 3 that are important for either role are important for both');
  expect(skillsAnswer({ ...skills, truncated: true })).toBe(
    '33.3% of the skills in the two published lists are in both',
  );
  const first = (name: InterestPartsFragment['name']) => [{ name, highPoint: 1 }];
  expect(interestsAnswer({ left: first('SOCIAL'), right: first('SOCIAL') }, titles)).toBe(
    'Most characteristic of both: Social',
  );
  expect(interestsAnswer({ left: first('SOCIAL'), right: [] }, titles)).toBeNull();
});

test('one role: its median, and skills that tie', () => {
  const wages = { mean: 10, median: 9.5, p10: 1, p25: 5, p75: 12, p90: 20, range: null };
  expect(payOfOne({ annual: null, hourly: wages })).toBe('Median $9.50 an hour; the middle half earns $5.00 to $12.00');
  expect(payOfOne({ annual: null, hourly: null })).toBeNull();
  const rated = (...of: [string, number][]) => ({
    nodes: of.map(([name, importance]) => ({ skill: { name }, importance, percent: null })) as never[],
  });
  expect(skillsOfOne({ listed: null, rated: rated(['Reading', 70], ['Writing', 70], ['Speaking', 60]) })).toBe(
    'Most important: Reading and Writing',
  );
});
