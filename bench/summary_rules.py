"""Rules that the summary and the caveats of a comparison must keep, checked against the figures of the same answer.

The rules read the sentences as a client does, and compute from the figures of the answer what they must say. They share
no code with ``resolvers/``. Each rule yields faults: a name for the kind of fault, and the sentence.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

Json = Mapping[str, Any]

OCCUPATION = """
    title kind caveats
    jobs { count basis source { name release } }
    outlook { growthPercent fromYear toYear openingsPerYear employmentFrom source { name release } }
    education {
        mostCommonDegree degrees { name percent } degreesPublishedFor { name occupations { slug } }
        typicalEntry relatedExperience onTheJobTraining
        mostCommonRequiredDegree requiredDegrees { name percent } requiredDegreesSum
        missing { figure } source { name release }
    }
    demographics {
        averageAge medianAge gender { percent } race { percent } raceIsExclusive
        publishedFor { name occupations { slug } }
        sources { name release }
    }
    weeklyEarnings { everyone publishedFor { name occupations { slug } } }
    timeToBecome { minimumMonths maximumMonths } jobZone yearsOfExperience
    jobZoneSource { name release } yearsOfExperienceSource { name release }
    listed: skills(kind: LISTED, first: 100) { nodes { percent importance skill { name } source { name release } } }
    rated: skills(kind: SKILL, first: 100) { nodes { percent importance skill { name } source { name release } } }
    known: skills(kind: KNOWLEDGE, first: 100) { nodes { importance skill { name } source { name release } } }
    related(first: 100) { nodes { part } }
    national: salary { employmentStandardErrorPercent }
    wageHistory {
        year annual { mean } hourly { mean } wageStandardErrorPercent priceIndex missing { figure atLeast }
    }
"""
"""What the rules read of each occupation."""

_DIFFERENCE = "left right absolute higher unit verdict missing { figure atLeast }"
COMPARISON = f"""
    summary caveats area {{ name code priceParity priceParitySource {{ release }} }}
    salary {{
        annualMean {{ {_DIFFERENCE} }} hourlyMean {{ {_DIFFERENCE} }}
        percentiles {{ percentile difference {{ {_DIFFERENCE} }} }}
        crossovers {{ lowerPercentile upperPercentile higherBelow higherAbove }}
    }}
    jobs {{ {_DIFFERENCE} }}
    growth {{ {_DIFFERENCE} }}
    openings {{ {_DIFFERENCE} }}
    entry {{ education {{ needsMore }} experience {{ needsMore }} training {{ needsMore }} missing {{ figure }} }}
    jobZone {{ left right needsMore }}
    education {{ degrees {{ left right points }} mostCommonDegree {{ left right same }} }}
    demographics {{
        age {{ left right absolute leftMeasure rightMeasure }}
        gender {{ shares {{ left right points }} }} race {{ shares {{ left right points }} }}
    }}
    skills {{
        kinds shared {{ skill {{ name }} }} onlyLeft {{ skill {{ name kind }} }} onlyRight {{ skill {{ name kind }} }}
    }}
    interests {{ correlation left {{ name highPoint }} right {{ name highPoint }} }}
    responsibilities {{
        shared {{ activity left {{ text }} right {{ text }} }} onlyLeft {{ activity left {{ text }} }}
        onlyRight {{ activity right {{ text }} }}
    }}
    places {{ unit compared leftHigher rightHigher equal reversal nationalMedian {{ left right higher }} }}
"""
"""What the rules read of each comparison."""

SALARY = """
    source { name release } caveats annual { mean median p75 p90 } hourly { mean median p75 p90 }
    wageStandardErrorPercent missing { figure reason atLeast }
"""
"""What the rules read of each occupation's wages in the comparison's area."""


class Fault(NamedTuple):
    """A kind of contradiction, and the sentence or figure that shows it."""

    kind: str
    text: str


class Side(NamedTuple):
    """An occupation's answer, and its wages in the comparison's area."""

    slug: str
    facts: Json
    salary: Json | None


class Pair(NamedTuple):
    """Both sides of a comparison and its answer."""

    left: Side
    right: Side
    answer: Json

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides."""
        return self.left, self.right

    @property
    def titles(self) -> tuple[str, str]:
        """Both titles."""
        return self.left.facts["title"], self.right.facts["title"]


def faults_of(pair: Pair) -> Iterator[Fault]:
    """Yield the faults of a comparison's sentences."""
    summary, caveats = pair.answer["summary"], pair.answer["caveats"]
    yield from _spelling(pair, [*summary, *caveats])
    if pair.left.slug == pair.right.slug:
        if summary != [f"Both sides are {pair.titles[0]}, so there is nothing to compare."]:
            yield Fault("same occupation", str(summary))
        return
    yield from _sentences(pair)
    yield from _caveats(pair)
    yield from _wider_groups(pair)


_ARTICLES = re.compile(r"\b(?:a [aeio]|a un[^i]|an [^aeiouAEIOUFHLMNRSX8])", re.ASCII)
_MALFORMED = re.compile(r"\bNone\b|\b[nN]a[nN]\b|\bnull\b|  |\.\.|,,| [,.;:]|[{}]|\$-|\(\)|: \.|; \.|\b(\w+) \1\b")


def _spelling(pair: Pair, sentences: Sequence[str]) -> Iterator[Fault]:
    for sentence, times in Counter(sentences).items():
        plain = sentence
        for title in pair.titles:
            plain = plain.replace(title, "_")
        if times > 1:
            yield Fault("said twice", sentence)
        if not sentence.endswith(".") or not (sentence[0].isupper() or sentence[0].isdigit()):
            yield Fault("no sentence", sentence)
        if _MALFORMED.search(plain):
            yield Fault("malformed", sentence)
        if _ARTICLES.search(plain):
            yield Fault("article", sentence)
        for title, other in (pair.titles, pair.titles[::-1]):
            # A title can be the end of the other one.
            text = sentence.replace(other, "_") if title in other else sentence
            if any(map(_is_wrong_after(title).match, text.split(title)[1:])):
                yield Fault("comma after a title", sentence)


_UNCLOSED = re.compile(" [a-z]")
_CLOSED = re.compile(", (?:earn|need|outnumber|than|by the|in [0-9]|at the|from|are|come)")


def _is_wrong_after(title: str) -> re.Pattern[str]:
    return _UNCLOSED if _is_inverted(title) else _CLOSED


_QUALIFIED_BY_A_SERIES = (
    "Camera Operators,",
    "Electrical and Electronics Repairers,",
    "Farmworkers",
    "Hosts and Hostesses,",
    "Insulation Workers,",
    "Pressers,",
)


def _is_inverted(title: str) -> bool:
    """Tell whether a title ends in a qualifier after a comma: "Teachers, Postsecondary"."""
    ends_in_series = re.search(r", (?:and|or) [^,]+$", title) and not re.search(r", (?:Except|Including) ", title)
    return "," in title and (not ends_in_series or title.startswith(_QUALIFIED_BY_A_SERIES))


# Sentences. In patterns, {A} and {B} stand for the title of a side, {V} for a value.

_MEDIAN = 50
_FEW_POINTS = 0.1
_LARGE_PERCENT = 1_000
_YEAR = 12
_GROWTH = "the projected change in employment"
_OPENINGS = "projected openings"
_NAMED_SKILLS = 2
_FOREMOST_SKILLS = 3
_ROUNDING = 0.05

_LARGE_ERROR = 5
_TESTED = 1.645
_HALF_A_TENTH = 0.05

_VALUE = r"under 50|(?:at least )?(?:\$[\d,]+(?:\.\d\d)?|-?[\d.,]*\d%?(?: percentage points?)?)"
_RATIO = r"about (?P<times>[\d,]+) times as (?:high|many)"


def _pattern(text: str) -> re.Pattern[str]:
    for name in "ABCD":
        text = text.replace(f"{{{name}}}", f"<(?P<{name}>[LR])>")
    for name in "VWG":
        text = text.replace(f"{{{name}}}", f"(?P<{name}>{_VALUE})")
    return re.compile(text.replace("{R}", f"(?:a difference of (?P<G>{_VALUE})|{_RATIO})") + r"\.")


_OF_MEASURES = {
    "not significant": [
        _pattern(r"There is no clear difference in the (?P<name>.+?): {V} for {A} and {W} for {B} \({R}\)"),
    ],
    "significant": [
        _pattern("{A} earns? more than {B} by the (?P<name>.+?): {V} compared with {W}, {R}"),
        _pattern("By the (?P<name>.+?), {A} outnumbers? {B}: {V} compared with {W}, {R}"),
    ],
    "untested": [
        _pattern("The (?:published )?(?P<name>.+?) is higher for {A} than for {B}: {V} compared with {W}, {R}"),
    ],
    "both fall": [
        _pattern("Employment is projected to fall less for {A} than for {B} (?P<name>.+?): {V} compared with {W}, {R}"),
    ],
    "equal": [_pattern("The (?P<name>.+?) is {V} for both")],
    "about the same": [_pattern("The (?P<name>.+?) is about the same: {V} for {A} and {W} for {B}")],
    "not comparable": [
        _pattern(r"(?P<name>.+) can't be compared: ({V}|none published) for {A}; ({W}|none published) for {B}"),
    ],
    "none": [_pattern("Neither occupation has published (?P<name>.+)")],
}


