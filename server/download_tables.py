"""The tables of downloads: a document for each kind of page, and the rows that are made of its answer.

Each row is one figure. Its measure has the API's name for it, so that rows of different downloads can be joined.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
Row = dict[str, object]

COMPARISON = """
query ComparisonDownload($left: OccupationKey!, $right: OccupationKey!, $area: String!) {
  comparison(left: $left, right: $right, area: $area) {
    left { ...Side }
    right { ...Side }
    leftTitle { title }
    rightTitle { title }
    area { code name }
    summary
    caveats
    salary {
      annualMean { ...Figures }
      annualMedian { ...Figures }
      hourlyMean { ...Figures }
      percentiles { percentile difference { ...Figures } }
    }
    jobs { ...Figures }
    growth { ...Figures }
    yearsOfExperience { ...Figures }
    timeToBecome { ...Figures }
    jobZone { left right sources { ...Cited } }
    education {
      mostCommonDegree { left right }
      degrees { ...Shares }
      missing { ...Reason }
      sources { ...Cited }
    }
    demographics {
      age { ...Figures }
      gender { shares { ...Shares } missing { ...Reason } sources { ...Cited } }
      race { shares { ...Shares } missing { ...Reason } sources { ...Cited } }
      lgbt { ...Figures }
    }
    skills {
      shared { ...Weights }
      onlyLeft { ...Weights }
      onlyRight { ...Weights }
      sources { ...Cited }
    }
    interests {
      left { name score }
      right { name score }
      missing { ...Reason }
      sources { ...Cited }
    }
    places(kind: STATE) { areas(first: 100) { nodes { area { name } median { ...Figures } } } }
  }
}

fragment Side on Occupation {
  slug
  code
  title
  education { degreesPublishedFor { name source { ...Cited } } }
  demographics { publishedFor { name source { ...Cited } } }
}

fragment Figures on Difference {
  left
  right
  leftMeasure
  rightMeasure
  absolute
  percent
  unit
  verdict
  missing { ...Reason }
  explanation { sources { ...Cited } }
}

fragment Shares on ShareDifference { name left right points verdict }

fragment Weights on SkillDifference { skill { name kind } left right points }

fragment Reason on MissingFigure { figure reason atLeast }

fragment Cited on Source { name release url }
"""

_DESCRIBED = """
fragment Described on Occupation {
  slug
  code
  title
  kind
  description
  salary(area: $area) {
    area { code name priceParity priceParitySource { ...Cited } missing { ...Reason } }
    annual { ...Figures }
    hourly { ...Figures }
    atNationalPrices { mean median }
    employment
    wageStandardErrorPercent
    employmentStandardErrorPercent
    jobsPerThousand
    locationQuotient
    missing { ...Reason }
    source { ...Cited }
  }
  jobs { count basis source { ...Cited } }
  outlook {
    growthPercent
    fromYear
    toYear
    openingsPerYear
    employmentFrom
    employmentTo
    source { ...Cited }
  }
  education {
    typicalEntry
    relatedExperience
    onTheJobTraining
    mostCommonDegree
    degrees { name percent }
    requiredDegrees { name percent }
    degreesPublishedFor { name source { ...Cited } }
    missing { ...Reason }
    source { ...Cited }
    requiredDegreesSource { ...Cited }
  }
  demographics {
    averageAge
    medianAge
    lgbtPercent
    gender { name percent }
    race { name percent }
    publishedFor { name source { ...Cited } }
    missing { ...Reason }
    source { ...Cited }
  }
  weeklyEarnings {
    everyone
    men
    women
    publishedFor { name source { ...Cited } }
    missing { ...Reason }
    source { ...Cited }
  }
  timeToBecome { minimumMonths maximumMonths source { ...Cited } }
  jobZone
  jobZoneSource { ...Cited }
  yearsOfExperience
  yearsOfExperienceSource { ...Cited }
  jobSatisfaction
  jobSatisfactionSource { ...Cited }
  listed: skills(kind: LISTED, first: 50) { ...Weights }
  rated: skills(kind: SKILL, first: 50) { ...Weights }
  known: skills(kind: KNOWLEDGE, first: 50) { ...Weights }
  interests { name score source { ...Cited } }
  interestsMissing
  states: salaries(kind: STATE, first: 60) {
    nodes { area { name } annual { median } employment missing { ...Reason } source { ...Cited } }
  }
}

fragment Figures on Wages { mean p10 p25 median p75 p90 }

fragment Weights on OccupationSkillConnection {
  nodes { skill { name kind } percent importance level source { ...Cited } }
}

fragment Reason on MissingFigure { figure reason atLeast }

