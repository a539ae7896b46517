// Resolvers of the measured fields, with data from rows.js. All other fields of our schema are null.

import { GraphQLError } from 'graphql';
import { difference, rounded } from './arithmetic.js';

const DEFAULT_SIZE = 20;
const ORDER = 'occupations by title';
const CODE = /^\s*(\d\d)[-\s.]?(\d{0,4})(\.\d\d)?\s*$/;

// Fields of list items, resolved for many parents at once.
const batches = {
  Occupation: {
    salary: (rows, parents) => rows.salaries(parents.map(idOf)),
    education: (rows, parents) => rows.educations(parents.map(idOf)),
    demographics: (rows, parents) => rows.demographics(parents.map(idOf)),
    skills: (rows, parents, { first }) =>
      rows.skills(parents.map(idOf), first ?? DEFAULT_SIZE).map((nodes) => ({ nodes })),
  },
  Education: { degrees: (rows, parents) => rows.shares(parents.map(occupationIdOf), 'DEGREE') },
  Demographics: { gender: (rows, parents) => rows.shares(parents.map(occupationIdOf), 'GENDER') },
};

const idOf = (occupation) => occupation.id;
const occupationIdOf = (row) => row.occupation_id;

// Fields that occur once in an answer. They need no batches, because better-sqlite3 is synchronous.
const alone = (rows) => ({
  Query: {
    comparison: (_, { left, right }) => comparison(rows, left, right),
    occupations: (_, { first, after }) => page(rows, first ?? DEFAULT_SIZE, after ? readCursor(after) : null),
    search: (_, { text, first }) => search(rows, text, first),
  },
  Comparison: {
    salary({ left, right }) {
      const [leftCell, rightCell] = rows.salaries([left.id, right.id]);
      return leftCell || rightCell ? { left: leftCell, right: rightCell } : null;
    },
    growth({ left, right }) {
      const [leftFigure, rightFigure] = rows.outlooks([left.id, right.id]).map(growthOf);
      return leftFigure.value === null && rightFigure.value === null
        ? null
        : difference(leftFigure, rightFigure, { percentages: true });
    },
  },
  SalaryComparison: {
    annualMean: ({ left, right }) => difference(left?.mean, right?.mean),
    annualMedian: ({ left, right }) => difference(left?.median, right?.median),
  },
});

// For rows in memory, which contain their related rows.
export function plain(rows) {
  const skills = ({ weightedSkills }, { first }) => ({ nodes: weightedSkills.slice(0, first ?? DEFAULT_SIZE) });
  return { ...alone(rows), Occupation: { skills } };
}

// All parents of a level in one batch, with the request's loaders from `loaderOf(context, batch, args)`.
export function throughLoaders(rows, loaderOf) {
  const loaded = (batch) => (parent, args, context) => loaderOf(context, batch, args).load(parent);
  return { ...alone(rows), ...each(loaded) };
}

// The same for Mercurius: `{ resolvers, loaders }`. A measured query has a field only with the same arguments.
export function forMercurius(rows) {
  const loader = (batch) => ({
    loader: async (queries) => batch(rows, queries.map(({ obj }) => obj), queries[0].params),
    opts: { cache: false },
  });
  return { resolvers: alone(rows), loaders: each(loader) };
}

function each(make) {
  const made = (fields) => Object.fromEntries(Object.entries(fields).map(([name, batch]) => [name, make(batch)]));
  return Object.fromEntries(Object.entries(batches).map(([type, fields]) => [type, made(fields)]));
}

function comparison(rows, left, right) {
  const [leftOccupation, rightOccupation] = rows.occupationsBySlug([left.slug, right.slug]);
  if (!leftOccupation || !rightOccupation) {
    throw new GraphQLError('There is nothing to compare.', { extensions: { code: 'NOT_FOUND' } });
  }
  return { left: leftOccupation, right: rightOccupation };
}

function growthOf(outlook) {
  return { value: outlook?.growthPercent ?? null, errorPercent: null, atLeast: null, measure: outlook?.period };
}

function page(rows, size, after) {
  const found = rows.page(after, size + 1);
  const nodes = found.slice(0, size);
  const pageInfo = { hasNextPage: found.length > size, endCursor: nodes.length ? cursorOf(nodes.at(-1)) : null };
  return { nodes, pageInfo };
}

function cursorOf({ title, slug }) {
  return Buffer.from(JSON.stringify([ORDER, title, slug])).toString('base64url');
}

function readCursor(cursor) {
  const [order, title, slug] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  if (order !== ORDER) throw new GraphQLError('The cursor belongs to another list.');
  return [title, slug];
}

// Only the starts of codes are searched. Words are left to our own search.
function search(rows, text, size) {
  const typed = CODE.exec(text);
  if (!typed) return [];
  for (const rest of [typed[2], typed[2].replace(/0+$/, '')]) {
    const found = rows.occupationsByCodeStart(`${typed[1]}-${rest}`, size);
    const score = rounded((2 + rest.length) / 6);
    if (found.length) return found.map((occupation) => ({ occupation, matchedTitle: occupation.title, score }));
  }
  return [];
}