class _Measure(NamedTuple):
    """A measure in words, its difference in the answer, and the relative standard errors of both sides."""

    name: str
    plural: str
    in_tests: str
    difference: Json
    written: Callable[[float], str]
    gap: Callable[[float], str]
    errors: tuple[float | None, float | None] = (None, None)
    opening: str = ""
    has_multiples: bool = False


def _sentences(pair: Pair) -> Iterator[Fault]:
    """Check that the summary consists of the sentences that the figures call for, each of them once and right."""
    rest = list(pair.answer["summary"])
    measures = list(_measures(pair))
    for measure in measures:
        yield from _on_measure(pair, measure, rest)
    yield from _other_sentences(pair, rest)
    expected = list(_results(pair, measures))
    if [sentence for sentence in pair.answer["summary"] if sentence in expected] != expected:
        yield Fault("results of tests: not those of the figures", f"{expected} in {rest}")
    for sentence in rest:
        if sentence not in expected:
            yield Fault("unknown sentence", sentence)


def _on_measure(pair: Pair, measure: _Measure, rest: list[str]) -> Iterator[Fault]:
    """Check the one sentence on a measure, and remove it from the rest."""
    found = [sentence for sentence in rest if _match(pair, measure, sentence) is not None]
    if len(found) != 1:
        yield Fault(f"{len(found)} sentences on {measure.in_tests}", " | ".join(found) or measure.name)
        return
    rest.remove(found[0])
    for fault in _measure_faults(pair, measure, found[0]):
        yield Fault(fault, found[0])


def _other_sentences(pair: Pair, rest: list[str]) -> Iterator[Fault]:
    """Check the sentences that are on no measure, and remove them from the rest."""
    for name, (start, is_wanted, check) in _OTHERS.items():
        found, wanted = [sentence for sentence in rest if re.match(start, sentence)], is_wanted(pair)
        if len(found) != wanted:
            yield Fault(f"{len(found)} sentences on {name}, {int(wanted)} expected", " | ".join(found))
        for sentence in found:
            rest.remove(sentence)
            if wanted and (said := check(pair, sentence)):
                yield Fault(f"{name}: {said}", sentence)


def _result(measure: _Measure) -> str | None:
    """Return the result of the test of a measure, by the figures and their errors; None if nothing differs."""
    difference, gap = measure.difference, measure.difference["absolute"]
    if difference["higher"] not in ("LEFT", "RIGHT") or _is_about_the_same(measure):
        return None
    if difference["verdict"] == "NOT_TESTABLE":
        return "untested"
    return _tested(gap, [difference[side] or 0 for side in ("left", "right")], measure.errors)


def _tested(gap: float, figures: Sequence[float], relative: Sequence[float | None]) -> str:
    """Return the result of the test of a gap between two figures, by their relative standard errors in percent."""
    values = [figure / 100 for figure in figures]
    errors = [error or 0 for error in relative]
    low = [max(error - _HALF_A_TENTH, 0) for error in errors]
    mid = [error or _HALF_A_TENTH for error in errors]
    high = [error + _HALF_A_TENTH for error in errors]
    with_low, with_mid, with_high = (
        abs(gap) > _TESTED * math.hypot(*(value * error for value, error in zip(values, each, strict=True)))
        for each in (low, mid, high)
    )
    if with_low and not with_high:
        return "unsure"
    return "significant" if with_mid else "not significant"


def _results(pair: Pair, measures: Sequence[_Measure]) -> Iterator[str]:
    """Yield the sentences on the results of all tests."""
    named: dict[str | None, list[str]] = {}
    for measure in measures:
        named.setdefault(_result(measure), []).append(measure.in_tests)
        if measure.in_tests == "the median wage" or (measure.in_tests == "the mean wage" and not _has_median(pair)):
            named.setdefault("untested", []).extend(_untested_wages(pair))
    if not any(measure.in_tests.endswith(" wage") for measure in measures):
        named["untested"] = [*_untested_wages(pair), *named.get("untested", ())]
    named = {kind: names for kind, names in named.items() if names}
    texts = {kind: f"difference{'s' * (len(names) > 1)} in {_listed(names)}" for kind, names in named.items()}
    verbs = {kind: "are" if len(names) > 1 else "is" for kind, names in named.items()}
    at_level = "statistically significant at the 90% level"
    if "significant" in named:
        also = f"; the {texts['not significant']} {verbs['not significant']} not" if "not significant" in named else ""
        yield f"The {texts['significant']} {verbs['significant']} {at_level}{also}."
    elif "not significant" in named:
        yield f"The {texts['not significant']} {verbs['not significant']} not {at_level}."
    if "unsure" in named:
        those = f"the {texts['unsure']} {verbs['unsure']} {at_level}"
        yield f"Whether {those} depends on the rounding of the published standard errors."
    if "untested" in named:
        those = texts["untested"].capitalize() if len(named["untested"]) > 1 else f"The {texts['untested']}"
        yield f"{those} can't be tested for statistical significance with the published figures."


def _has_median(pair: Pair) -> bool:
    return any(measure.in_tests == "the median wage" for measure in _measures(pair))


def _untested_wages(pair: Pair) -> list[str]:
    compared = pair.answer["places"]["compared"]
    medians = "the medians of metropolitan areas" if compared > 1 else "the median of the metropolitan area"
    return [*(["the percentiles"] if _has_crossovers(pair) else []), *([medians] if _has_places(pair) else [])]


def _tokens(pair: Pair, sentence: str) -> str:
    """Replace the titles by <L> and <R>, the longer one first: it can contain the other. Drop the commas after them."""
    for title, token in sorted(zip(pair.titles, ("<L>", "<R>"), strict=True), key=lambda entry: -len(entry[0])):
        sentence = sentence.replace(title, token)
    return re.sub("(<[LR]>), (?=[a-z])", r"\1 ", sentence)


_PERIODS = {"DOLLARS_PER_YEAR": "annual", "DOLLARS_PER_HOUR": "hourly"}


def _measures(pair: Pair) -> Iterator[_Measure]:
    if _form_of_wages(pair) == "separate":
        yield from _wages(pair)
    if pair.answer["jobs"] is not None:
        yield _jobs(pair, pair.answer["jobs"])
    if pair.answer["growth"] is not None:
        yield _growth(pair, pair.answer["growth"])
    if None not in _openings_of(pair):
        yield _openings(pair, pair.answer["openings"])


def _wages(pair: Pair) -> Iterator[_Measure]:
    mean, median = _mean_and_median(pair)
    period, where = _PERIODS[median["unit"]], _where(pair)
    written = _cents if period == "hourly" else _dollars
    salaries = [side.salary for side in pair.sides]
    errors = [None if salary is None else salary["wageStandardErrorPercent"] for salary in salaries]
    for statistic, difference in (("mean", mean), ("median", median)):
        is_published = any(_value(difference, side) for side in ("left", "right"))
        if statistic == "median" and not is_published:
            continue
        name = f"{statistic} {period} wage"
        yield _Measure(
            name,
            f"{name}s" if is_published else f"{name}s in {where}",
            f"the {statistic} wage",
            difference,
            written,
            written,
            (errors[0], errors[1]) if statistic == "mean" else (None, None),
            f"{_whose(pair) if statistic == 'mean' else f'In {where}'}, ",
            has_multiples=True,
        )


def _mean_and_median(pair: Pair) -> tuple[Json, Json]:
    salary: Json = pair.answer["salary"]
    median = next(row["difference"] for row in salary["percentiles"] if row["percentile"] == _MEDIAN)
    return salary["hourlyMean" if median["unit"] == "DOLLARS_PER_HOUR" else "annualMean"], median


def _whose(pair: Pair) -> str:
    """Say whose wages are compared, and the release that they are of."""
    if any(side.facts["kind"] != "DETAILED" for side in pair.sides):
        return f"In {_where(pair)}"
    release = _only_release([side.salary and side.salary["source"] for side in pair.sides])
    return f"Among wage-and-salary workers in {_where(pair)} (OEWS{f', {release}' if release else ''})"


def _only_release(sources: Sequence[Json | None]) -> str | None:
    releases = {source["release"] for source in sources if source is not None}
    return releases.pop() if len(releases) == 1 else None


def _published_wages(side: Side, period: str) -> list[str | None]:
    """Return the mean and the median of a pay period in words; None for those that are not published."""
    salary: Json = side.salary or {"annual": None, "hourly": None, "missing": ()}
    wages: Json = salary[period] or {}
    written = _cents if period == "hourly" else _dollars
    floors = {row["figure"]: row["atLeast"] for row in salary["missing"]}
    found = list[str | None]()
    for statistic in ("mean", "median"):
        value, floor = wages.get(statistic), floors.get(f"{period}.{statistic}")
        text = None if floor is None else f"at least {written(floor)}"
        found.append(text if value is None else written(value))
    return found


def _periods(side: Side) -> list[str]:
    return [period for period in _PERIODS.values() if any(_published_wages(side, period))]


