"""The GraphQL documents that the tools run."""

_SOURCE = """
fragment Publication on Source { name publisher release url }
"""

_DIFFERENCE = """
fragment Gap on Difference {
  left
  right
  absolute
  percent
  unit
  higher
  verdict
  confidence { level low high }
  missing { figure reason atLeast }
  explanation { sources { name release } }
}
"""

_TITLE = """
fragment Title on ResolvedTitle { title exact others { title } }
"""

_PAY = """
fragment Pay on Wages { mean median p10 p90 }
"""

_TOP = """
fragment Top on TopPay {
  name
  salary
  standardErrorPercent
  notClearlyAbove
  topCoded
  minimumEmployment
  source { ...Publication }
}
"""

AREAS = """
query AreasTool($text: String!) {
  areas(text: $text, first: 4) { nodes { code name } }
}
"""

TITLES = f"""
query SearchTitlesTool($text: String!, $first: Int!) {{
  jobTitles(text: $text, first: $first) {{
    title
    occupation {{ title slug code }}
    notCovered
    others {{ title }}
    source {{ ...Publication }}
  }}
}}
{_SOURCE}"""

OCCUPATION = f"""
query DescribeOccupationTool($by: OccupationKey!, $text: String!, $area: String!) {{
  occupation(by: $by) {{
    title
    slug
    code
    kind
    description
    descriptionSource {{ name release }}
    salary(area: $area) {{
      area {{ code name }}
      annual {{ ...Pay }}
      hourly {{ ...Pay }}
      employment
      wageStandardErrorPercent
      missing {{ figure reason atLeast }}
      source {{ ...Publication }}
    }}
    jobs {{ count basis source {{ ...Publication }} }}
    outlook {{ growthPercent fromYear toYear openingsPerYear source {{ ...Publication }} }}
    education {{ typicalEntry relatedExperience onTheJobTraining mostCommonDegree source {{ ...Publication }} }}
    jobZone
    skills(first: 6) {{ nodes {{ skill {{ name kind }} percent importance source {{ name release }} }} }}
    responsibilities(first: 4) {{ nodes {{ text }} }}
    caveats
  }}
  jobTitles(text: $text, first: 3) {{ title occupation {{ title slug }} notCovered others {{ title }} }}
}}
{_PAY}{_SOURCE}"""

COMPARISON = f"""
query CompareOccupationsTool($left: OccupationKey!, $right: OccupationKey!, $area: String!) {{
  comparison(left: $left, right: $right, area: $area) {{
    left {{ title slug code }}
    right {{ title slug code }}
    leftTitle {{ ...Title }}
    rightTitle {{ ...Title }}
    area {{ code name }}
    choices {{ left right }}
    summary
    salary {{
      annualMean {{ ...Gap }}
      annualMedian {{ ...Gap }}
    }}
    jobs {{ ...Gap }}
    growth {{ ...Gap }}
    openings {{ ...Gap }}
    entry {{
      education {{ left right needsMore }}
      experience {{ left right needsMore }}
      training {{ left right needsMore }}
    }}
    jobZone {{ left right needsMore }}
    caveats
  }}
}}
{_TITLE}{_DIFFERENCE}"""

RANKING = f"""
query RankOccupationsTool($occupations: [OccupationKey!]!, $area: String!) {{
  ranking(occupations: $occupations, area: $area) {{
    area {{ code name }}
    entries {{
      rank
      occupation {{ title slug code }}
      title {{ ...Title }}
      mean: value
      standardErrorPercent
      tiedWith {{ title }}
      missing {{ reason atLeast }}
    }}
    caveats
    sources {{ ...Publication }}
  }}
}}
{_TITLE}{_SOURCE}"""

PLACES = f"""
query WhereItPaysMostTool($by: OccupationKey!, $text: String!, $kind: AreaKind!, $first: Int!) {{
  occupation(by: $by) {{
    title
    slug
    code
    highestPaying {{
      state {{ ...Top }}
      city {{ ...Top }}
      industry {{ ...Top }}
    }}
    salaries(kind: $kind, orderBy: {{ field: MEAN, direction: DESC }}, first: $first) {{
      nodes {{
        area {{ code name }}
        annual {{ mean median }}
        wageStandardErrorPercent
        employment
        missing {{ figure reason atLeast }}
        source {{ name release }}
      }}
    }}
  }}
  jobTitles(text: $text, first: 3) {{ title occupation {{ title slug }} notCovered others {{ title }} }}
}}
{_TOP}{_SOURCE}"""
