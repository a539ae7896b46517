-- What users of PostGraphile would add to our tables for a schema like ours: views with smart tags for an occupation's
-- related rows, and functions for computed fields. Slow views are materialized and indexed, because the data changes only
-- a few times a year.

CREATE TYPE annual_wages AS (mean float8, median float8, p10 float8, p25 float8, p75 float8, p90 float8);
CREATE TYPE confidence_interval AS (level integer, low float8, high float8);
CREATE TYPE difference AS (
  "left" float8, "right" float8, absolute float8, percent float8, higher text, verdict text, z_score float8,
  confidence confidence_interval
);
CREATE TYPE salary_comparison AS (annual_mean difference, annual_median difference);
CREATE TYPE comparison AS ("left" occupation, "right" occupation, salary salary_comparison, growth difference);
CREATE TYPE search_match AS (occupation occupation, matched_title text, score float8);

CREATE VIEW salary AS
  SELECT occupation_id, employment,
    CASE WHEN num_nonnulls(annual_mean, annual_median, annual_p10, annual_p25, annual_p75, annual_p90) > 0
           OR num_nulls(range_low, range_high, range_basis) = 0
      THEN ROW(annual_mean, annual_median, annual_p10, annual_p25, annual_p75, annual_p90)::annual_wages END AS annual
  FROM wage WHERE area_code = 'US' AND industry_code = '000000';
COMMENT ON VIEW salary IS E'@primaryKey occupation_id\n@foreignKey (occupation_id) references occupation (id)|@foreignFieldName salary';

CREATE VIEW degree AS SELECT occupation_id, position, name, percent FROM share WHERE kind = 'DEGREE';
COMMENT ON VIEW degree IS E'@foreignKey (occupation_id) references education (occupation_id)|@foreignFieldName degreePage|@foreignSimpleFieldName degrees';

CREATE MATERIALIZED VIEW workforce AS
  SELECT occupation_id, (array_agg(median_age ORDER BY source_id) FILTER (WHERE median_age IS NOT NULL))[1] AS median_age
  FROM demographics GROUP BY occupation_id;
CREATE UNIQUE INDEX ON workforce (occupation_id);
COMMENT ON MATERIALIZED VIEW workforce IS E'@primaryKey occupation_id\n@foreignKey (occupation_id) references occupation (id)|@foreignFieldName demographics';

CREATE VIEW gender AS SELECT occupation_id, position, name, percent FROM share WHERE kind = 'GENDER';
COMMENT ON VIEW gender IS E'@foreignKey (occupation_id) references workforce (occupation_id)|@foreignFieldName genderPage|@foreignSimpleFieldName gender';

-- Nulls come last, because no weight is below 0.
CREATE MATERIALIZED VIEW weighted_skill AS
  SELECT occupation_id, skill_id, rank, importance, level, coalesce(percent, importance, percentile, -1) AS weight
  FROM occupation_skill;
CREATE INDEX ON weighted_skill (occupation_id, weight DESC, rank, skill_id);
COMMENT ON MATERIALIZED VIEW weighted_skill IS E'@foreignKey (occupation_id) references occupation (id)|@foreignFieldName skills\n@foreignKey (skill_id) references skill (id)|@fieldName skill';

COMMENT ON TABLE demographics IS E'@behavior -*';
COMMENT ON TABLE occupation_skill IS E'@behavior -*';

CREATE FUNCTION rounded(value float8) RETURNS float8 LANGUAGE sql IMMUTABLE
  RETURN round(value * 10000) / 10000 + 0;
COMMENT ON FUNCTION rounded IS E'@behavior -*';