def _form_of_wages(pair: Pair) -> str:
    """Return how the summary must give the mean and the median."""
    if sorted(map(_periods, pair.sides)) == [["annual"], ["hourly"]]:
        return "other periods"
    if pair.answer["salary"] is None:
        return "none"
    found = [
        [_value(row, side) is not None for side in ("left", "right")] + [row["higher"] is None]
        for row in _mean_and_median(pair)
    ]
    if not any(any(published) for *published, _ in found):
        return "none"
    both_unknown = all(any(published) and unknown for *published, unknown in found)
    return "neither comparable" if both_unknown else "separate"


def _other_periods(pair: Pair, sentence: str) -> str | None:
    sides = list[str]()
    for side, token in zip(pair.sides, "LR", strict=True):
        [period] = _periods(side)
        named = zip(("mean", "median"), _published_wages(side, period), strict=True)
        values = ", ".join(f"{name} {value}" for name, value in named if value is not None)
        sides.append(f"only {period} ones are published for <{token}> ({values})")
    expected = f"In {_where(pair)}, wages can't be compared: {'; '.join(sides)}."
    return None if _tokens(pair, sentence) == expected else "other figures"


def _neither_comparable(pair: Pair, sentence: str) -> str | None:
    period, sides = _PERIODS[_mean_and_median(pair)[1]["unit"]], list[str]()
    for side, token in zip(pair.sides, "LR", strict=True):
        values = _published_wages(side, period)
        text = " and ".join(value or "none published" for value in values) if any(values) else "none published"
        text = f"{values[0]} each" if values[0] is not None and values[0] == values[1] else text
        sides.append(f"{text} for <{token}>")
    expected = f"{_whose(pair)}, mean and median {period} wages can't be compared: {'; '.join(sides)}."
    return None if _tokens(pair, sentence) == expected else "other figures"


def _no_wages(pair: Pair, sentence: str) -> str | None:
    expected = f"Neither occupation has published mean or median annual wages in {_where(pair)}."
    return None if sentence == expected else "other words"


def _jobs(pair: Pair, jobs: Json) -> _Measure:
    if pair.left.facts["jobs"]["basis"] == "OPEN_POSTINGS":
        counted, in_tests = "open job postings", "the number of open job postings"
        errors: list[float | None] = [None, None]
    else:
        release = _only_release([side.facts["jobs"]["source"] for side in pair.sides])
        counted = f"wage-and-salary jobs that OEWS covers nationwide{f' ({release})' if release else ''}"
        in_tests = "the number of jobs"
        errors = [side.facts["national"]["employmentStandardErrorPercent"] for side in pair.sides]
    has_multiples = not any(map(_has_many_others, pair.sides))
    names = (f"number of {counted}", f"numbers of {counted}", in_tests)
    return _Measure(*names, jobs, _whole, _whole, (errors[0], errors[1]), has_multiples=has_multiples)


def _growth(pair: Pair, growth: Json) -> _Measure:
    name, years = "projected change in employment", _years(pair)
    published = 1 if all(side.facts["kind"] == "DETAILED" for side in pair.sides) else 0
    decimals = max(published, *(len(_number(growth[side] or 0).partition(".")[2]) for side in ("left", "right")))

    def rate(value: float) -> str:
        return f"{_number(value) if growth['higher'] is None and not published else f'{value:,.{decimals}f}'}%"

    def points(value: float) -> str:
        written = f"{value:,.{decimals}f}"
        return f"{written} percentage point{'s' if written != '1' else ''}"

    names = (f"{name} {years}", f"projected changes in employment {years}", f"the {name}")
    return _Measure(*names, growth, rate, points)


def _openings_of(pair: Pair) -> list[int | None]:
    return [side.facts["outlook"] and side.facts["outlook"]["openingsPerYear"] for side in pair.sides]


def _openings(pair: Pair, openings: Json) -> _Measure:
    name = f"projected number of job openings a year {_years(pair)} (replacements included)"

    def written(value: float) -> str:
        return _whole(value) if value else "under 50"

    return _Measure(name, f"{name}s", _OPENINGS, openings, written, _whole)


_WITH_ARTICLE = ("United States", "District of Columbia", "Virgin Islands")


def _where(pair: Pair) -> str:
    area: str = pair.answer["area"]["name"]
    return f"the {area}" if area in _WITH_ARTICLE or "nonmetropolitan area" in area else area


def _years(pair: Pair) -> str:
    spans = [
        (title, outlook["fromYear"], outlook["toYear"])
        for title, side in zip(pair.titles, pair.sides, strict=True)
        if (outlook := side.facts["outlook"]) is not None and outlook["growthPercent"] is not None
    ]
    words = [
        (title, "over an unspecified period" if None in (first, last) else f"from {first} to {last}")
        for title, first, last in spans
    ]
    if len({word for _, word in words}) == 1:
        return words[0][1]
    return f"({', '.join(f'{_with_comma(title)} {word}' for title, word in words)})"


def _dollars(value: float) -> str:
    return f"${value:,.0f}"


def _cents(value: float) -> str:
    return f"${value:,.2f}"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _number(value: float) -> str:
    return f"{round(value, 4):,}".removesuffix(".0")


def _at_least(difference: Json, side: str) -> float | None:
    return next(
        (each["atLeast"] for each in difference["missing"] if each["figure"].startswith(f"{side} ")),
        None,
    )


def _value(difference: Json, side: str) -> tuple[float, bool] | None:
    """Return a side's value, or the bound of one that is top-coded, and whether it is such a bound."""
    if difference[side] is not None:
        return difference[side], False
    bound = _at_least(difference, side)
    return None if bound is None else (bound, True)


def _match(pair: Pair, measure: _Measure, sentence: str) -> tuple[str, Mapping[str, str | None]] | None:
    """Return the kind of a sentence on a measure, and what it says; None if it is on something else."""
    tokens = _tokens(pair, sentence)
    if not sentence.startswith((measure.opening, "Neither ")):
        return None
    rest = tokens.removeprefix(measure.opening)
    rest = f"{rest[:1].upper()}{rest[1:]}"
    for kind, patterns in _OF_MEASURES.items():
        matches = [match.groupdict() for one in patterns if (match := one.fullmatch(rest))]
        if matches and _without_titles(matches[0]["name"]) in _names(pair, measure):
            return kind, matches[0]
    return None


def _names(pair: Pair, measure: _Measure) -> set[str]:
    years = [_years(pair)] if measure.in_tests == _GROWTH else []
    return {*map(_without_titles, (measure.name, measure.plural, *years))}


def _without_titles(name: str) -> str:
    # A measure of growth over two periods names both titles.
    return re.sub(r"\(.* from .*\)|\(.*unspecified.*\)", "()", name).casefold()


def _is_about_the_same(measure: _Measure) -> bool:
    gap, few = measure.difference["absolute"], {_GROWTH: _FEW_POINTS, _OPENINGS: 100}.get(measure.in_tests, 0)
    return gap is not None and 0 < abs(gap) <= few


def _measure_faults(pair: Pair, measure: _Measure, sentence: str) -> Iterator[str]:
    """Yield the faults of a sentence on one measure."""
    difference, name = measure.difference, measure.in_tests
    kind, said = _match(pair, measure, sentence) or ("unknown", {})
    if kind != _expected_kind(measure):
        yield f"{name}: '{kind}' where the figures say '{_expected_kind(measure)}'"
        return
    result = _result(measure)
    if result in _VERDICTS and difference["verdict"] != _VERDICTS[result]:
        yield f"{name}: the verdict {difference['verdict']} where the errors say {result}"
    values = {side: _value(difference, side.lower()) for side in ("LEFT", "RIGHT")}
    written = {
        side: "none published" if value is None else ("at least " if value[1] else "") + measure.written(value[0])
        for side, value in values.items()
    }
    if kind == "none":
        return
    if kind in ("not comparable", "equal", "about the same"):
        if kind != "equal" and (said["A"], said["B"]) != ("L", "R"):
            yield f"{name}: order of the sides"
        expected = [written["LEFT"], written["RIGHT"]]
        given = [said["V"] or "none published", said.get("W") or (said["V"] if kind == "equal" else "none published")]
        if given != expected:
            yield f"{name}: {given} for {expected}"
        return
    ahead = "LEFT" if difference["higher"] == "LEFT" else "RIGHT"
    behind = "RIGHT" if ahead == "LEFT" else "LEFT"
    if (said["A"], said["B"]) != (ahead[0], behind[0]):
        yield f"{name}: the wrong side is ahead"
    if (said["V"], said["W"]) != (written[ahead], written[behind]):
        yield f"{name}: {said['V']}, {said['W']} for {written[ahead]}, {written[behind]}"
    yield from _gap_faults(measure, said, values[ahead], values[behind])
    yield from _verb_faults(pair, measure, _tokens(pair, sentence), ahead)


_VERDICTS: Mapping[str | None, str] = {"significant": "SIGNIFICANT", "not significant": "NOT_SIGNIFICANT"}


