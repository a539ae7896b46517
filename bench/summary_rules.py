"""Rules that the summary and the caveats of a comparison must keep, checked against the figures of the same answer.

The rules read the sentences as a client does, and compute from the figures of the answer what they must say. They share
no code with ``resolvers/``. Each rule yields faults: a name for the kind of fault, and the sentence.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, groupby, product
from typing import Any, NamedTuple

Json = Mapping[str, Any]

OCCUPATION = """
    title kind caveats
    jobs { count basis source { name release } }
    outlook { growthPercent fromYear toYear employmentFrom source { name release } }
    education {
        mostCommonDegree degrees { name percent } degreesPublishedFor { name occupations { slug } }
        onTheJobTraining mostCommonRequiredDegree requiredDegrees { name percent } requiredDegreesSum
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
    known: skills(kind: KNOWLEDGE, first: 100) { nodes { importance source { name release } } }
"""
"""What the rules read of each occupation."""

_DIFFERENCE = "left right absolute higher unit verdict missing { figure atLeast }"
COMPARISON = f"""
    summary caveats area {{ name }}
    salary {{
        annualMean {{ {_DIFFERENCE} }} hourlyMean {{ {_DIFFERENCE} }}
        percentiles {{ percentile difference {{ {_DIFFERENCE} }} }}
        crossovers {{ lowerPercentile upperPercentile higherBelow higherAbove }}
    }}
    jobs {{ {_DIFFERENCE} }}
    growth {{ {_DIFFERENCE} }}
    jobZone {{ left right needsMore }}
    education {{ degrees {{ left right points }} mostCommonDegree {{ left right same }} }}
    demographics {{
        age {{ left right absolute leftMeasure rightMeasure }}
        gender {{ shares {{ left right points }} }} race {{ shares {{ left right points }} }}
    }}
    skills {{
        kinds shared {{ skill {{ name }} }} onlyLeft {{ skill {{ name kind }} }} onlyRight {{ skill {{ name kind }} }}
    }}
    responsibilities {{ shared {{ activity }} onlyLeft {{ activity }} onlyRight {{ activity }} }}
    places {{ unit compared leftHigher rightHigher equal reversal nationalMedian {{ left right higher }} }}
"""
"""What the rules read of each comparison."""

SALARY = "source { name release } caveats annual { median p75 p90 } hourly { median p75 p90 }"
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


# Sentences. In patterns, {A} and {B} stand for the title of a side, {V} for a value.

_MEDIAN = 50
_FEW_POINTS = 0.1
_LARGE_PERCENT = 1_000
_YEAR = 12
_GROWTH = "the projected change in employment"
_NAMED_SKILLS = 2
_FOREMOST_SKILLS = 3
_ROUNDING = 0.05

_VALUE = r"(?:at least )?(?:\$[\d,]+(?:\.\d\d)?|-?[\d.,]*\d%?(?: percentage points?)?)"
_RATIO = r"(?P<over>over )?(?P<times>[\d,]+) times as (?:high|many)"


def _pattern(text: str) -> re.Pattern[str]:
    for name in "ABCD":
        text = text.replace(f"{{{name}}}", f"<(?P<{name}>[LR])>")
    for name in "VWG":
        text = text.replace(f"{{{name}}}", f"(?P<{name}>{_VALUE})")
    return re.compile(text.replace("{R}", _RATIO) + r"\.")


_OF_MEASURES = {
    "not significant": _pattern(
        r"By (?P<name>.+?), there is no clear difference: {V} for {A} and {W} for {B}\. The difference of {G} is not "
        "statistically significant"
    ),
    "significant": _pattern(
        "(?:By (?P<name>.+?), {A} earns? more than {B}|{C} ha(?:s|ve) (?P<more>more .+?) than {D}): {V} against {W}"
        r"(?:, {R})?\. The difference (?:of {G} )?is statistically significant"
    ),
    "untested": _pattern(
        "(?P<name>The .+?) is higher for {A} than for {B}: {V} against {W}, (?:a difference of {G}|{R})"
    ),
    "equal": _pattern("(?P<name>The .+?) is {V} for both"),
    "about the same": _pattern("(?P<name>The .+?) is about the same: {V} for {A} and {W} for {B}"),
    "not comparable": _pattern(
        r"(?P<name>.+) can't be compared: ({V}|none published) for {A}; ({W}|none published) for {B}"
    ),
    "none": _pattern("Neither occupation has published (?P<name>.+)"),
}


class _Measure(NamedTuple):
    """A measure in words, and its difference in the answer."""

    name: str
    published: str
    plural: str
    more: str
    untested: str
    difference: Json
    written: Callable[[float], str]
    gap: Callable[[float], str]


def _sentences(pair: Pair) -> Iterator[Fault]:
    """Check that the summary consists of the sentences that the figures call for, each of them once and right."""
    rest = list(pair.answer["summary"])
    measures = list(_measures(pair))
    for measure in measures:
        found = [sentence for sentence in rest if _is_of(measure, _tokens(pair, sentence))]
        if len(found) != 1:
            yield Fault(f"{len(found)} sentences on {measure.untested}", " | ".join(found) or measure.name)
            continue
        rest.remove(found[0])
        for fault in _measure_faults(pair, measure, _tokens(pair, found[0])):
            yield Fault(fault, found[0])
    for name, (start, is_wanted, check) in _OTHERS.items():
        found, wanted = [sentence for sentence in rest if re.match(start, sentence)], is_wanted(pair)
        if len(found) != wanted:
            yield Fault(f"{len(found)} sentences on {name}, {int(wanted)} expected", " | ".join(found))
        for sentence in found:
            rest.remove(sentence)
            if wanted and (said := check(pair, sentence)):
                yield Fault(f"{name}: {said}", sentence)
    yield from _untested(rest, [*(one.untested for one in measures if _is_untested(one)), *_untested_wages(pair)])


def _is_untested(measure: _Measure) -> bool:
    is_ahead = measure.difference["higher"] in ("LEFT", "RIGHT") and not _is_about_the_same(measure)
    return is_ahead and measure.difference["verdict"] == "NOT_TESTABLE"


def _untested_wages(pair: Pair) -> list[str]:
    found = {"the percentiles": _has_crossovers(pair), "the medians of metropolitan areas": _has_places(pair)}
    return [name for name, is_said in found.items() if is_said]


def _untested(rest: Sequence[str], untested: Sequence[str]) -> Iterator[Fault]:
    end = " can't be tested for statistical significance with the published figures."
    start = "The difference in " if len(untested) == 1 else "Differences in "
    found = [sentence for sentence in rest if sentence.startswith(start) and sentence.endswith(end)]
    named = [sentence.removeprefix(start).removesuffix(end) for sentence in found]
    parts = [part for text in named for part in re.split(", | and ", text)]
    if sorted(parts) != sorted(untested):
        yield Fault("untested: not those without a test", f"{untested} in {found}")
    for sentence in rest:
        if sentence not in found:
            yield Fault("unknown sentence", sentence)


def _tokens(pair: Pair, sentence: str) -> str:
    """Replace the titles by <L> and <R>, the longer one first: it can contain the other."""
    for title, token in sorted(zip(pair.titles, ("<L>", "<R>"), strict=True), key=lambda entry: -len(entry[0])):
        sentence = sentence.replace(title, token)
    return sentence


def _measures(pair: Pair) -> Iterator[_Measure]:
    salary, where = pair.answer["salary"], _where(pair)
    if salary is not None:
        median = next(row["difference"] for row in salary["percentiles"] if row["percentile"] == _MEDIAN)
        hourly = median["unit"] == "DOLLARS_PER_HOUR"
        period, written = ("hourly", _cents) if hourly else ("annual", _dollars)
        mean = salary["hourlyMean" if hourly else "annualMean"]
        yield _wage("mean", period, where, mean, written)
        if any(_value(median, side) for side in ("left", "right")):
            yield _wage("median", period, where, median, written)
    if pair.answer["jobs"] is not None:
        counted = {
            "WAGE_AND_SALARY": "wage-and-salary jobs nationwide",
            "OPEN_POSTINGS": "open job postings",
        }[pair.left.facts["jobs"]["basis"]]
        name, plural = f"number of {counted}", f"numbers of {counted}"
        names = (f"the {name}", f"the published {name}", plural, f"more {counted}")
        yield _Measure(*names, f"the {name}", pair.answer["jobs"], _whole, _whole)
    if pair.answer["growth"] is not None:
        yield _growth(pair, pair.answer["growth"])


def _growth(pair: Pair, growth: Json) -> _Measure:
    name, years = "projected change in employment", _years(pair)
    decimals = max(len(_number(growth[side] or 0).partition(".")[2]) for side in ("left", "right"))
    names = (f"the {name} {years}", f"the {name} {years}", f"projected changes in employment {years}", "")

    def rate(value: float) -> str:
        return f"{_number(value) if growth['higher'] is None else f'{value:,.{decimals}f}'}%"

    def points(value: float) -> str:
        written = f"{value:,.{decimals}f}"
        return f"{written} percentage point{'s' if written != '1' else ''}"

    return _Measure(*names, f"the {name}", growth, rate, points)


_WITH_ARTICLE = ("United States", "District of Columbia", "Virgin Islands")


def _where(pair: Pair) -> str:
    area: str = pair.answer["area"]["name"]
    return f"the {area}" if area in _WITH_ARTICLE or "nonmetropolitan area" in area else area


def _wage(statistic: str, period: str, where: str, difference: Json, written: Callable[[float], str]) -> _Measure:
    name = f"{statistic} {period} wage in {where}"
    names = (f"the {name}", f"the published {name}", f"{statistic} {period} wages in {where}", "")
    return _Measure(*names, f"the {statistic} wage", difference, written, written)


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
    return f"({', '.join(f'{title} {word}' for title, word in words)})"


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


def _is_of(measure: _Measure, tokens: str) -> bool:
    wanted = {*map(_without_titles, (measure.name, measure.published, measure.plural, measure.more))}
    matches = [match for pattern in _OF_MEASURES.values() if (match := pattern.fullmatch(tokens))]
    return any(_without_titles(match.groupdict().get("more") or match["name"] or "-") in wanted for match in matches)


def _without_titles(name: str) -> str:
    # A measure of growth over two periods names both titles.
    return re.sub(r"\(.*\)", "()", name).casefold()


def _is_about_the_same(measure: _Measure) -> bool:
    gap = measure.difference["absolute"]
    return measure.untested == _GROWTH and gap is not None and 0 < abs(gap) <= _FEW_POINTS


def _measure_faults(pair: Pair, measure: _Measure, tokens: str) -> Iterator[str]:
    """Yield the faults of a sentence on one measure."""
    difference = measure.difference
    kind, match = next((kind, found) for kind, one in _OF_MEASURES.items() if (found := one.fullmatch(tokens)))
    if kind != _expected_kind(measure):
        yield f"{measure.untested}: '{kind}' where the figures say '{_expected_kind(measure)}'"
        return
    said = match.groupdict()
    values = {side: _value(difference, side.lower()) for side in ("LEFT", "RIGHT")}
    written = {
        side: "none published" if value is None else ("at least " if value[1] else "") + measure.written(value[0])
        for side, value in values.items()
    }
    if kind == "none":
        return
    if kind in ("not comparable", "equal", "about the same"):
        if kind != "equal" and (said["A"], said["B"]) != ("L", "R"):
            yield f"{measure.untested}: order of the sides"
        expected = [written["LEFT"], written["RIGHT"]]
        given = [said["V"] or "none published", said.get("W") or (said["V"] if kind == "equal" else "none published")]
        if given != expected:
            yield f"{measure.untested}: {given} for {expected}"
        return
    ahead = "LEFT" if difference["higher"] == "LEFT" else "RIGHT"
    behind = "RIGHT" if ahead == "LEFT" else "LEFT"
    if (said["A"] or said.get("C"), said["B"] or said.get("D")) != (ahead[0], behind[0]):
        yield f"{measure.untested}: the wrong side is ahead"
    if (said["V"], said["W"]) != (written[ahead], written[behind]):
        yield f"{measure.untested}: {said['V']}, {said['W']} for {written[ahead]}, {written[behind]}"
    yield from _gap_faults(measure, said, values[ahead], values[behind])
    yield from _verb_faults(pair, measure, tokens, ahead)


def _expected_kind(measure: _Measure) -> str:
    difference = measure.difference
    if difference["higher"] is None:
        published = any(_value(difference, side) for side in ("left", "right"))
        return "not comparable" if published else "none"
    if difference["higher"] == "EQUAL":
        return "equal"
    if _is_about_the_same(measure):
        return "about the same"
    return {"SIGNIFICANT": "significant", "NOT_SIGNIFICANT": "not significant"}.get(difference["verdict"], "untested")


def _gap_faults(
    measure: _Measure, said: Mapping[str, str | None], more: tuple[float, bool] | None, less: tuple[float, bool] | None
) -> Iterator[str]:
    if more is None or less is None:
        yield f"{measure.untested}: a gap without two figures"
        return
    gap, ratio = more[0] - less[0], more[0] / less[0] if less[0] else 0
    is_multiple = "times" in said and said["times"] is not None
    may_be_multiple = measure.untested != _GROWTH and not more[1] and less[0] > 0
    if is_multiple != (may_be_multiple and 100 * gap / less[0] > _LARGE_PERCENT):
        yield f"{measure.untested}: a multiple for a small gap, or none for a large one"
    elif is_multiple:
        times = int((said["times"] or "0").replace(",", ""))
        step = 10 ** (len(str(int(ratio))) - 2)
        if not times <= ratio < times + step or bool(said["over"]) != (ratio > times):
            yield f"{measure.untested}: {times} times for {ratio}"
    elif said["G"] != ("at least " if more[1] else "") + measure.gap(gap):
        yield f"{measure.untested}: a gap of {said['G']} for {measure.gap(gap)}"


def _verb_faults(pair: Pair, measure: _Measure, tokens: str, ahead: str) -> Iterator[str]:
    side = pair.left if ahead == "LEFT" else pair.right
    verb = re.search("<[LR]> (earns?|has|have) more ", tokens)
    if verb is not None and (verb[1] in ("earns", "has")) == (side.facts["kind"] == "DETAILED"):
        yield f"{measure.untested}: {verb[1]} after {side.facts['title']}"


def _has_crossovers(pair: Pair) -> bool:
    return bool(pair.answer["salary"] and pair.answer["salary"]["crossovers"])


def _crossovers(pair: Pair, sentence: str) -> str | None:
    salary: Json = pair.answer["salary"]
    titles: dict[str, str] = dict(zip(("LEFT", "RIGHT"), pair.titles, strict=True))
    by_percentile = {row["percentile"]: row["difference"]["higher"] for row in salary["percentiles"]}
    named: dict[int, str] = {}
    for row in salary["crossovers"]:
        named |= {row["lowerPercentile"]: row["higherBelow"], row["upperPercentile"]: row["higherAbove"]}
    if any(by_percentile[percentile] != side for percentile, side in named.items()):
        return "not the order of the percentiles"
    runs = [
        f"for {titles[side]} at the {_listed([f'{percentile}th' for percentile in run])}"
        for side, run in groupby(sorted(named), key=lambda percentile: named[percentile])
    ]
    period = "hourly" if salary["percentiles"][0]["difference"]["unit"] == "DOLLARS_PER_HOUR" else "annual"
    start = (
        f"The order changes between percentiles of the {period} wage in {_where(pair)}: the published wage is higher"
    )
    return None if sentence == f"{start} {', then '.join(runs)}." else "not those of the figures"


def _has_places(pair: Pair) -> bool:
    return pair.answer["area"]["name"] == "United States" and bool(pair.answer["places"]["compared"])


_AREAS = "metropolitan areas? with a published median (?P<period>annual|hourly) wage for both"
_NATIONALLY = (
    "(?: Nationally, it is higher for <(?P<nation>[LR])>"
    r"(?P<reversal>, so more of these areas reverse the national order than follow it)?\.)?"
)
_OF_PLACES = (
    re.compile(
        rf"In (?:all (?P<compared>[\d,]+)|the (?P<few>one|two)) {_AREAS}(?P<same>, as nationally)?, "
        rf"it is (?:higher for <(?P<ahead>[LR])>|the same)\.{_NATIONALLY}"
    ),
    re.compile(
        rf"Among the (?P<compared>[\d,]+) {_AREAS}, it is higher for <(?P<ahead>[LR])> in (?P<most>[\d,]+) and for "
        rf"<(?P<behind>[LR])> in (?P<fewest>[\d,]+)(?:, and the same in (?P<equal>[\d,]+))?\.{_NATIONALLY}"
    ),
)


def _places(pair: Pair, sentence: str) -> str | None:
    places, tokens = pair.answer["places"], _tokens(pair, sentence)
    match = next((found for pattern in _OF_PLACES if (found := pattern.fullmatch(tokens))), None)
    if match is None:
        return "unknown form"
    said, national = match.groupdict(), places["nationalMedian"]
    counts = {"L": places["leftHigher"], "R": places["rightHigher"], None: places["equal"]}
    given = {name: int((said.get(name) or "0").replace(",", "")) for name in ("most", "fewest", "equal")}
    compared = int((said["compared"] or {"one": "1", "two": "2"}[said["few"]]).replace(",", ""))
    nation = {"LEFT": "L", "RIGHT": "R"}.get(national["higher"])
    opposite, same = (counts["R"], counts["L"]) if nation == "L" else (counts["L"], counts["R"])
    is_reversed = None not in (national["left"], national["right"]) and nation is not None and opposite > same
    median = next(row["difference"] for row in pair.answer["salary"]["percentiles"] if row["percentile"] == _MEDIAN)
    if "behind" in said:
        are_right = [given["most"], given["fewest"]] == [counts[said["ahead"]], counts[said["behind"]]]
        are_right = are_right and given["equal"] == places["equal"] and given["most"] >= max(given["fewest"], 1)
    else:
        are_right = counts[said["ahead"]] == compared
    checks = {
        "other counts": are_right and compared == places["compared"] == sum(counts.values()),
        "another period": (said["period"] == "hourly") == (places["unit"] == "DOLLARS_PER_HOUR"),
        "another order of the nation": (said["ahead"] if said.get("same") else said["nation"]) == nation
        and national["higher"] == median["higher"],
        "reversal": (said["reversal"] is not None) == is_reversed == bool(places["reversal"]),
    }
    return next((fault for fault, is_right in checks.items() if not is_right), None)


def _all_counts(side: Side) -> tuple[int | None, int | None]:
    jobs, outlook = side.facts["jobs"], side.facts["outlook"]
    counted = jobs["count"] if jobs is not None and jobs["basis"] == "WAGE_AND_SALARY" else None
    return counted, None if outlook is None else outlook["employmentFrom"]


def _has_many_others(side: Side) -> bool:
    jobs, everyone = _all_counts(side)
    return jobs is not None and everyone is not None and everyone > 1.5 * jobs


def _is_ordered_otherwise(pair: Pair) -> bool:
    (left, all_left), (right, all_right) = map(_all_counts, pair.sides)
    if left is None or right is None or all_left is None or all_right is None:
        return False
    return (left > right and all_left < all_right) or (left < right and all_left > all_right)


def _needs_all_jobs(pair: Pair) -> bool:
    return any(map(_has_many_others, pair.sides)) or _is_ordered_otherwise(pair)


def _all_jobs(pair: Pair, sentence: str) -> str | None:
    counted = [
        (f"{side.facts['outlook']['employmentFrom']:,} jobs for {title}", str(side.facts["outlook"]["fromYear"]))
        for side, title in zip(pair.sides, pair.titles, strict=True)
        if _all_counts(side)[1] is not None
    ]
    years = " and ".join(sorted({year for _, year in counted}))
    end = f" have {' and '.join(text for text, _ in counted)} in {years}."
    return None if sentence.endswith(end) else "other counts"


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
        return f"none published for {title}"
    preparation = "" if zone is None else f" of Specific Vocational Preparation (O*NET job zone {zone})"
    return f"{_span(side)}{preparation} for {title}"


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
        f"Vocational Preparation (zone {zones[more]}) against {spans[less]} (zone {zones[less]})."
    )
    return None if tokens == expected and zone["needsMore"] == ("LEFT", "RIGHT")[more] else "other zones"


def _skill_names(side: Side) -> list[tuple[str, float]]:
    rows = [*side.facts["listed"]["nodes"], *side.facts["rated"]["nodes"]]
    weights = [(row["skill"]["name"], row["importance"] if row["percent"] is None else row["percent"]) for row in rows]
    return sorted(((name, -1 if weight is None else weight) for name, weight in weights), key=lambda row: -row[1])


def _has_skills(pair: Pair) -> bool:
    return any(_skill_names(side) for side in pair.sides)


def _foremost(pair: Pair, sentence: str) -> str | None:
    start, middle = f"Top skills of {pair.titles[0]}: ", f"; of {pair.titles[1]}: "
    if not sentence.startswith(start) or sentence.count(middle) != 1:
        return "unknown form"
    for side, text in zip(pair.sides, sentence.removeprefix(start).removesuffix(".").split(middle), strict=True):
        said = text
        named = _skill_names(side)
        if not named:
            if said != "none published":
                return "skills of a side without any"
            continue
        third = named[_FOREMOST_SKILLS - 1][1] if len(named) >= _FOREMOST_SKILLS else -1
        expected = [name for name, weight in named if weight >= third]
        for name in sorted(expected, key=len, reverse=True):
            if said.count(name) != 1:
                return f"{name} is not named"
            said = said.replace(name, "")
        if set(re.findall(r"\w+", said)) - {"then", "tied"}:
            return "more skills than the top three"
        if ("(tied)" in said) != (third >= 0 and len(expected) > _FOREMOST_SKILLS):
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
    named = Counter(row["skill"]["name"] for part in ("shared", "onlyLeft", "onlyRight") for row in found[part])
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


def _has_duties(pair: Pair) -> bool:
    found = pair.answer["responsibilities"]
    return all(found["shared"] or found[side] for side in ("onlyLeft", "onlyRight"))


def _duties(pair: Pair, sentence: str) -> str | None:
    found = pair.answer["responsibilities"]
    named = {
        side: [f"{row['activity'][0].lower()}{row['activity'][1:]}" for row in found[side]]
        for side in ("shared", "onlyLeft", "onlyRight")
    }
    texts = {side: _choices(names) for side, names in named.items()}
    starts = [f"Both {text}." for text in texts["shared"]] or ["No work activity is listed for both."]
    sides = [
        [f"{title} {text}" for text in texts[side]]
        for side, title in zip(("onlyLeft", "onlyRight"), pair.titles, strict=True)
        if named[side]
    ]
    rests = [f" Listed for one side only: {'; '.join(texts)}." for texts in product(*sides)] if sides else [""]
    return None if any(sentence == start + rest for start in starts for rest in rests) else "other activities"


def _choices(names: Sequence[str]) -> list[str]:
    """Return the texts that name the first of these, alone or with another one."""
    return [*names[:1], *(f"{names[0]} and {other}" for other in names[1:])]


_OTHERS: Mapping[str, tuple[str, Callable[[Pair], bool], Callable[[Pair, str], str | None]]] = {
    "percentiles": ("The order changes between percentiles ", _has_crossovers, _crossovers),
    "places": ("(In|Among) (all|the) .* with a published median ", _has_places, _places),
    "all jobs": ("The Employment Projections, which also count ", _needs_all_jobs, _all_jobs),
    "preparation": (
        r"Time to become one: |Both are in O\*NET's job zone |By O\*NET's job zones, ",
        _prepares,
        _preparation,
    ),
    "top skills": ("Top skills of ", _has_skills, _foremost),
    "overlap": (r"Of \d+ (skills|knowledge)", _has_sets, _overlap),
    "responsibilities": ("Both [a-z]+ (?!in O)|No work activity is listed for both", _has_duties, _duties),
}
"""The other sentences: how they begin, when the summary has one, and the check that returns its fault."""


# Caveats.


def _caveats(pair: Pair) -> Iterator[Fault]:
    """Check that the caveats are those that the figures call for."""
    expected = Counter(
        chain(
            _job_caveats(pair),
            _growth_caveats(pair),
            _source_caveats(pair),
            _skill_caveats(pair),
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
            f"The published number of wage-and-salary jobs is higher for {more}. The Employment Projections, which "
            f"also count the self-employed, farms and private households, have more jobs for {fewer}."
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
    without = [title for title, held in zip(pair.titles, kinds, strict=True) if not held]
    if without:
        named = without[0] if len(without) == 1 else "either side"
        yield f"Skills are not compared: neither a short list nor O*NET ratings are published for {named}."
    else:
        yield "Skills are not compared: neither a short list nor O*NET ratings are published for both sides."


class _OfGroup(NamedTuple):
    """The figures of an occupation that are published for a wider group."""

    group: str
    size: int
    figures: tuple[str, ...]


def _groups(side: Side) -> list[_OfGroup]:
    education, people, pay = (side.facts[name] for name in ("education", "demographics", "weeklyEarnings"))
    figures = [
        (education and education["degreesPublishedFor"], ["degrees"]),
        (
            people and people["publishedFor"],
            [
                name
                for name, key in (("age", "medianAge"), ("gender", "gender"), ("race", "race"))
                if people and (people[key] not in (None, []))
            ],
        ),
        (pay and pay["publishedFor"], ["weekly earnings"] if pay and pay["everyone"] is not None else []),
    ]
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for group, names in figures:
        if group and names:
            members = tuple(sorted(row["slug"] for row in group["occupations"]))
            found.setdefault((group["name"], members), []).extend(names)
    return [_OfGroup(name, len(members), tuple(names)) for (name, members), names in found.items()]


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
    return f'The figures on {listed} are those of a wider group{of_several}: "{one.group}".'


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
    given = Counter[str](facts["caveats"])
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


def _own_caveats(side: Side) -> Iterator[str]:
    facts, (jobs, everyone) = side.facts, _all_counts(side)
    outlook, months, zone = facts["outlook"], facts["timeToBecome"], facts["jobZone"]
    if facts["jobs"] and facts["jobs"]["basis"] == "OPEN_POSTINGS":
        yield "The number of jobs counts open postings, not filled jobs."
    if _has_many_others(side):
        yield (
            f"The {jobs:,} jobs and their wages are of wage-and-salary workers. The Employment Projections, which also "
            f"count the self-employed, farms and private households, have {everyone:,} jobs in {outlook['fromYear']}."
        )
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
                f"By the Employment Projections, the typical training is {training}. It takes longer than O*NET's job "
                f"zone {zone} ({_span(side)})."
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
        levels = suppressed + len(education["requiredDegrees"])
        if suppressed:
            yield (
                f"Required education: O*NET suppresses {suppressed} of the {levels} levels for low precision; the "
                f"others add up to {_number(education['requiredDegreesSum'] or 0)}%."
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
