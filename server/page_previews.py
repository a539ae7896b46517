"""Page previews: the title, description and text that a page has without scripts, for search engines and links."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from db.models import NATION
from db.vocabulary import JobsBasis
from resolvers.comparisons.formatting import (
    DECIMALS_OF_PROJECTIONS,
    JOBS_COUNTED,
    WAGE_FORMATS,
    area_in_sentence,
    calendar_years,
    plain,
    whole,
)
from server.responses import Refused
from server.telemetry.logs import bounded

_SITE = "Rolegraph"
_MAX_DESCRIPTION_LENGTH = 300
"""Characters of a description, unless its first sentence is longer. Few search engines show more."""
_MAX_KEY_LENGTH = 80
"""Characters that are repeated of an unknown key."""

COMPARISON = """
query ComparisonPreview($left: OccupationKey!, $right: OccupationKey!, $area: String!) {
  comparison(left: $left, right: $right, area: $area) {
    left { slug title description }
    right { slug title description }
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
    description
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
    """The values that a page's template needs."""

    title: str
    description: str
    canonical: str
    """The path of the page, with a query for an area."""
    sentences: Sequence[str]


_HOME = (
    "Compare any two occupations of the US labor market: pay, jobs, growth, education and skills.",
    "Every difference has its source and says whether it is statistically significant.",
    "Missing figures are marked as missing and never made up.",
)
HOME = Preview(f"{_SITE}: any two occupations side by side", " ".join(_HOME), "/", _HOME)


def of_comparison(found: Mapping[str, Any]) -> Preview:
    """Return the preview of a comparison, from the data of ``COMPARISON``: its summary, and what each side does."""
    left, right, area = found["left"], found["right"], found["area"]
    elsewhere = area["code"] != NATION
    where = f" in {area_in_sentence(area['name'])}" if elsewhere else ""
    query = f"?{urlencode({'area': area['code']})}" if elsewhere else ""
    return Preview(
        f"{left['title']} vs {right['title']}: pay{where}, jobs, skills | {_SITE}",
        _beginning(found["summary"]),
        f"/compare/{left['slug']}/{right['slug']}{query}",
        [*found["summary"], *_described(left, right)],
    )


def of_occupation(found: Mapping[str, Any]) -> Preview:
    """Return the preview of an occupation, from the data of ``OCCUPATION``: what it does, and its figures by source."""
    title = found["title"]
    by_source = groupby(_figures(found), key=lambda figure: figure[1])
    stated = [f"{'; '.join(text for text, _ in figures)} ({source})." for source, figures in by_source]
    first, *others = stated or ["no published pay, employment or growth."]
    sentences = [f"{title}, {first}", *(f"{other[0].upper()}{other[1:]}" for other in others)]
    path = f"/occupation/{found['slug']}"
    shown = [*_described(found), *sentences]
    return Preview(f"{title}: pay, outlook, skills | {_SITE}", _beginning(sentences), path, shown)


def of_missing(path: str, subject: str, keys: Sequence[str]) -> Preview:
    """Return the preview of a page about unknown occupations or an unknown area, with the requested keys."""
    named = " or ".join(f'"{_readable(key)}"' for key in keys)
    sentence = f"There is no {subject} {named}."
    return Preview(f"No {subject} {named} | {_SITE}", sentence, path, [sentence])


_REFUSALS = {
    "RATE_LIMITED": "Too many requests",
    "EXECUTION_TIMEOUT": "The request timed out",
    "OVERLOADED": "The server is at capacity",
    "DATABASE_UNAVAILABLE": "The database cannot be reached",
    "DATA_CHANGING": "The data is being replaced",
}


def of_refusal(path: str, refused: Refused) -> Preview:
    """Return the preview of a page whose operation is refused."""
    title = _REFUSALS.get(refused.codes[0], "This page cannot be shown")
    return Preview(f"{title} | {_SITE}", str(refused), path, [str(refused)])


def _beginning(sentences: Iterable[str]) -> str:
    """Return the first sentences, up to the length of a description."""
    beginning = ""
    for sentence in sentences:
        longer = f"{beginning} {sentence}".lstrip()
        if beginning and len(longer) > _MAX_DESCRIPTION_LENGTH:
            break
        beginning = longer
    return beginning


def _readable(key: str) -> str:
    """Return a requested key for display: cut if it is long, without control characters."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in key)
    return bounded(shown, _MAX_KEY_LENGTH)


def _described(*occupations: Mapping[str, Any]) -> Iterator[str]:
    """Yield the title and description of each occupation that has one."""
    for occupation in occupations:
        if occupation["description"]:
            yield f"{occupation['title']}: {occupation['description']}"


def _figures(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each published figure of an occupation, as text, with its source."""
    salary, jobs, outlook = found["salary"], found["jobs"], found["outlook"]
    if salary and (wages := _wages(salary)):
        yield wages, _source(salary)
    if jobs:
        yield f"{JOBS_COUNTED[JobsBasis[jobs['basis']]]}: {whole(jobs['count'])}", _source(jobs)
    if outlook and outlook["growthPercent"] is not None:
        period = calendar_years(outlook["fromYear"], outlook["toYear"])
        rate = outlook["growthPercent"]
        # Only the Employment Projections state a period.
        written = plain(rate) if outlook["fromYear"] is None else f"{rate:,.{DECIMALS_OF_PROJECTIONS}f}"
        yield f"projected growth {period}: {written}%", _source(outlook)
    if outlook and outlook["openingsPerYear"] is not None:
        yield f"openings a year: {whole(outlook['openingsPerYear'])}", _source(outlook)


def _wages(salary: Mapping[str, Any]) -> str:
    """Return the annual mean and median, or the hourly ones if only those are published; else an empty string."""
    for period, written in WAGE_FORMATS.items():
        stated = [_statistic(salary, period, statistic, written) for statistic in ("mean", "median")]
        if any(stated):
            return f"{period} wage in the {salary['area']['name']}: {', '.join(filter(None, stated))}"
    return ""


def _statistic(salary: Mapping[str, Any], period: str, statistic: str, written: Callable[[float], str]) -> str:
    """Return a wage statistic as text; an empty string if neither a value nor a lower bound is published."""
    if salary[period] and salary[period][statistic] is not None:
        return f"{statistic} {written(salary[period][statistic])}"
    bounds = {missing["figure"]: missing["atLeast"] for missing in salary["missing"]}
    bound = bounds.get(f"{period}.{statistic}")
    return "" if bound is None else f"{statistic} at least {written(bound)}"


def _source(figures: Mapping[str, Any]) -> str:
    source = figures["source"]
    return ", ".join(filter(None, (source["name"], source["release"])))