def _expected_kind(measure: _Measure) -> str:
    difference = measure.difference
    if difference["higher"] is None:
        published = any(_value(difference, side) for side in ("left", "right"))
        return "not comparable" if published else "none"
    if difference["higher"] == "EQUAL":
        return "equal"
    if _is_about_the_same(measure):
        return "about the same"
    if measure.in_tests == _GROWTH and difference["left"] < 0 and difference["right"] < 0:
        return "both fall"
    result = _result(measure)
    return result if result in ("significant", "not significant") else "untested"


def _gap_faults(
    measure: _Measure, said: Mapping[str, str | None], more: tuple[float, bool] | None, less: tuple[float, bool] | None
) -> Iterator[str]:
    if more is None or less is None:
        yield f"{measure.in_tests}: a gap without two figures"
        return
    gap, ratio = more[0] - less[0], more[0] / less[0] if less[0] else 0
    is_multiple = said.get("times") is not None
    may_be_multiple = measure.has_multiples and not more[1] and less[0] > 0
    if is_multiple != (may_be_multiple and 100 * gap / less[0] > _LARGE_PERCENT):
        yield f"{measure.in_tests}: a multiple for a small gap, or none for a large one"
    elif is_multiple:
        digits = 1 if max(error or 0 for error in measure.errors) > _LARGE_ERROR else 2
        times = f"{float(f'{ratio:.{digits}g}'):,.0f}"
        if said["times"] != times:
            yield f"{measure.in_tests}: {said['times']} times for {times}"
    elif said["G"] != ("at least " if more[1] else "") + measure.gap(gap):
        yield f"{measure.in_tests}: a gap of {said['G']} for {measure.gap(gap)}"


def _verb_faults(pair: Pair, measure: _Measure, tokens: str, ahead: str) -> Iterator[str]:
    side = pair.left if ahead == "LEFT" else pair.right
    verb = re.search("<[LR]> (earns?|outnumbers?) ", tokens)
    if verb is not None and verb[1].endswith("s") == (side.facts["kind"] == "DETAILED"):
        yield f"{measure.in_tests}: {verb[1]} after {side.facts['title']}"


def _has_crossovers(pair: Pair) -> bool:
    return bool(pair.answer["salary"] and pair.answer["salary"]["crossovers"])


def _crossovers(pair: Pair, sentence: str) -> str | None:
    rows = pair.answer["salary"]["percentiles"]
    places = {
        side: [f"{row['percentile']}th" for row in rows if row["difference"]["higher"] == side]
        for side in ("LEFT", "RIGHT")
    }
    first_last = sorted(places, key=lambda side: int(places[side][0].removesuffix("th")))
    higher = "; and ".join(f"for <{side[0]}> at the {_listed(places[side])}" for side in first_last)
    period = _PERIODS[rows[0]["difference"]["unit"]]
    expected = (
        f"In {_where(pair)}, the order depends on the percentile of the {period} wage: the published wage is higher "
        f"{higher}."
    )
    return None if _tokens(pair, sentence) == expected else "not those of the figures"


def _has_places(pair: Pair) -> bool:
    return pair.answer["area"]["name"] == "United States" and bool(pair.answer["places"]["compared"])


_AREAS = "metropolitan areas? with a published median (?P<period>annual|hourly) wage for both"
_OF_PLACES = (
    re.compile(
        rf"In (?:all (?P<compared>[\d,]+)|the (?P<few>one|two)) {_AREAS}, the median is higher for <(?P<ahead>[LR])>"
        r"(?:(?P<same> as it is nationally)|; nationally, the median is higher for <(?P<other>[LR])>)?\."
    ),
    re.compile(
        rf"In (?:all (?P<compared>[\d,]+)|the (?P<few>one|two)) {_AREAS}, the median is the same for both\."
        r"(?: Nationally, the median is higher for <(?P<nation>[LR])>\.)?"
    ),
    re.compile(
        rf"Of the (?P<compared>[\d,]+) {_AREAS}, the median is higher for <(?P<ahead>[LR])> in (?P<most>[\d,]+) and "
        rf"for <(?P<behind>[LR])> in (?P<fewest>[\d,]+)(?:, and the same in (?P<equal>[\d,]+))?\."
        r"(?: Nationally, the median is higher for <(?P<nation>[LR])>"
        r"(?: as it is in (?:only (?P<only>[\d,]+)|(?P<none>none)) of these areas)?\.)?"
    ),
)


def _places(pair: Pair, sentence: str) -> str | None:
    places, tokens = pair.answer["places"], _tokens(pair, sentence)
    match = next((found for pattern in _OF_PLACES if (found := pattern.fullmatch(tokens))), None)
    if match is None:
        return "unknown form"
    said, national = match.groupdict(), places["nationalMedian"]
    counts = {"L": places["leftHigher"], "R": places["rightHigher"], None: places["equal"]}
    given = {name: int((said.get(name) or "0").replace(",", "")) for name in ("most", "fewest", "equal", "only")}
    compared = int((said["compared"] or {"one": "1", "two": "2"}[said["few"]]).replace(",", ""))
    nation = {"LEFT": "L", "RIGHT": "R"}.get(national["higher"])
    opposite, same = (counts["R"], counts["L"]) if nation == "L" else (counts["L"], counts["R"])
    is_reversed = None not in (national["left"], national["right"]) and nation is not None and opposite > same
    median = next(row["difference"] for row in pair.answer["salary"]["percentiles"] if row["percentile"] == _MEDIAN)
    if "behind" in said:
        are_right = [given["most"], given["fewest"]] == [counts[said["ahead"]], counts[said["behind"]]]
        are_right = are_right and given["equal"] == places["equal"] and given["most"] >= max(given["fewest"], 1)
    else:
        are_right = counts[said.get("ahead")] == compared
    reverses = (said.get("only") or said.get("none")) is not None
    checks = {
        "other counts": are_right and compared == places["compared"] == sum(counts.values()),
        "another period": (said["period"] == "hourly") == (places["unit"] == "DOLLARS_PER_HOUR"),
        "another order of the nation": (said["ahead"] if said.get("same") else said.get("other") or said.get("nation"))
        == nation
        and national["higher"] == median["higher"],
        "reversal": is_reversed == bool(places["reversal"])
        and (reverses == is_reversed and given["only"] == (same if reverses else 0) if "behind" in said else True),
    }
    return next((fault for fault, is_right in checks.items() if not is_right), None)


def _paid_years(side: Side, period: str) -> list[Json]:
    return [
        row
        for row in side.facts["wageHistory"]
        if row[period] or any(one["figure"].startswith(period) and one["atLeast"] for one in row["missing"])
    ]


def _mean_of(row: Json, period: str) -> Any:  # noqa: ANN401 - a number, or None
    return row[period]["mean"] if row[period] else None


def _change_of_wage(side: Side) -> tuple[str, int, int, float, str, str] | None:
    """Return the period, the years and the change of prices, and in words the change of the wage and the real change.

    None if the mean wage of the first or the last year cannot be compared and tested.
    """
    period = next((period for period in _PERIODS.values() if len(_paid_years(side, period)) > 1), None)
    if period is None:
        return None
    first, last = (_paid_years(side, period)[place] for place in (0, -1))
    after, before = (_mean_of(row, period) for row in (last, first))
    errors = [row["wageStandardErrorPercent"] for row in (last, first)]
    if None in (after, before, *errors, first["priceIndex"], last["priceIndex"]) or not any(errors):
        return None
    inflation = last["priceIndex"] / first["priceIndex"]
    said = list[str]()
    for base, rises, falls, unclear in (
        (before, "rose {}", "fell {}", "did not clearly change"),
        (before * inflation, "a rise of {} after", "a fall of {} after", "no clear change after"),
    ):
        gap = after - base
        words = rises if gap > 0 else falls
        is_clear = _tested(gap, (after, base), errors) == "significant"
        said.append(words.format(f"{abs(100 * gap / base):,.1f}%") if is_clear else unclear)
    return period, first["year"], last["year"], 100 * (inflation - 1), said[0], said[1]


def _has_changes(pair: Pair) -> bool:
    changes = [_change_of_wage(side) for side in pair.sides]
    return None not in changes and len({change and change[:3] for change in changes}) == 1


def _changes(pair: Pair, sentence: str) -> str | None:
    """Check the sentence on the wages' changes."""
    said = list[str]()
    for side, token in zip(pair.sides, ("<L>", "<R>"), strict=True):
        period, first, last, prices, change, real = _change_of_wage(side) or ("", 0, 0, 0, "", "")
        start = f"From May {first} to May {last}, when consumer prices {'rose' if prices > 0 else 'fell'} "
        start += f"{abs(prices):,.1f}%, the national mean {period} wage"
        said.append(f"{'; it' if said else start} {change} for {token} ({real} inflation)")
    return None if _tokens(pair, sentence) == f"{''.join(said)}." else "not those of the figures"


def _all_counts(side: Side) -> tuple[int | None, int | None]:
    jobs, outlook = side.facts["jobs"], side.facts["outlook"]
    counted = jobs["count"] if jobs is not None and jobs["basis"] == "WAGE_AND_SALARY" else None
    return counted, None if outlook is None else outlook["employmentFrom"]