fragment Cited on Source { name release url }
"""

OCCUPATION = f"""
query OccupationDownload($by: OccupationKey!, $area: String!) {{ occupation(by: $by) {{ ...Described }} }}
{_DESCRIBED}"""

SEVERAL = f"""
query SeveralDownload(
  $left: OccupationKey!, $right: OccupationKey!, $third: OccupationKey!, $fourth: OccupationKey!
  $area: String!, $four: Boolean!
) {{
  left: occupation(by: $left) {{ ...Described }}
  right: occupation(by: $right) {{ ...Described }}
  third: occupation(by: $third) {{ ...Described }}
  fourth: occupation(by: $fourth) @include(if: $four) {{ ...Described }}
}}
{_DESCRIBED}"""

_SOURCE = ("source", "release", "url")
COMPARISON_COLUMNS = (
    *("section", "measure", "left", "right", "difference", "percent", "verdict", "missing", "unit"),
    *_SOURCE,
)
OCCUPATION_COLUMNS = ("section", "measure", "value", "missing", "unit", *_SOURCE)
SEVERAL_COLUMNS = ("occupation", *OCCUPATION_COLUMNS)

_SKILLS = {"SKILL": "Skills", "KNOWLEDGE": "Knowledge", "LISTED": "Listed skills"}
"""The sections of skills by kind: mathematics is a skill and a knowledge area."""

_COUNTED = "WAGE_AND_SALARY_JOBS"
_YEARLY, _HOURLY, _WEEKLY = "DOLLARS_PER_YEAR", "DOLLARS_PER_HOUR", "DOLLARS_PER_WEEK"
_PERCENT, _YEARS, _MONTHS, _WEIGHT, _SCORE = "PERCENT", "YEARS", "MONTHS", "WEIGHT_OF_100", "SCORE_OF_7"


def comparison_rows(found: Json) -> Iterator[Row]:
    """Return the rows of a comparison, from the data of ``COMPARISON``."""
    left, right, area = found["left"], found["right"], found["area"]
    for measure in ("title", "code"):
        yield {"section": "Occupations", "measure": measure, "left": left[measure], "right": right[measure]}
    yield {"section": "Occupations", "measure": "area", "left": area["name"], "right": area["name"]}
    yield from _compared_pay(found["salary"])
    for section, name in (("Jobs", "jobs"), ("Growth", "growth"), ("Preparation", "yearsOfExperience")):
        yield from _difference(section, found[name])
    yield from _difference("Preparation", found["timeToBecome"])
    if zone := found["jobZone"]:
        yield _row("Preparation", "jobZone", zone["sources"], left=zone["left"], right=zone["right"])
    yield from _compared_education(found)
    yield from _compared_demographics(found)
    yield from _compared_skills(found["skills"])
    yield from _compared_interests(found["interests"])
    for place in found["places"]["areas"]["nodes"]:
        yield from _difference("Pay by state, annual.median", place["median"], place["area"]["name"])


def _compared_pay(salary: Json | None) -> Iterator[Row]:
    if salary:
        for name in ("annualMean", "annualMedian", "hourlyMean"):
            yield from _difference("Pay", salary[name])
        for each in salary["percentiles"]:
            yield from _difference("Pay by percentile", each["difference"])


def _compared_education(found: Json) -> Iterator[Row]:
    if education := found["education"]:
        degree, sources = education["mostCommonDegree"], education["sources"]
        yield _row("Education", "mostCommonDegree", sources, left=degree["left"], right=degree["right"])
        yield from _shares("Education", "degrees", education["degrees"], education)
        yield from _wider_groups(found, "Education", "education", "degreesPublishedFor")


def _compared_demographics(found: Json) -> Iterator[Row]:
    if demographics := found["demographics"]:
        yield from _difference("Age", demographics["age"])
        for section in ("gender", "race"):
            yield from _shares(section.capitalize(), section, demographics[section]["shares"], demographics[section])
        yield from _difference("LGBT", demographics["lgbt"])
        yield from _wider_groups(found, "Demographics", "demographics", "publishedFor")


def _compared_skills(skills: Json) -> Iterator[Row]:
    for section in ("shared", "onlyLeft", "onlyRight"):
        for each in skills[section]:
            yield _row(
                f"{_SKILLS[each['skill']['kind']]}, {section}",
                each["skill"]["name"],
                skills["sources"],
                left=each["left"],
                right=each["right"],
                difference=each["points"],
                unit=_PERCENT if each["skill"]["kind"] == "LISTED" else _WEIGHT,
            )


def _compared_interests(interests: Json | None) -> Iterator[Row]:
    if interests:
        scores = {side: {each["name"]: each["score"] for each in interests[side]} for side in ("left", "right")}
        missing = _reasons(interests["missing"])
        for name in {**scores["left"], **scores["right"]}:
            left, right = scores["left"].get(name), scores["right"].get(name)
            yield _row("Interests", name, interests["sources"], left=left, right=right, missing=missing, unit=_SCORE)


def _wider_groups(found: Json, section: str, name: str, measure: str) -> Iterator[Row]:
    """Return the row of the wider groups that figures of either side are published for, if there are any."""
    groups = {side: found[side][name] and found[side][name][measure] for side in ("left", "right")}
    if any(groups.values()):
        sources = {group["source"]["name"]: group["source"] for group in groups.values() if group}
        names = {side: group and group["name"] for side, group in groups.items()}
        yield _row(section, measure, [*sources.values()], **names)


def occupation_rows(found: Json) -> Iterator[Row]:
    """Return the rows of an occupation, from the data of ``OCCUPATION``."""
    for measure in ("title", "code"):
        yield {"section": "Occupation", "measure": measure, "value": found[measure]}
    yield from _pay(found["salary"])
    yield from _jobs(found)
    yield from _education(found["education"])
    yield from _demographics(found["demographics"])
    yield from _values("Weekly earnings", found["weeklyEarnings"], dict.fromkeys(("everyone", "men", "women"), _WEEKLY))
    yield from _group("Weekly earnings", found["weeklyEarnings"], "publishedFor")
    yield from _preparation(found)
    yield from _skills(found)
    for each in found["interests"]:
        yield _value("Interests", each["name"], each["score"], _SCORE, each)
    if reason := found["interestsMissing"]:
        yield {"section": "Interests", "measure": "interests", "missing": reason}
    for each in found["states"]["nodes"]:
        place, median = each["area"]["name"], each["annual"] and each["annual"]["median"]
        yield _value("Pay by state, annual.median", place, median, _YEARLY, each, "annual.median")
        yield _value("Jobs by state", place, each["employment"], _COUNTED, each, "employment")


def several_rows(found: Json) -> Iterator[Row]:
    """Return the rows of each of several occupations with its title, from the data of ``SEVERAL``."""
    for occupation in found.values():
        for row in occupation_rows(occupation):
            yield {"occupation": occupation["title"], **row}


def _pay(salary: Json | None) -> Iterator[Row]:
    if salary is None:
        return
    yield {"section": "Occupation", "measure": "area", "value": salary["area"]["name"]}
    for period, unit in (("annual", _YEARLY), ("hourly", _HOURLY)):
        for name in ("mean", "p10", "p25", "median", "p75", "p90"):
            yield _value("Pay", f"{period}.{name}", salary[period] and salary[period][name], unit, salary)
    yield from _at_national_prices(salary)
    units = {
        "employment": _COUNTED,
        "wageStandardErrorPercent": _PERCENT,
        "employmentStandardErrorPercent": _PERCENT,
        "jobsPerThousand": "",
        "locationQuotient": "",
    }
    yield from _values("Pay", salary, units)


def _at_national_prices(salary: Json) -> Iterator[Row]:
    area, adjusted = salary["area"], salary["atNationalPrices"]
    sources = [source for source in (salary["source"], area["priceParitySource"]) if source]
    yield _value("Pay", "priceParity", area["priceParity"], _PERCENT, {**area, "source": area["priceParitySource"]})
    for name in ("mean", "median"):
        yield _row("Pay", f"atNationalPrices.{name}", sources, value=adjusted and adjusted[name], unit=_YEARLY)


def _jobs(found: Json) -> Iterator[Row]:
    if jobs := found["jobs"]:
        yield _value("Jobs", "count", jobs["count"], jobs["basis"], jobs)
    if outlook := found["outlook"]:
        period = f", {outlook['fromYear']} to {outlook['toYear']}" if outlook["fromYear"] else ""
        counted = dict.fromkeys(("openingsPerYear", "employmentFrom", "employmentTo"), "JOBS")
        yield from _values(f"Outlook{period}", outlook, {"growthPercent": _PERCENT, **counted})


def _education(education: Json | None) -> Iterator[Row]:
    if education:
        labels = ("typicalEntry", "relatedExperience", "onTheJobTraining", "mostCommonDegree")
        yield from _values("Education", education, dict.fromkeys(labels, ""))
        yield from _distribution("Education", "degrees", education)
        yield from _group("Education", education, "degreesPublishedFor")
        required = {**education, "source": education["requiredDegreesSource"]}
        yield from _distribution("Education", "requiredDegrees", required)


def _demographics(demographics: Json | None) -> Iterator[Row]:
    if demographics:
        units = {"averageAge": _YEARS, "medianAge": _YEARS, "lgbtPercent": _PERCENT}
        yield from _values("Demographics", demographics, units)
        for name in ("gender", "race"):
            yield from _distribution("Demographics", name, demographics)
        yield from _group("Demographics", demographics, "publishedFor")


def _preparation(found: Json) -> Iterator[Row]:
    yield from _values("Preparation", found["timeToBecome"], {"minimumMonths": _MONTHS, "maximumMonths": _MONTHS})
    for name, unit in (("jobZone", ""), ("yearsOfExperience", _YEARS), ("jobSatisfaction", "")):
        if found[name] is not None:
            yield _value("Preparation", name, found[name], unit, {"source": found[f"{name}Source"]})


def _skills(found: Json) -> Iterator[Row]:
    for kind in ("listed", "rated", "known"):
        for each in found[kind]["nodes"]:
            for name, unit in (("percent", _PERCENT), ("importance", _WEIGHT), ("level", _WEIGHT)):
                if each[name] is not None:
                    section = f"{_SKILLS[each['skill']['kind']]}, {name}"
                    yield _value(section, each["skill"]["name"], each[name], unit, each)


def _values(section: str, found: Json | None, units: Mapping[str, str]) -> Iterator[Row]:
    """Return the rows of the figures of an object, if there is one, by their names and with their units."""
    if found:
        for name, unit in units.items():
            yield _value(section, name, found[name], unit, found)


def _group(section: str, found: Json | None, name: str) -> Iterator[Row]:
    """Return the row of the wider group that figures are published for, if they are not the occupation's own."""
    if found and found[name]:
        yield _row(section, name, [found[name]["source"]], value=found[name]["name"])


