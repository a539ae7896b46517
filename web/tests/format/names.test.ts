import { expect, test } from 'vitest';
import { jobsBasis, projectionPeriod } from '../../src/format/labels';
import { areaInSentence, shortGroupName, shortSectorName, titleFromSlug } from '../../src/format/names';

test('only the nation has an article', () => {
  expect(['United States', 'Wyoming', 'District of Columbia'].map(areaInSentence)).toEqual([
    'the United States',
    'Wyoming',
    'the District of Columbia',
  ]);
  expect(areaInSentence('Alaska nonmetropolitan area')).toBe('the Alaska nonmetropolitan area');
});

test('a slug becomes a provisional title', () => {
  expect(['surgeons-all-other', 'actors', ''].map(titleFromSlug)).toEqual(['Surgeons all other', 'Actors', '']);
});

test('a group name loses the word "Occupations" only at its end', () => {
  expect(['Legal Occupations', 'Legal Occupations, Other', 'Management'].map(shortGroupName)).toEqual([
    'Legal',
    'Legal Occupations, Other',
    'Management',
  ]);
});

test('a sector name loses its codes', () => {
  const names = [
    'Sector 22 - Utilities',
    'Sectors 44 and 45 - Retail Trade',
    'Sectors 31, 32, and 33 - Manufacturing',
    'Federal - Executive Branch',
  ];
  expect(names.map(shortSectorName)).toEqual([
    'Utilities',
    'Retail Trade',
    'Manufacturing',
    'Federal - Executive Branch',
  ]);
});

test('a projection without both years has no period', () => {
  expect(projectionPeriod({ fromYear: 2024, toYear: 2034 })).toBe('projected, 2024–2034');
  expect(projectionPeriod({ fromYear: 2024, toYear: null })).toBe('projected; the source gives no period');
});

test('postings are not employment', () => {
  expect(jobsBasis('WAGE_AND_SALARY')).toBe('wage-and-salary jobs, nationwide');
  expect(jobsBasis('OPEN_POSTINGS')).toBe('open job postings');
});