def _has_many_others(side: Side) -> bool:
    jobs, everyone = _all_counts(side)
    return jobs is not None and everyone is not None and everyone > 1.5 * jobs


def _is_ordered_otherwise(pair: Pair) -> bool:
    """Tell whether a firm order of the OEWS counts is the opposite of the projections', beyond their rounding."""
    jobs, (left, right) = pair.answer["jobs"], [_all_counts(side)[1] for side in pair.sides]
    if jobs is None or left is None or right is None or any(_all_counts(side)[0] is None for side in pair.sides):
        return False
    opposite = {"LEFT": right - left, "RIGHT": left - right}.get(jobs["higher"], 0)
    return _result(_jobs(pair, jobs)) == "significant" and opposite > _ROUNDING_OF_PROJECTIONS


_ROUNDING_OF_PROJECTIONS = 100


def _needs_all_jobs(pair: Pair) -> bool:
    return any(map(_has_many_others, pair.sides)) or _is_ordered_otherwise(pair)


def _all_jobs(pair: Pair, sentence: str) -> str | None:
    counted = [
        (f"{side.facts['outlook']['employmentFrom']:,} of <{token}>", str(side.facts["outlook"]["fromYear"]))
        for side, token in zip(pair.sides, "LR", strict=True)
        if _all_counts(side)[1] is not None
    ]
    years = " and ".join(sorted({year for _, year in counted}))
    averages = "averages" if len(counted) > 1 else "an average"
    expected = (
        f"The Employment Projections count all jobs, also those of the self-employed, and give {averages} of {years}: "
        f"{' and '.join(text for text, _ in counted)}."
    )
    return None if _tokens(pair, sentence) == expected else "other counts"


_REQUIREMENTS = ("typicalEntry", "relatedExperience", "onTheJobTraining")
_RELATED = "work experience in a related occupation"
_REQUIRED = {
    "None": ("no on-the-job training", "none"),
    "Short-term on-the-job training": ("short-term on-the-job training", "short-term training"),
    "Moderate-term on-the-job training": ("moderate-term on-the-job training", "moderate-term training"),
    "Long-term on-the-job training": ("long-term on-the-job training", "long-term training"),
    "Internship/residency": ("an internship or residency",) * 2,
    "Apprenticeship": ("an apprenticeship",) * 2,
    "No formal educational credential": ("no formal educational credential",) * 2,
    "Some college, no degree": ("some college, no degree",) * 2,
    "Associate's degree": ("an associate's degree",) * 2,
}
"""What is said of a label on the first and on the second side, unless it is the label with an "a"."""

_ORDER = {
    "typicalEntry": (
        "No formal educational credential",
        "High school diploma or equivalent",
        "Some college, no degree",
        "Postsecondary nondegree award",
        "Associate's degree",
        "Bachelor's degree",
        "Master's degree",
        "Doctoral or professional degree",
    ),
    "relatedExperience": ("None", "Less than 5 years", "5 years or more"),
    "onTheJobTraining": (
        "None",
        "Short-term on-the-job training",
        "Moderate-term on-the-job training",
        "Long-term on-the-job training",
    ),
}


def _required(pair: Pair, name: str) -> list[str | None]:
    return [side.facts["education"] and side.facts["education"][name] for side in pair.sides]


def _has_requirements(pair: Pair) -> bool:
    left, right = zip(*(_required(pair, name) for name in _REQUIREMENTS), strict=True)
    return any(left) and any(right)


def _said_of(name: str, label: str, place: int) -> str:
    if name == "relatedExperience":
        first = f"no {_RELATED}" if label == "None" else f"{label.lower()} of {_RELATED}"
        return (first, label.lower())[place]
    return _REQUIRED[label][place] if label in _REQUIRED else f"a {label[0].lower()}{label[1:]}"


def _entry(pair: Pair, sentence: str) -> str | None:
    parts, missing = list[str](), list[str]()
    for name in _REQUIREMENTS:
        labels = _required(pair, name)
        missing += [f"{side} {name}" for side, label in zip(("left", "right"), labels, strict=True) if label is None]
        said = [(label, token) for label, token in zip(labels, "LR", strict=True) if label is not None]
        if len(said) > 1 and labels[0] == labels[1]:
            words = _said_of(name, said[0][0], 0)
            parts.append(f"{words} for {'either' if words.startswith('no ') else 'both'}")
        elif said:
            parts.append(" and ".join(f"{_said_of(name, label, n)} for <{to}>" for n, (label, to) in enumerate(said)))
    expected = f"Typical requirements by the Employment Projections: {'; '.join(parts)}."
    if _tokens(pair, sentence) != expected:
        return "other requirements"
    if sorted(each["figure"] for each in pair.answer["entry"]["missing"]) != sorted(missing):
        return "other missing requirements"
    said_more = [pair.answer["entry"][part]["needsMore"] for part in ("education", "experience", "training")]
    return None if said_more == [_needs_more(pair, name) for name in _REQUIREMENTS] else "the side that needs more"


def _needs_more(pair: Pair, name: str) -> str | None:
    left, right = _required(pair, name)
    if left is None or right is None:
        return None
    if left == right:
        return "EQUAL"
    order = _ORDER[name]
    if left in order and right in order:
        return "LEFT" if order.index(left) > order.index(right) else "RIGHT"
    one_is_none = "None" in (left, right)
    one_is_short = {left, right} & set(order[:3]) and "Apprenticeship" in (left, right)
    if not (one_is_none or one_is_short):
        return None
    return "LEFT" if right in order else "RIGHT"


def _entry_caveats(pair: Pair) -> Iterator[str]:
    types = _required(pair, "onTheJobTraining")
    if None not in types and _needs_more(pair, "onTheJobTraining") is None:
        reason = (
            "no length is published for internships and residencies"
            if "Internship/residency" in types
            else "apprenticeships and long-term on-the-job training both take more than a year"
        )
        yield f"Which side's on-the-job training takes longer is not known: {reason}."


def _prepares(pair: Pair) -> bool:
    return any(side.facts["timeToBecome"] is not None for side in pair.sides)


def _span(side: Side) -> str | None:
    found = side.facts["timeToBecome"]
    if found is None:
        return None
    low, high = found["minimumMonths"], found["maximumMonths"]
    unit = "month"
    if low >= _YEAR and low % _YEAR == 0 and (high is None or high % _YEAR == 0):
        low, high, unit = low // _YEAR, None if high is None else high // _YEAR, "year"
    if high is None:
        return f"{low} {unit}{'s' if low != 1 else ''} or more"
    several = f"{high} {unit}{'s' if high != 1 else ''}"
    if low == high:
        return several
    return f"{low} to {several}" if low else f"up to {several}"


def _takes(side: Side) -> str:
    title, zone = side.facts["title"], side.facts["jobZone"]
    if side.facts["timeToBecome"] is None:
        return f"{_ONLY_PARTS if _has_only_parts(side) else 'none published'} for {title}"
    preparation = "" if zone is None else f" of Specific Vocational Preparation (O*NET job zone {zone})"
    return f"{_span(side)}{preparation} for {title}"


_ONLY_PARTS = "none (O*NET rates only parts of this occupation)"


def _has_only_parts(side: Side) -> bool:
    """Tell whether O*NET has no ratings of an occupation, and lists related occupations of its parts."""
    rated = side.facts["rated"]["nodes"] or side.facts["known"]["nodes"]
    return not rated and any(row["part"] is not None for row in side.facts["related"]["nodes"])


def _preparation(pair: Pair, sentence: str) -> str | None:
    zones, zone = [side.facts["jobZone"] for side in pair.sides], pair.answer["jobZone"]
    if None in zones:
        takes = "; ".join(_takes(side) for side in pair.sides)
        return None if sentence == f"Time to become one: {takes}." else "other months"
    if (zone["left"], zone["right"]) != tuple(zones):
        return "zones of the comparison"
    tokens, spans = _tokens(pair, sentence), [_span(side) for side in pair.sides]
    if zones[0] == zones[1]:
        same = sentence.startswith(f"Both are in O*NET's job zone {zones[0]}: {spans[0]} of ") and spans[0] == spans[1]
        return None if same and zone["needsMore"] == "EQUAL" else "equal zones"
    more, less = (0, 1) if zones[0] > zones[1] else (1, 0)
    side = pair.sides[more]
    verb = "need" if side.facts["kind"] == "DETAILED" else "needs"
    expected = (
        f"By O*NET's job zones, <{'LR'[more]}> {verb} more preparation than <{'LR'[less]}>: {spans[more]} of Specific "
        f"Vocational Preparation (zone {zones[more]}) compared with {spans[less]} (zone {zones[less]})."
    )
    return None if tokens == expected and zone["needsMore"] == ("LEFT", "RIGHT")[more] else "other zones"


def _skill_names(side: Side) -> list[tuple[str, float]]:
    """Return the names and weights of a side's skills, highest first; rated ones only where they are important."""
    rated = [row for row in side.facts["rated"]["nodes"] if (row["importance"] or 0) >= _IMPORTANT]
    rows = [*side.facts["listed"]["nodes"], *rated]
    weights = [(row["skill"]["name"], row["importance"] if row["percent"] is None else row["percent"]) for row in rows]
    return sorted(((name, -1 if weight is None else weight) for name, weight in weights), key=lambda row: -row[1])


