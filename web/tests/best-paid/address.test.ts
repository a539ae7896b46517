import { expect, test } from 'vitest';
import { type Address, addressOf, headingOf, readAddress } from '../../src/best-paid/address';
import { variablesOf } from '../../src/best-paid/variables';

const read = (address: string) => readAddress(new URL(address, 'http://rolegraph.test'));
const nation: Address = { area: 'US', industry: '', education: '', order: 'mean', after: '', from: 1 };

test.each([
  '/best-paid',
  '/best-paid?area=&industry=&education=&order=',
  '/best-paid?education=none&order=toString',
  '/best-paid?after=x&from=0',
  '/best-paid?from=21',
])('%s is the nation by mean wage', (address) => {
  expect(read(address)).toEqual(nation);
});

test.each<[string, Partial<Address>]>([
  ['/best-paid', {}],
  ['/best-paid?area=TX&education=Bachelor%27s+degree', { area: 'TX', education: 'BACHELORS' }],
  ['/best-paid?industry=31--34&order=hourly', { industry: '31--34', order: 'hourly' }],
  ['/best-paid?area=TX&after=WzFd&from=21', { area: 'TX', after: 'WzFd', from: 21 }],
])('%s is written and read back', (address, part) => {
  expect(addressOf(part)).toBe(address);
  expect(read(address)).toEqual({ ...nation, ...part });
});

test.each<[string, Partial<Address>, string, string]>([
  ['Best-paid occupations', {}, '', ''],
  ["Best-paid occupations in Texas that typically need a bachelor's degree", { education: 'BACHELORS' }, 'Texas', ''],
  [
    "Occupations with the most jobs in Hospitals that typically need an associate's degree",
    { education: 'ASSOCIATES', order: 'employment' },
    '',
    'Hospitals',
  ],
  ['Best-paid occupations in Texas, from place 21', { after: 'x', from: 21 }, 'Texas', ''],
  [
    'Fastest-growing occupations in Maine that typically need some college, no degree',
    { education: 'SOME_COLLEGE', order: 'growth' },
    'Maine',
    '',
  ],
])('%s', (heading, part, area, industry) => {
  expect(headingOf({ ...nation, ...part }, area, industry)).toBe(heading);
});

test('a list holds SOC occupations that have the figure of its order', () => {
  expect(variablesOf({ ...nation, area: 'TX', education: 'MASTERS', order: 'hourly' })).toEqual({
    area: 'TX',
    industry: '000000',
    filter: { kind: 'DETAILED', entryEducation: 'MASTERS', hourlyMean: { atLeast: -100 } },
    order: { field: 'HOURLY_MEAN_WAGE', direction: 'DESC' },
    after: null,
  });
});
