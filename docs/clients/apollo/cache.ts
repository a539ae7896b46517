import { InMemoryCache, type FieldMergeFunction, type TypePolicy } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

// Objects without an id belong to their parents. Documents may request different fields of them.
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

// Lists of such objects, which are merged by position.
const lists = [
  'Area.missing', 'Comparison.keyFigures', 'Comparison.wageHistory', 'Demographics.gender',
  'Demographics.race', 'Demographics.missing', 'Difference.missing',
  'DistributionComparison.shares', 'DistributionComparison.missing', 'Education.degrees',
  'Education.requiredDegrees', 'Education.missing', 'EducationComparison.degrees',
  'EducationComparison.missing', 'EntryComparison.missing', 'Explanation.inputs',
  'InterestComparison.left', 'InterestComparison.right', 'InterestComparison.missing',
  'KeyFigure.leads', 'Occupation.wageHistory', 'Occupation.interests', 'Query.search',
  'Ranking.entries', 'ResponsibilityComparison.shared', 'ResponsibilityComparison.onlyLeft',
  'ResponsibilityComparison.onlyRight', 'Salary.missing', 'SalaryComparison.percentiles',
  'SalaryComparison.crossovers', 'SharedActivity.left', 'SharedActivity.right',
  'SkillComparison.shared', 'SkillComparison.onlyLeft', 'SkillComparison.onlyRight',
  'SkillGap.elements', 'SkillGap.missing', 'SkillTransfer.elements', 'SkillTransfer.missing',
  'WageYear.missing', 'WeeklyEarnings.missing',
];

// Connections, with the arguments that make another list.
const connections: Record<string, string[]> = {
  'Education.majors': [],
  'Occupation.salaries': ['kind', 'orderBy'],
  'Occupation.industrySalaries': ['level', 'orderBy'],
  'Occupation.responsibilities': ['source'],
  'Occupation.skills': ['kind'],
  'Occupation.alternateTitles': [],
  'Occupation.related': [],
  'OccupationGroup.occupations': [],
  'PlaceComparison.areas': ['higher'],
  'Query.occupations': ['filter', 'orderBy', 'area', 'industry'],
  'Query.areas': ['kind', 'text'],
  'Query.industries': ['text', 'level'],
  'Query.skills': ['kind', 'text'],
  'Skill.occupations': [],
};

const mergeByPosition: FieldMergeFunction = (existing, incoming, { mergeObjects }) =>
  existing && existing.length === incoming?.length
    ? incoming.map((item: object, position: number) => mergeObjects(existing[position], item))
    : incoming;

const typePolicies: Record<string, TypePolicy & { fields: object }> = {};
const policyOf = (type: string) => (typePolicies[type] ??= { fields: {} });

for (const type of withoutId) policyOf(type).merge = true;
for (const [type, field] of lists.map((list) => list.split('.'))) {
  Object.assign(policyOf(type).fields, { [field]: { merge: mergeByPosition } });
}
for (const [connection, keyArgs] of Object.entries(connections)) {
  const [type, field] = connection.split('.');
  Object.assign(policyOf(type).fields, { [field]: relayStylePagination(keyArgs) });
}

const possibleTypes = {
  Node: ['Area', 'Comparison', 'FieldOfStudy', 'Industry', 'JobTitle', 'Occupation', 'OccupationGroup', 'Skill', 'Source'],
};

export const newCache = () => new InMemoryCache({ possibleTypes, typePolicies });