_IMPORTANT = 50


def _has_skills(pair: Pair) -> bool:
    return any(side.facts[kind]["nodes"] for side in pair.sides for kind in ("listed", "rated"))


def _foremost(pair: Pair, sentence: str) -> str | None:
    start, middle = f"Top skills of {pair.titles[0]}: ", f"; of {pair.titles[1]}: "
    if not sentence.startswith(start) or sentence.count(middle) != 1:
        return "unknown form"
    for side, text in zip(pair.sides, sentence.removeprefix(start).removesuffix(".").split(middle), strict=True):
        said = text
        named = _skill_names(side)
        if not named:
            is_rated = bool(side.facts["rated"]["nodes"])
            none = _ONLY_PARTS if _has_only_parts(side) else "none published"
            if said != ("none with an importance of 50 or more of 100" if is_rated else none):
                return "skills of a side without any"
            continue
        last = named[:_FOREMOST_SKILLS][-1][1]
        expected = [name for name, weight in named if weight >= last] if last >= 0 else [name for name, _ in named[:3]]
        for name in sorted(expected, key=len, reverse=True):
            if said.count(name) != 1:
                return f"{name} is not named"
            said = said.replace(name, "")
        if set(re.findall(r"\w+", said)) - {"then", "tied"}:
            return "more skills than the top three"
        if ("(tied)" in said) != (last >= 0 and [weight for _, weight in named].count(last) > 1):
            return "ties"
    return None


def _has_sets(pair: Pair) -> bool:
    found = pair.answer["skills"]
    return bool(found["shared"] or found["onlyLeft"] or found["onlyRight"])


def _overlap(pair: Pair, sentence: str) -> str | None:
    found = pair.answer["skills"]
    shared, left, right = (len(found[name]) for name in ("shared", "onlyLeft", "onlyRight"))
    both = f"{shared or 'none'} {'is' if shared <= 1 else 'are'}"
    if "LISTED" in found["kinds"]:
        expected = f"Of {shared + left + right} skills in the two published lists, {both} in both."
        return None if sentence == expected else "other counts"
    kinds = " and ".join({"SKILL": "skills", "KNOWLEDGE": "knowledge areas"}[kind] for kind in found["kinds"])
    rated = {"SKILL": "rated", "KNOWLEDGE": "known"}
    named = Counter(
        name
        for kind in found["kinds"]
        for name in {row["skill"]["name"] for side in pair.sides for row in side.facts[rated[kind]]["nodes"]}
    )
    important = "important (50 or more of 100) for either"
    expected = f"Of {shared + left + right} {kinds} that are {important}, {both} important for both"
    for name, title in zip(("onlyLeft", "onlyRight"), pair.titles, strict=True):
        names = [
            row["skill"]["name"] + (f" ({row['skill']['kind'].lower()})" if named[row["skill"]["name"]] > 1 else "")
            for row in found[name]
        ]
        more = f", and {len(names) - _NAMED_SKILLS} more" if len(names) > _NAMED_SKILLS else ""
        expected += f"; only for {title}: {', '.join(names[:_NAMED_SKILLS])}{more}" if names else ""
    return None if sentence == f"{expected}." else "other counts or names"


def _has_prices(pair: Pair) -> bool:
    area, mean = pair.answer["area"], pair.answer["salary"] and pair.answer["salary"]["annualMean"]
    has_mean = mean is not None and (mean["left"] is not None or mean["right"] is not None)
    return bool(area["code"] != "US" and area["priceParity"] and has_mean and _form_of_wages(pair) != "other periods")


def _prices(pair: Pair, sentence: str) -> str | None:
    area, mean = pair.answer["area"], pair.answer["salary"]["annualMean"]
    level = area["priceParity"] / 100
    difference = f"{abs(area['priceParity'] - 100):.1f}"
    order = f"{difference}% {'above' if level > 1 else 'below'}" if difference != "0.0" else "as high as"
    worth = [
        (f"{_dollars(mean[side] / level)} for ", title)
        for side, title in zip(("left", "right"), pair.titles, strict=True)
        if mean[side] is not None
    ]
    *first, last = worth
    named = " and ".join([*(f"{wage}{_with_comma(title)}" for wage, title in first), "".join(last)])
    wages = "wages are" if len(worth) > 1 else "wage is"
    expected = (
        f"Prices in {_where(pair)} are {order} the nation's (BEA, {area['priceParitySource']['release'][:4]}); at "
    )
    expected += f"national prices, the published mean annual {wages} {named}."
    return None if sentence == expected else "other figures"


def _has_interests(pair: Pair) -> bool:
    found = pair.answer["interests"]
    return found is not None and found["correlation"] is not None


def _interests(pair: Pair, sentence: str) -> str | None:
    found = pair.answer["interests"]
    named: list[str] = []
    for side, title in zip(("left", "right"), pair.titles, strict=True):
        marked = {row["highPoint"]: row["name"].lower() for row in found[side] if row["highPoint"]}
        *first, last = [marked[place] for place in sorted(marked)]
        named.append(
            f"{_with_comma(title)} {'is foremost ' if not named else ''}"
            + " and ".join([", ".join(first), last][not first :])
        )
    expected = f"By O*NET's interest scores, the work of {named[0]}, that of {named[1]}; the correlation of the two "
    expected += f"profiles of six scores is {found['correlation'] + 0:.2f}."
    return None if sentence == expected else "other types or another correlation"


def _has_duties(pair: Pair) -> bool:
    found = pair.answer["responsibilities"]
    return all(found["shared"] or found[side] for side in ("onlyLeft", "onlyRight"))


def _duties(pair: Pair, sentence: str) -> str | None:
    found = pair.answer["responsibilities"]
    shared = [f"{row['activity'][0].lower()}{row['activity'][1:]}" for row in found["shared"]]
    choices = [shared[0], *(f"{shared[0]}; {other}" for other in shared[1:])] if shared else []
    starts = [f"Work activities of both, in O*NET's categories: {text}." for text in choices]
    start, _, end = sentence.partition(" Listed for one side only: ")
    if start not in (starts or ["The two have no work activity of O*NET's categories in common."]):
        return "other activities"
    for title, only, side in zip(pair.titles, ("onlyLeft", "onlyRight"), ("left", "right"), strict=True):
        in_common = {one["text"] for row in found["shared"] for one in row[side]}
        own = {one["text"] for row in found[only] for one in row[side]} - in_common
        quoted, found_title, rest = end.partition(f" ({title})")
        texts = re.findall('"([^"]+)"', quoted) if found_title else []
        if found_title:
            if quoted != " and ".join(f'"{text}"' for text in texts) or rest[:1] not in (";", "."):
                return "other words"
            end = rest[1:].lstrip()
        if not own >= set(texts) or len(set(texts)) != len(texts) or len(texts) != min(len(own), _NAMED_DUTIES):
            return f"other responsibilities of {title}"
    return "other words" if end else None


_NAMED_DUTIES = 2

_OTHERS: Mapping[str, tuple[str, Callable[[Pair], bool], Callable[[Pair, str], str | None]]] = {
    "wages of different periods": (
        "In .*, wages can't be compared: ",
        lambda pair: _form_of_wages(pair) == "other periods",
        _other_periods,
    ),
    "mean and median": (
        "(In|Among) .*, mean and median .* wages can't be compared: ",
        lambda pair: _form_of_wages(pair) == "neither comparable",
        _neither_comparable,
    ),
    "missing wages": (
        "Neither occupation has published mean or median ",
        lambda pair: _form_of_wages(pair) == "none",
        _no_wages,
    ),
    "percentiles": ("In .*, the order depends on the percentile ", _has_crossovers, _crossovers),
    "prices": ("Prices in ", _has_prices, _prices),
    "interests": (r"By O\*NET's interest scores, ", _has_interests, _interests),
    "places": ("(In all|In the|Of the) .* with a published median ", _has_places, _places),
    "changes of wages": ("From May ", _has_changes, _changes),
    "all jobs": ("The Employment Projections count all jobs, ", _needs_all_jobs, _all_jobs),
    "entry": ("Typical requirements by ", _has_requirements, _entry),
    "preparation": (
        r"Time to become one: |Both are in O\*NET's job zone |By O\*NET's job zones, ",
        _prepares,
        _preparation,
    ),
    "top skills": ("Top skills of ", _has_skills, _foremost),
    "overlap": (r"Of \d+ (skills|knowledge)", _has_sets, _overlap),
    "responsibilities": ("Work activities of both, |The two have no work activity ", _has_duties, _duties),
}
"""The other sentences: how they begin, when the summary has one, and the check that returns its fault."""


# Caveats.


def _caveats(pair: Pair) -> Iterator[Fault]:
    """Check that the caveats are those that the figures call for."""
    expected = Counter(
        chain(
            _hour_caveats(pair),
            _job_caveats(pair),
            _growth_caveats(pair),
            _entry_caveats(pair),
            _source_caveats(pair),
            _skill_caveats(pair),
            _rating_caveats(pair),
            _group_caveats(pair),
            _side_caveats(pair),
        )
    )
    given = Counter[str](pair.answer["caveats"])
    for caveat in given - expected:
        # A source can name a role's highest-paying places; the rules do not read those.
        if not caveat.startswith("The highest-paying places of the two sides come from different sources"):
            yield Fault(f"caveat without a reason: {_family(pair, caveat)}", caveat)
    for caveat in expected - given:
        yield Fault(f"caveat missing: {_family(pair, caveat)}", caveat)


