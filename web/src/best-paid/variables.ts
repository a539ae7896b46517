import type { BestPaidQueryVariables, BestPaidUnrankedQueryVariables, OccupationFilter } from '../../generated/graphql';
import { type Address, orders } from './address';

// The code of all industries together.
const allIndustries = '000000';

// Returns the place of an address, and its conditions on occupations. Job titles
// of the published comparison page are left out: their wages are of another source.
function placeOf({ area, industry, education }: Address) {
  const conditions: OccupationFilter = { kind: 'DETAILED', ...(education && { entryEducation: education }) };
  return { area, industry: industry || allIndustries, conditions };
}

export function variablesOf(address: Address): BestPaidQueryVariables {
  const { area, industry, conditions } = placeOf(address);
  const { field, figure } = orders[address.order];
  // Any figure: an occupation without it has no place in the order. Growth is
  // national, so occupations without published jobs in the place are left out.
  const inPlace = figure === 'growthPercent' && { employment: { atLeast: 0 } };
  const filter = { ...conditions, ...inPlace, [figure]: { atLeast: -100 } };
  return { area, industry, filter, order: { field, direction: 'DESC' }, after: address.after || null };
}

export const isByAnnualWage = ({ order }: Address): boolean => order === 'mean' || order === 'median';

export function unrankedVariables(address: Address): BestPaidUnrankedQueryVariables {
  const { area, industry, conditions } = placeOf(address);
  return {
    area,
    industry,
    topCoded: { ...conditions, annualMeanMissing: 'TOP_CODED' },
    hourlyOnly: { ...conditions, annualMeanMissing: 'HOURLY_ONLY' },
  };
}
