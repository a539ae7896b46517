import { cacheExchange, type KeyingConfig, type ResolverConfig } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { introspection } from '../generated/schema.js';

// Objects without an id belong to their parents.
const withoutId = [
  'AlternateTitle', 'Choices', 'Crossover', 'DegreeShare', 'Demographics', 'DemographicsComparison',
  'Difference', 'DistributionComparison', 'Education', 'EducationComparison', 'EntryComparison',
  'EntryEducation', 'EntryExperience', 'EntryTraining', 'Explanation', 'ExplanationInput',
  'HighestPaying', 'HighestPayingComparison', 'Interest', 'InterestComparison', 'Interval', 'Jobs',
  'KeyFigure', 'KeyFigureSide', 'Lead', 'MissingFigure', 'MoneyRange', 'MonthRange',
  'OccupationSkill', 'Offer', 'Outlook', 'PercentileDifference', 'Place', 'PlaceComparison',
  'PublishedFor', 'RangeOverlap', 'Ranking', 'RankingEntry', 'RelatedOccupation',
  'RequiredDegreeShare', 'ResolvedTitle', 'Responsibility', 'ResponsibilityComparison', 'Salary',
  'SalaryComparison', 'SearchMatch', 'Share', 'ShareDifference', 'SharedActivity',
  'SkillComparison', 'SkillDifference', 'SkillGap', 'SkillGapElement', 'SkillOccupation',
  'SkillTransfer', 'SkillTransferElement', 'TechnologyComparison', 'TextPair', 'TopPay',
  'TopPayPair', 'WageChange', 'WageDecomposition', 'WageGap', 'WageSpread', 'WageYear', 'Wages',
  'WeeklyEarnings', 'ZoneComparison',
];

const connections = [
  'Education.majors', 'Occupation.salaries', 'Occupation.industrySalaries',
  'Occupation.responsibilities', 'Occupation.skills', 'Occupation.alternateTitles',
  'Occupation.related', 'OccupationGroup.occupations', 'PlaceComparison.areas', 'Query.occupations',
  'Query.areas', 'Query.industries', 'Query.skills', 'Skill.occupations',
];

const keys: KeyingConfig = {};
for (const type of withoutId) keys[type] = () => null;

const resolvers: ResolverConfig = {};
for (const [type, field] of connections.map((connection) => connection.split('.'))) {
  resolvers[type] = { ...resolvers[type], [field]: relayPagination() };
}

export const newCache = () => cacheExchange({ schema: introspection, keys, resolvers });