def _row(section: str, measure: str, sources: Sequence[Json], **values: object) -> Row:
    """Return a row. What several sources say is separated by semicolons."""
    cited = {
        column: "; ".join(source[name] for source in sources if source[name])
        for column, name in zip(_SOURCE, ("name", "release", "url"), strict=True)
    }
    return {"section": section, "measure": measure, **values, **cited}


def _difference(section: str, found: Json | None, measure: str = "") -> Iterator[Row]:
    """Return the row of a Difference, if there is one."""
    if found is None:
        return
    left, right = found["leftMeasure"], found["rightMeasure"]
    yield _row(
        section,
        measure or (left if left == right else f"{left} / {right}"),
        found["explanation"]["sources"],
        left=found["left"],
        right=found["right"],
        difference=found["absolute"],
        percent=found["percent"],
        verdict=found["verdict"],
        missing=_reasons(found["missing"]),
        unit=found["unit"],
    )


def _shares(section: str, name: str, shares: Sequence[Json], found: Json) -> Iterator[Row]:
    """Return the rows of a distribution of both sides, and one for each figure that is missing besides."""
    reasons: dict[str, list[Json]] = {}
    for each in found["missing"]:
        _, _, figure = each["figure"].partition(" ")
        reasons.setdefault(figure, []).append(each)
    whole = reasons.pop(name, [])
    for share in shares:
        missing = [*whole, *reasons.pop(f"{name}.{share['name']}", [])]
        yield _row(
            section,
            share["name"],
            found["sources"],
            left=share["left"],
            right=share["right"],
            difference=share["points"],
            verdict=share["verdict"],
            missing=_reasons(missing),
            unit=_PERCENT,
        )
    for figure, missing in reasons.items():
        yield _row(section, figure, (), missing=_reasons(missing))


def _distribution(section: str, name: str, found: Json) -> Iterator[Row]:
    """Return the rows of a distribution of an occupation, those of categories that are missing among them."""
    for share in found[name]:
        yield _value(section, f"{name}.{share['name']}", share["percent"], _PERCENT, found)
    for each in found["missing"]:
        if each["figure"] == name or each["figure"].startswith(f"{name}."):
            yield _value(section, each["figure"], None, _PERCENT, found)


def _value(section: str, measure: str, value: object, unit: str, found: Json, figure: str = "") -> Row:
    """Return the row of a figure, with the reason why it is missing by its name among those of its object."""
    missing = [each for each in found.get("missing", ()) if each["figure"] == (figure or measure)]
    sources = [found["source"]] if found["source"] else []
    return _row(section, measure, sources, value=value, missing=_reasons(missing, named=False), unit=unit)


def _reasons(missing: Sequence[Json], *, named: bool = True) -> str:
    """Return the reasons for missing figures, with the lower bounds of those that are top-coded."""
    return "; ".join(
        (f"{each['figure']}: " if named else "")
        + each["reason"]
        + (f", at least {each['atLeast']:,.15g}" if each["atLeast"] is not None else "")
        for each in missing
    )