-- From the figures and their relative standard errors. It returns a set so that PostgreSQL can inline it.
CREATE FUNCTION difference_of(
  "left" float8, left_error float8, left_bound float8, "right" float8, right_error float8, right_bound float8,
  percentages boolean
) RETURNS SETOF difference LANGUAGE sql IMMUTABLE AS $$
  SELECT "left", "right", rounded(gap), CASE WHEN NOT percentages AND "right" <> 0 THEN rounded(100 * gap / "right") END,
    CASE WHEN gap = 0 THEN 'EQUAL' WHEN gap > 0 OR ("left" IS NULL AND left_bound > "right") THEN 'LEFT'
         WHEN gap < 0 OR ("right" IS NULL AND right_bound > "left") THEN 'RIGHT' END,
    CASE WHEN error IS NULL THEN 'NOT_TESTABLE' WHEN abs(gap) / error > 1.645 THEN 'SIGNIFICANT' ELSE 'NOT_SIGNIFICANT' END,
    rounded(abs(gap) / error),
    CASE WHEN error IS NOT NULL
      THEN ROW(90, rounded(gap - 1.645 * error), rounded(gap + 1.645 * error))::confidence_interval END
  FROM (
    SELECT "left" - "right" AS gap,
      CASE WHEN left_error + right_error > 0 THEN nullif(sqrt(
        (coalesce(nullif(left_error, 0), 0.05) / 100 * "left") ^ 2
        + (coalesce(nullif(right_error, 0), 0.05) / 100 * "right") ^ 2
      ), 0) END AS error
    WHERE true
  ) AS tested
$$;
COMMENT ON FUNCTION difference_of IS E'@behavior -*';

CREATE FUNCTION comparison("left" text, "right" text) RETURNS comparison LANGUAGE sql STABLE AS $$
  SELECT l, r, ROW(mean, median)::salary_comparison,
    -- Growth over different periods cannot be compared.
    CASE WHEN num_nonnulls(lo.growth_percent, ro.growth_percent) = 0 THEN NULL
         WHEN (lo.from_year, lo.to_year) IS DISTINCT FROM (ro.from_year, ro.to_year)
         THEN ROW(lo.growth_percent, ro.growth_percent, NULL, NULL, NULL, 'NOT_TESTABLE', NULL, NULL)::difference
         ELSE growth END
  FROM occupation l JOIN occupation r ON r.slug = $2
  LEFT JOIN wage lw ON lw.occupation_id = l.id AND lw.area_code = 'US' AND lw.industry_code = '000000'
  LEFT JOIN wage rw ON rw.occupation_id = r.id AND rw.area_code = 'US' AND rw.industry_code = '000000'
  LEFT JOIN outlook lo ON lo.occupation_id = l.id
  LEFT JOIN outlook ro ON ro.occupation_id = r.id
  CROSS JOIN LATERAL difference_of(
    lw.annual_mean, lw.wage_standard_error_percent, (lw.missing -> 'annual_mean' ->> 'at_least')::float8,
    rw.annual_mean, rw.wage_standard_error_percent, (rw.missing -> 'annual_mean' ->> 'at_least')::float8, false
  ) AS mean
  CROSS JOIN LATERAL difference_of(
    lw.annual_median, NULL, (lw.missing -> 'annual_median' ->> 'at_least')::float8,
    rw.annual_median, NULL, (rw.missing -> 'annual_median' ->> 'at_least')::float8, false
  ) AS median
  CROSS JOIN LATERAL difference_of(lo.growth_percent, NULL, NULL, ro.growth_percent, NULL, NULL, true) AS growth
  WHERE l.slug = $1
$$;

CREATE FUNCTION search(text text) RETURNS SETOF search_match LANGUAGE sql STABLE AS $$
  WITH typed AS (SELECT regexp_match("text", '^\s*(\d\d)[-\s.]?(\d{0,4})(\.\d\d)?\s*$') AS parts),
  starts AS (
    SELECT parts[1] || '-' || parts[2] AS start, length(parts[2]) AS digits, 1 AS turn FROM typed
    UNION ALL SELECT parts[1] || '-' || rtrim(parts[2], '0'), length(rtrim(parts[2], '0')), 2 FROM typed
  ),
  found AS (
    SELECT o, employment, turn, rounded((2 + digits) / 6.0::float8) AS score
    FROM starts JOIN occupation o ON starts_with(o.code, start)
    LEFT JOIN wage w ON w.occupation_id = o.id AND w.area_code = 'US' AND w.industry_code = '000000'
  )
  SELECT o, (o).title, score FROM found WHERE turn = (SELECT min(turn) FROM found)
  ORDER BY employment DESC NULLS LAST, (o).title
$$;

ANALYZE workforce, weighted_skill;
