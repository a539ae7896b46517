"""What pages are to those who run no scripts: search engines, link previews, and browsers that are told not to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from db.models import NATION
from db.vocabulary import JobsBasis
from resolvers.comparisons.formatting import JOBS_COUNTED, WAGE_FORMATS, calendar_years, plain, whole
from server.responses import Refused
from server.telemetry.logs import bounded

_SITE = "Rolegraph"
_LONGEST_DESCRIPTION = 300
"""How many characters a description has at most, unless its first sentence is longer: few who show it show more."""
_LONGEST_KEY = 80
"""How many characters of a key that nobody knows are repeated."""

COMPARISON = """
query ComparisonPreview($left: OccupationKey!, $right: OccupationKey!, $area: String!) {
  comparison(left: $left, right: $right, area: $area) {
    left { slug title }
    right { slug title }
    area { code name }
    summary
  }
}
"""

OCCUPATION = """
query OccupationPreview($by: OccupationKey!) {
  occupation(by: $by) {
    slug
    title
    salary {
      area { name }
      annual { mean median }
      hourly { mean median }
      missing { figure atLeast }
      source { name release }
    }
    jobs { count basis source { name release } }
    outlook { growthPercent fromYear toYear openingsPerYear source { name release } }
  }
}
"""


class Preview(NamedTuple):
    """What a page's template is filled with."""

    title: str
    description: str
    canonical: str
    """The path, perhaps with a query, that the page is known by."""
    sentences: Sequence[str]


_HOME = (
    "Compare any two occupations of the US labor market: pay, jobs, growth, education and skills.",
    "Every difference has its source and says whether it is statistically significant.",
    "Missing figures are marked as missing and never made up.",
)
HOME = Preview(f"{_SITE}: any two occupations side by side", " ".join(_HOME), "/", _HOME)


def of_comparison(found: Mapping[str, Any]) -> Preview:
    """Return the preview of a comparison, as ``COMPARISON`` finds it: its summary."""
    left, right, area = found["left"], found["right"], found["area"]
    elsewhere = area["code"] != NATION
    where, query = (f" in {area['name']}", f"?{urlencode({'area': area['code']})}") if elsewhere else ("", "")
    return Preview(
        f"{left['title']} vs {right['title']}: pay{where}, jobs, skills | {_SITE}",
        _beginning(found["summary"]),
        f"/compare/{left['slug']}/{right['slug']}{query}",
        found["summary"],
    )


def of_occupation(found: Mapping[str, Any]) -> Preview:
    """Return the preview of an occupation, as ``OCCUPATION`` finds it: the figures that there are, by their sources."""
    title = found["title"]
    by_source = groupby(_figures(found), key=lambda figure: figure[1])
    told = [f"{'; '.join(text for text, _ in figures)} ({source})." for source, figures in by_source]
    first, *others = told or ["no published pay, employment or growth."]
    sentences = [f"{title}, {first}", *(f"{other[0].upper()}{other[1:]}" for other in others)]
    path = f"/occupation/{found['slug']}"
    return Preview(f"{title}: pay, outlook, skills | {_SITE}", _beginning(sentences), path, sentences)


def of_nothing(path: str, kind: str, keys: Sequence[str]) -> Preview:
    """Return the preview of a page about what is not there: occupations or an area, by the keys that were asked for."""
    named = " or ".join(f'"{_readable(key)}"' for key in keys)
    sentence = f"There is no {kind} {named} here."
    return Preview(f"No {kind} {named} | {_SITE}", sentence, path, [sentence])


_REFUSALS = {
    "RATE_LIMITED": "Too many requests",
    "EXECUTION_TIMEOUT": "This took too long",
    "OVERLOADED": "The server is busy",
    "DATABASE_UNAVAILABLE": "The data can't be reached",
    "DATA_CHANGING": "The data is being replaced",
}


def of_refusal(path: str, refused: Refused) -> Preview:
    """Return the preview of a page that can't be shown, at least not now."""
    title = _REFUSALS.get(refused.codes[0], "This page can't be shown")
    return Preview(f"{title} | {_SITE}", str(refused), path, [str(refused)])


def _beginning(sentences: Iterable[str]) -> str:
    """Return the first sentences, as many as a description has room for."""
    beginning = ""
    for sentence in sentences:
        longer = f"{beginning} {sentence}".lstrip()
        if beginning and len(longer) > _LONGEST_DESCRIPTION:
            break
        beginning = longer
    return beginning


def _readable(key: str) -> str:
    """Return what somebody asked for as it may stand in a line: in part if it is long, and nothing hidden in it."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in key)
    return bounded(shown, _LONGEST_KEY)


def _figures(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each figure of an occupation that there is, in words, and its source."""
    salary, jobs, outlook = found["salary"], found["jobs"], found["outlook"]
    if salary and (wages := _wages(salary)):
        yield wages, _source(salary)
    if jobs:
        yield f"{JOBS_COUNTED[JobsBasis[jobs['basis']]]}: {whole(jobs['count'])}", _source(jobs)
    if outlook and outlook["growthPercent"] is not None:
        period = calendar_years(outlook["fromYear"], outlook["toYear"])
        yield f"projected growth {period}: {plain(outlook['growthPercent'])}%", _source(outlook)
    if outlook and outlook["openingsPerYear"] is not None:
        yield f"openings a year: {whole(outlook['openingsPerYear'])}", _source(outlook)


def _wages(salary: Mapping[str, Any]) -> str:
    """Return the mean and the median by the year, or by the hour where only those are published; else nothing."""
    for period, written in WAGE_FORMATS.items():
        told = [_statistic(salary, period, statistic, written) for statistic in ("mean", "median")]
        if any(told):
            return f"{period} wage in the {salary['area']['name']}: {', '.join(filter(None, told))}"
    return ""


def _statistic(salary: Mapping[str, Any], period: str, statistic: str, written: Callable[[float], str]) -> str:
    """Return a statistic of the wages in words; nothing where it is not published, not even as a bound."""
    if salary[period] and salary[period][statistic] is not None:
        return f"{statistic} {written(salary[period][statistic])}"
    bounds = {missing["figure"]: missing["atLeast"] for missing in salary["missing"]}
    bound = bounds.get(f"{period}.{statistic}")
    return "" if bound is None else f"{statistic} at least {written(bound)}"


def _source(figures: Mapping[str, Any]) -> str:
    source = figures["source"]
    return ", ".join(filter(None, (source["name"], source["release"])))