def _family(pair: Pair, caveat: str) -> str:
    for title in pair.titles:
        caveat = caveat.removeprefix(f"{title}: ")
    return " ".join(caveat.split()[:4])


def _job_caveats(pair: Pair) -> Iterator[str]:
    bases = [side.facts["jobs"] and side.facts["jobs"]["basis"] for side in pair.sides]
    if None in bases and any(bases):
        yield "The numbers of jobs are not compared: they are published for one side only."
    elif bases[0] != bases[1]:
        yield "The numbers of jobs are not compared: one side counts open postings, the other wage-and-salary jobs."
    if _is_ordered_otherwise(pair):
        (left, _), (right, _) = map(_all_counts, pair.sides)
        more, fewer = pair.titles if (left or 0) > (right or 0) else pair.titles[::-1]
        yield (
            f"OEWS has more wage-and-salary jobs of {_with_comma(more)} and the Employment Projections more jobs of "
            f"{fewer}."
        )
        if not any(map(_has_many_others, pair.sides)):
            yield _TWO_COUNTS


_TWO_COUNTS = (
    "OEWS leaves out the self-employed, most farms and private households. The Employment Projections count all jobs, "
    "from other sources as well, and give the average of a year."
)


def _with_comma(title: str) -> str:
    return f"{title}," if _is_inverted(title) else title


def _hour_caveats(pair: Pair) -> Iterator[str]:
    """Say what annual wages stand for: those of an occupation without hourly wages are not 2,080 times these."""
    is_annual = all("annual" in _periods(side) for side in pair.sides)
    if not is_annual or any(side.facts["kind"] != "DETAILED" for side in pair.sides):
        return
    by_year = [
        any(row["figure"] == "hourly.mean" and row["reason"] == "ANNUAL_ONLY" for row in (side.salary or {})["missing"])
        for side in pair.sides
    ]
    if not all(is_by_year or "hourly" in _periods(side) for is_by_year, side in zip(by_year, pair.sides, strict=True)):
        return
    if not any(by_year):
        yield (
            "Annual wages are 2,080 hours at the hourly wage, a year of full-time work, also for part-time and "
            "seasonal jobs."
        )
    elif all(by_year):
        yield (
            "The annual wages of both sides come from the annual pay that employers report, not 2,080 hours at the "
            "hourly wage."
        )
    else:
        one, other = map(_with_comma, pair.titles if by_year[0] else pair.titles[::-1])
        yield (
            f"The annual wages of {one} come from the annual pay that employers report, often for fewer hours of work; "
            f"those of {other} are 2,080 hours at the hourly wage. The two are not wages for the same hours."
        )


def _growth_caveats(pair: Pair) -> Iterator[str]:
    outlooks = [side.facts["outlook"] for side in pair.sides]
    if any(row is None or row["growthPercent"] is None for row in outlooks):
        return
    if len({(row["fromYear"], row["toYear"]) for row in outlooks}) > 1:
        yield "Growth rates are not compared: they cover different periods, or a side's period is not stated."


_Sources = set[tuple[str, str | None]]


def _sources(*rows: Json | None) -> _Sources:
    return {(row["name"], row["release"]) for row in rows if row is not None}


def _source_caveats(pair: Pair) -> Iterator[str]:
    by_part = [_sources_of(side) for side in pair.sides]
    jobs = [side.facts["jobs"] for side in pair.sides]
    kinds = [{kind for kind in ("listed", "rated", "known") if side.facts[kind]["nodes"]} for side in pair.sides]
    both = kinds[0] & kinds[1]
    for side, sources in zip(pair.sides, by_part, strict=True):
        sources["skills"] = _sources(*(row["source"] for kind in both for row in side.facts[kind]["nodes"]))
        counted = None not in jobs and jobs[0]["basis"] == jobs[1]["basis"]
        sources["numbers of jobs"] = _sources(side.facts["jobs"]["source"]) if counted else set()
        # An age alone is not compared with shares alone.
        if not _people_figures(pair.sides[0]) & _people_figures(pair.sides[1]):
            sources["demographic figures"] = set()
    for part in by_part[0]:
        left, right = by_part[0][part], by_part[1][part]
        if left <= right or left >= right:
            continue
        if {name for name, _ in left} == {name for name, _ in right}:
            releases = (
                " and ".join(sorted(release or "release not stated" for _, release in side)) for side in (left, right)
            )
            yield f"The {part} of the two sides are from different releases: {'; '.join(releases)}."
        else:
            one, other = (
                " and ".join(
                    sorted(f'"{name}"' if release is None else f'"{name}, {release}"' for name, release in side)
                )
                for side in (left, right)
            )
            named = f"{one} on the left, {other} on the right"
            yield f"The {part} of the two sides come from different sources: {named}."


def _sources_of(side: Side) -> dict[str, _Sources]:
    facts = side.facts
    people: Json = facts["demographics"] or {}
    outlook: Json = facts["outlook"] or {"growthPercent": None}
    return {
        "wages": _sources(side.salary["source"] if side.salary is not None and _has_wages(side.salary) else None),
        "growth rates": _sources(None if outlook["growthPercent"] is None else outlook["source"]),
        "education figures": _sources(facts["education"] and facts["education"]["source"]),
        "demographic figures": _sources(*people.get("sources", ())),
        "preparation figures": _sources(facts["jobZoneSource"], facts["yearsOfExperienceSource"])
        if facts["timeToBecome"] or facts["yearsOfExperience"] is not None
        else set(),
    }


def _people_figures(side: Side) -> set[str]:
    people: Json = side.facts["demographics"] or {}
    figures = {"age": ("averageAge", "medianAge"), "shares": ("gender", "race")}
    return {figure for figure, names in figures.items() if any(people.get(name) not in (None, []) for name in names)}


def _has_wages(salary: Json) -> bool:
    return salary["annual"] is not None or salary["hourly"] is not None


_RATED = {"rated": "Skills", "known": "Knowledge areas"}


def _skill_caveats(pair: Pair) -> Iterator[str]:
    kinds = [{kind for kind in ("listed", "rated", "known") if side.facts[kind]["nodes"]} for side in pair.sides]
    if "listed" in kinds[0] & kinds[1]:
        return
    if kinds[0] & kinds[1]:
        for kind, name in _RATED.items():
            if (kind in kinds[0]) != (kind in kinds[1]):
                lacking = pair.titles[0] if kind not in kinds[0] else pair.titles[1]
                yield f"{name} are not compared: no O*NET ratings of them are available for {lacking}."
        return
    without = [
        f"O*NET rates only parts of {side.facts['title']}"
        if _has_only_parts(side)
        else f"none are published for {side.facts['title']}"
        for side, held in zip(pair.sides, kinds, strict=True)
        if not held
    ]
    if not any(kinds) and len({*map(_has_only_parts, pair.sides)}) == 1:
        named = "O*NET rates only parts of" if _has_only_parts(pair.left) else "none are published for"
        yield f"Skills are not compared: {named} either side."
    elif without:
        yield f"Skills are not compared: {'; '.join(without)}."
    else:
        yield "Skills are not compared: a short list is published for one side, and O*NET ratings for the other."


_ERRORS = {
    "rated": ("skills", "4 points of 100 for skills (rated by analysts)"),
    "known": ("knowledge areas", "6 for knowledge areas (rated by workers or experts)"),
}


def _rating_caveats(pair: Pair) -> Iterator[str]:
    """Say how precise ratings are, where any are compared."""
    compared = [kind for kind in _ERRORS if all(side.facts[kind]["nodes"] for side in pair.sides)]
    if compared and not all(side.facts["listed"]["nodes"] for side in pair.sides):
        names, errors = (_listed([_ERRORS[kind][n] for kind in compared]) for n in (0, 1))
        yield (
            f"O*NET's ratings of {names} are means over a few raters. Their standard error is typically {errors}. "
            "Small gaps, close ranks and importances near 50 can be due to chance."
        )


class _OfGroup(NamedTuple):
    """The figures of an occupation that are published for a wider group."""

    group: str
    size: int
    figures: tuple[str, ...]
    surveys: tuple[str, ...]


def _groups(side: Side) -> list[_OfGroup]:
    education, people, pay = (side.facts[name] for name in ("education", "demographics", "weeklyEarnings"))
    figures = [
        (education and education["degreesPublishedFor"], ["degrees"], "the American Community Survey"),
        (
            people and people["publishedFor"],
            [
                name
                for name, key in (("age", "medianAge"), ("gender", "gender"), ("race", "race"))
                if people and (people[key] not in (None, []))
            ],
            "the Current Population Survey",
        ),
        (
            pay and pay["publishedFor"],
            ["weekly earnings"] if pay and pay["everyone"] is not None else [],
            "the Current Population Survey",
        ),
    ]
    found: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
    for group, names, survey in figures:
        if group and names:
            members = tuple(sorted(row["slug"] for row in group["occupations"]))
            found.setdefault((group["name"], members), []).extend((name, survey) for name in names)
    return [
        _OfGroup(
            name,
            len(members),
            tuple(figure for figure, _ in named),
            tuple(dict.fromkeys(survey for _, survey in named)),
        )
        for (name, members), named in found.items()
    ]


