// The rows for the measured queries: read by SQL for each request, or all of them at startup.
//
// Both return an object of functions from an array of keys to an array of values, for batch resolvers. Rows in memory
// need none for their related rows.

import Database from 'better-sqlite3';

const OCCUPATION = 'o.id, o.slug, o.code, o.title';
const NATIONAL = "area_code = 'US' AND industry_code = '000000'";
const HEAVIEST_FIRST = 'coalesce(percent, importance, percentile) DESC NULLS LAST, rank, skill_id';

export function bySql(file) {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  database.pragma('mmap_size = 268435456');
  database.pragma('cache_size = -65536');
  database.pragma('query_only = 1');

  const bySlug = database.prepare(`SELECT ${OCCUPATION} FROM occupation o WHERE slug = ?`);
  const firstPage = database.prepare(`SELECT ${OCCUPATION} FROM occupation o ORDER BY title, slug LIMIT ?`);
  const laterPage = database.prepare(
    `SELECT ${OCCUPATION} FROM occupation o WHERE (title, slug) > (?, ?) ORDER BY title, slug LIMIT ?`,
  );
  const byCode = database.prepare(
    `SELECT ${OCCUPATION} FROM occupation o LEFT JOIN wage w ON w.occupation_id = o.id AND ${NATIONAL}
     WHERE o.code >= ? AND o.code < ? ORDER BY w.employment DESC NULLS LAST, o.title LIMIT ?`,
  );
  const wages = byOccupation(
    `occupation_id, employment, wage_standard_error_percent, annual_mean, annual_median, annual_p10, annual_p25,
     annual_p75, annual_p90, range_low, range_high, range_basis, missing`,
    `wage WHERE ${NATIONAL}`,
  );
  const outlooks = byOccupation(
    "occupation_id, growth_percent AS growthPercent, from_year || ' to ' || to_year AS period",
    'outlook WHERE true',
  );
  const educations = byOccupation(
    'occupation_id, most_common_degree AS mostCommonDegree, typical_entry AS typicalEntry',
    'education WHERE true',
  );
  const demographics = byOccupation(
    'occupation_id, average_age AS averageAge, median_age AS medianAge',
    'demographics WHERE true',
    'ORDER BY occupation_id, source_id',
  );
  const shares = byOccupation('occupation_id, name, percent', 'share WHERE kind = ?', 'ORDER BY occupation_id, position');
  const skills = database.prepare(
    `SELECT importance, level, skill.name FROM occupation_skill JOIN skill ON skill.id = skill_id
     WHERE occupation_id = ? ORDER BY ${HEAVIEST_FIRST} LIMIT ?`,
  );

  // One statement is faster for many occupations, but two statements are faster for the two of a comparison.
  function byOccupation(columns, source, order = '') {
    const statement = `SELECT ${columns} FROM ${source} AND occupation_id`;
    const one = database.prepare(`${statement} = ? ${order}`);
    const many = database.prepare(`${statement} IN (SELECT value FROM json_each(?)) ${order}`);
    return (ids, ...values) =>
      ids.length > 2 ? many.all(...values, JSON.stringify(ids)) : ids.flatMap((id) => one.all(...values, id));
  }

  return {
    occupationsBySlug: (slugs) => slugs.map((slug) => bySlug.get(slug)),
    page: (after, size) => (after ? laterPage.all(...after, size) : firstPage.all(size)),
    // A digit or a hyphen sorts below the colon.
    occupationsByCodeStart: (start, size) => byCode.all(start, `${start}:`, size),
    salaries: (ids) => aligned(ids, wages(ids)).map(salaryOf),
    outlooks: (ids) => aligned(ids, outlooks(ids)),
    educations: (ids) => aligned(ids, educations(ids)),
    demographics: (ids) => grouped(ids, demographics(ids)).map(demographicsOf),
    shares: (ids, kind) => grouped(ids, shares(ids, kind)),
    // One sort of a hundred skills for each occupation is faster than one of ten thousand for all.
    skills: (ids, first) => ids.map((id) => skills.all(id, first).map(skillOf)),
  };
}

// Occupations contain their related rows, as answers do, so that few fields need a resolver.
export function inMemory(file) {
  const database = bySql(file);
  const listed = database.page(null, 1_000_000);
  const ids = listed.map(({ id }) => id);
  const salaries = database.salaries(ids);
  const educations = withShares(database.educations(ids), 'degrees', database.shares(ids, 'DEGREE'));
  const demographics = withShares(database.demographics(ids), 'gender', database.shares(ids, 'GENDER'));
  const outlooks = database.outlooks(ids);
  const skills = database.skills(ids, -1);
  const byTitle = listed.map((occupation, index) => ({
    ...occupation,
    salary: salaries[index],
    education: educations[index],
    demographics: demographics[index],
    outlook: outlooks[index],
    weightedSkills: skills[index],
  }));
  const byId = new Map(byTitle.map((occupation) => [occupation.id, occupation]));
  const bySlug = new Map(byTitle.map((occupation) => [occupation.slug, occupation]));
  const byEmployment = database.occupationsByCodeStart('', ids.length).map(({ id }) => byId.get(id));

  return {
    occupationsBySlug: (slugs) => slugs.map((slug) => bySlug.get(slug)),
    page(after, size) {
      const start = after ? firstAbove(byTitle, after) : 0;
      return byTitle.slice(start, start + size);
    },
    occupationsByCodeStart: (start, size) => byEmployment.filter(({ code }) => code.startsWith(start)).slice(0, size),
    salaries: (wanted) => wanted.map((id) => byId.get(id).salary),
    outlooks: (wanted) => wanted.map((id) => byId.get(id).outlook),
  };
}

function withShares(rows, name, shares) {
  return rows.map((row, index) => row && { ...row, [name]: shares[index] });
}

function firstAbove(rows, [title, slug]) {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row.title > title || (row.title === title && row.slug > slug)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function aligned(ids, rows) {
  const byId = new Map(rows.map((row) => [row.occupation_id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

function grouped(ids, rows) {
  const byId = new Map(ids.map((id) => [id, []]));
  for (const row of rows) byId.get(row.occupation_id).push(row);
  return ids.map((id) => byId.get(id));
}

function salaryOf(row) {
  if (row === null) return null;
  const annual = {
    mean: row.annual_mean,
    median: row.annual_median,
    p10: row.annual_p10,
    p25: row.annual_p25,
    p75: row.annual_p75,
    p90: row.annual_p90,
  };
  const published = row.range_low !== null && row.range_high !== null && row.range_basis !== null;
  const missing = row.missing ? JSON.parse(row.missing) : {};
  return {
    employment: row.employment,
    annual: published || Object.values(annual).some((figure) => figure !== null) ? annual : null,
    // The mean and the median for a comparison. Only means have a published standard error.
    mean: { value: annual.mean, errorPercent: row.wage_standard_error_percent, atLeast: boundOf(missing.annual_mean) },
    median: { value: annual.median, errorPercent: null, atLeast: boundOf(missing.annual_median) },
  };
}

function boundOf(missing) {
  return missing?.at_least ?? null;
}

function demographicsOf(rows) {
  if (rows.length === 0) return null;
  const medianAge = rows.find((row) => row.medianAge !== null)?.medianAge ?? null;
  return { occupation_id: rows[0].occupation_id, medianAge };
}

function skillOf({ importance, level, name }) {
  return { importance, level, skill: { name } };
}