def _group_caveats(pair: Pair) -> Iterator[str]:
    left, right = map(_groups, pair.sides)
    for one in left:
        if one in right:
            listed = _listed(one.figures)
            yield f'The figures on {listed} are not compared: both sides are in one wider group, "{one.group}".'
    for title, groups, others in ((pair.titles[0], left, right), (pair.titles[1], right, left)):
        for one in groups:
            if one not in others:
                yield f"{title}: {_group_caveat(one)}"


def _group_caveat(one: _OfGroup) -> str:
    listed = _listed(one.figures)
    of_several = f" of {one.size} occupations" if one.size > 1 else ""
    surveys = _listed(one.surveys)
    return f'The figures on {listed} are those of a wider group{of_several} in {surveys}: "{one.group}".'


def _wider_groups(pair: Pair) -> Iterator[Fault]:
    """Check that the figures of which a caveat says so are not compared, and that all others are."""
    said = re.compile(r'The figures on (.+?) are not compared: both sides are in one wider group, ".+"\.')
    found = [match[1] for caveat in pair.answer["caveats"] if (match := said.fullmatch(caveat))]
    apart = {figure for text in found for figure in re.split(r", | and ", text)}
    education, people = pair.answer["education"], pair.answer["demographics"]
    compared: dict[str, list[bool]] = {}
    if education is not None:
        labels: Json = education["mostCommonDegree"]
        compared["degrees"] = _are_compared(education["degrees"])
        compared["degrees"] += [labels["same"] is not None] if _is_of_both(labels) else []
    if people is not None:
        age: Json = people["age"]
        is_one_measure = _is_of_both(age) and age["leftMeasure"] == age["rightMeasure"]
        compared["age"] = [age["absolute"] is not None] if is_one_measure else []
        compared |= {name: _are_compared(people[name]["shares"]) for name in ("gender", "race")}
    for figure, are_compared in compared.items():
        if are_compared and (any(are_compared) if figure in apart else not all(are_compared)):
            yield Fault(f"{figure}: compared or not, against the caveats", f"{sorted(apart)}")


def _are_compared(shares: Sequence[Json]) -> list[bool]:
    return [row["points"] is not None for row in shares if _is_of_both(row)]


def _is_of_both(row: Json) -> bool:
    return row["left"] is not None and row["right"] is not None


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else words[0]


_OF_GROUP = re.compile("The figures on [^.]+? are those of a wider group")


def _side_caveats(pair: Pair) -> Iterator[str]:
    own: list[list[str]] = [
        [
            *((side.salary or {"caveats": ()})["caveats"]),
            *(caveat for caveat in side.facts["caveats"] if not _OF_GROUP.match(caveat)),
        ]
        for side in pair.sides
    ]
    yield from (f"Both sides: {caveat}" for caveat in own[0] if caveat in own[1])
    yield from (f"{pair.titles[0]}: {caveat}" for caveat in own[0] if caveat not in own[1])
    yield from (f"{pair.titles[1]}: {caveat}" for caveat in own[1] if caveat not in own[0])


# Occupations.


def occupation_faults(side: Side) -> Iterator[Fault]:
    """Check an occupation's own caveats and labels against its figures."""
    facts = side.facts
    expected = Counter([*_own_caveats(side), *map(_group_caveat, _groups(side))])
    given = Counter(caveat for caveat in facts["caveats"] if not _names_parts(side, caveat))
    for caveat in given - expected:
        yield Fault(
            f"occupation's caveat without a reason: {' '.join(caveat.split()[:5])}", f"{facts['title']}: {caveat}"
        )
    for caveat in expected - given:
        yield Fault(f"occupation's caveat missing: {' '.join(caveat.split()[:5])}", f"{facts['title']}: {caveat}")
    if side.salary is not None and bool(side.salary["caveats"]) != _is_heaped(side.salary):
        yield Fault("wage's caveat on equal percentiles", facts["title"])
    education = facts["education"]
    if education is not None:
        yield from _most_common(facts["title"], "degree", education["mostCommonDegree"], education["degrees"])
        required = education["requiredDegrees"]
        yield from _most_common(facts["title"], "required degree", education["mostCommonRequiredDegree"], required)


def _names_parts(side: Side, caveat: str) -> bool:
    """Tell whether a caveat names as many parts as it says, of an occupation of which O*NET only rates parts."""
    match = re.match(
        r"OEWS and the Employment Projections publish (\d+) SOC occupations together as this one: ", caveat
    )
    codes = re.findall(r"\((\d\d-\d{4})\)", caveat)
    return match is not None and len({*codes}) == int(match[1]) == len(codes) > 1 and _has_only_parts(side)


def _own_caveats(side: Side) -> Iterator[str]:
    facts, (jobs, everyone) = side.facts, _all_counts(side)
    outlook, months, zone = facts["outlook"], facts["timeToBecome"], facts["jobZone"]
    if facts["wageHistory"]:
        yield (
            "The Bureau of Labor Statistics advises against reading wages of different years as a time series: each "
            "estimate pools samples of three years, and samples, methods and the work that an occupation includes "
            "change."
        )
    if facts["jobs"] and facts["jobs"]["basis"] == "OPEN_POSTINGS":
        yield "The number of jobs counts open postings, not filled jobs."
    if _has_many_others(side):
        yield (
            f"The {jobs:,} jobs and their wages are those of the wage-and-salary workers that OEWS covers; the "
            f"Employment Projections count {everyone:,} jobs in {outlook['fromYear']}."
        )
        yield _TWO_COUNTS
    if outlook and outlook["growthPercent"] is not None and outlook["fromYear"] is None:
        yield "The source doesn't state the period of the growth rate."
    if months and zone:
        yield (
            "The time to become one is the range of Specific Vocational Preparation of a whole O*NET job zone. It "
            "counts a four-year degree as two years."
        )
    elif months and facts["yearsOfExperience"] is not None:
        years = facts["yearsOfExperience"]
        yield (
            f"The source gives {years:g} year{'' if years == 1 else 's'} of experience and {_span(side)} to become "
            "one, and doesn't explain how they relate."
        )
    if months and zone and months["maximumMonths"] is not None and months["maximumMonths"] <= _YEAR:
        training = {
            None: None,
            "Apprenticeship": "an apprenticeship",
            "Long-term on-the-job training": "long-term on-the-job training (more than 12 months)",
        }.get(facts["education"]["onTheJobTraining"] if facts["education"] else None)
        if training:
            yield (
                f"By the Employment Projections, the typical training is {training}. That is longer than all "
                f"preparation in O*NET's job zone {zone}, which is {_span(side)}."
            )
    yield from _share_caveats(facts)
    if facts["listed"]["nodes"]:
        yield "Skills are a published short list of the most common ones; unlisted skills may be as common."


def _share_caveats(facts: Json) -> Iterator[str]:
    people, education = facts["demographics"], facts["education"]
    total = sum(share["percent"] for share in people["race"]) if people else 0
    if total and not people["raceIsExclusive"]:
        yield "Shares by race and ethnicity overlap: people of Hispanic origin may be of any race."
    elif total and abs(total - 100) >= _ROUNDING:
        yield f"Shares by race and ethnicity are shown as published and add up to {total:.1f}%."
    if education:
        suppressed = sum(each["figure"].startswith("requiredDegrees.") for each in education["missing"])
        levels, total = suppressed + len(education["requiredDegrees"]), education["requiredDegreesSum"] or 0
        if suppressed and total <= 100 - _ROUNDING:
            yield (
                f"Required education: O*NET suppresses {suppressed} of the {levels} levels for low precision; the "
                f"others add up to {total:.1f}%."
            )


def _is_heaped(salary: Json) -> bool:
    wages = salary["annual"] if salary["annual"] and salary["annual"]["median"] is not None else salary["hourly"]
    if wages is None or wages["median"] is None or wages["p75"] is None:
        return False
    return bool(wages["p75"] == wages["p90"] and wages["p75"] > 2 * wages["median"])


def _most_common(title: str, what: str, given: str | None, shares: Sequence[Json]) -> Iterator[Fault]:
    """Check that the most common category is the largest one, and that missing ones cannot exceed it."""
    if not shares:
        return
    ordered = sorted(shares, key=lambda share: -share["percent"])
    largest, rest = ordered[0]["percent"], 100 - sum(share["percent"] for share in shares)
    first = [share["name"] for share in ordered if share["percent"] == largest]
    if given is None:
        if len(first) == 1 and largest > max(rest, 1):
            yield Fault(f"most common {what} is not given, but certain", title)
    elif given not in first:
        yield Fault(f"most common {what} is not the largest", title)
    elif rest > largest:
        yield Fault(f"most common {what} could be a missing one", title)
