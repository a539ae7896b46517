"""Page previews: the title, description and linked data of a page, for search engines and links, and its notes."""

import re
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
    capitalized,
    plain,
    whole,
)
from server import linked_data
from server.page_content import best_paid, several
from server.page_content.best_paid import Choice
from server.responses import Refused
from server.telemetry.logs import bounded

_SITE = "Rolegraph"
_MAX_DESCRIPTION_LENGTH = 300
"""Characters of a description, unless its first sentence is longer. Few search engines show more."""
_MAX_KEY_LENGTH = 80
"""Characters that are repeated of an unknown key."""

ROLES = """
query Roles($left: OccupationKey!, $right: OccupationKey!, $third: OccupationKey!, $fourth: OccupationKey!) {
  left: occupation(by: $left) { slug }
  right: occupation(by: $right) { slug }
  third: occupation(by: $third) { slug }
  fourth: occupation(by: $fourth) { slug }
}
"""

ROLE = """
query Role($by: OccupationKey!) { occupation(by: $by) { slug title } }
"""

TITLES = """
query Titles($left: String!, $right: String!) {
  left: jobTitle(slug: $left) { title notCovered occupation { slug title } others { slug title } }
  right: jobTitle(slug: $right) { title notCovered occupation { slug title } others { slug title } }
}
"""

SUGGESTIONS = """
query Suggestions($left: String!, $right: String!, $both: Boolean!) {
  left: search(text: $left, first: 5) { matchedTitle occupation { slug title } }
  right: search(text: $right, first: 5) @include(if: $both) { matchedTitle occupation { slug title } }
}
"""

PLACES = {
    "area": """
query SuggestedAreas($text: String!) {
  places: areas(text: $text, first: 3) { nodes { code name } }
}
""",
    "industry": """
query SuggestedIndustries($text: String!) {
  places: industries(text: $text, first: 3) { nodes { code name: title } }
}
""",
}
"""By the name in the page's address."""

_MOST_OTHERS = 5
"""The number of other occupations of a job title that a note names."""

SUGGESTED = 3
"""The number of suggestions for an unknown occupation."""


class Part(NamedTuple):
    """A part of a note: text, and the address that it links to, if it is a link."""

    text: str
    href: str = ""


class Problem(NamedTuple):
    """Why an address names nothing, and the way out."""

    text: str
    exit: Part


class Preview(NamedTuple):
    """What a page says about itself and its address."""

    title: str
    description: str
    canonical: str
    """The path of the page, with a query for an area."""
    notes: Sequence[Sequence[Part]] = ()
    """What the page says about its address, with links."""
    left_out: Sequence[Sequence[Part]] = ()
    """What it says on top of job titles that a redirect has left out of its address, with links."""
    problem: Problem | None = None
    """Set if the page is not found."""
    linked: Mapping[str, Any] | None = None
    """What the page says in schema.org's terms."""
    picture: Part | None = None
    """What a picture of the page shows, and its path."""


_HOME = (
    "Compare any two occupations of the US labor market: pay, jobs, growth, education and skills.",
    "Every difference has its source and says whether it is statistically significant.",
    "Missing figures are marked as missing and never made up.",
)
HOME = Preview(f"{_SITE}: any two occupations side by side", " ".join(_HOME), "/")


def of_comparison(found: Mapping[str, Any], also: Sequence[Mapping[str, Any]] = ()) -> Preview:
    """Return the preview of a comparison. Notes say which occupations its job titles are counted in.

    ``also`` are job titles that the page's address has left out, from the data of ``TITLES``.
    """
    left, right, area = found["left"], found["right"], found["area"]
    elsewhere = area["code"] != NATION
    where = f" in {area_in_sentence(area['name'])}" if elsewhere else ""
    query = f"?{urlencode({'area': area['code']})}" if elsewhere else ""
    # Of two titles of one occupation, and of a title twice, nothing is said twice.
    titles = {title["title"]: title for title in (found["leftTitle"], found["rightTitle"]) if title}
    return Preview(
        f"{left['title']} vs {right['title']}: pay{where}, jobs, skills | {_SITE}",
        _beginning(found["summary"]),
        f"/compare/{left['slug']}/{right['slug']}{query}",
        [_title_note(title) for title in titles.values()],
        [*_left_out_notes(also, [*titles.values()], (left, right))],
        linked=linked_data.of_occupations(*({side["slug"]: side for side in (left, right)}.values())),
        picture=_picture(f"{left['title']} and {right['title']}", f"/compare/{left['slug']}/{right['slug']}", query),
    )


def of_several(
    content: several.Content, titles: Sequence[Mapping[str, Any]], also: Sequence[Mapping[str, Any]] = ()
) -> Preview:
    """Return the preview of several occupations, which has the figures of their ranks.

    ``titles`` are the job titles in the page's address, and ``also`` those that it has left out, from the data of
    ``TITLES``.
    """
    roles, area = content.roles, content.area
    elsewhere = area["code"] != NATION
    where = f" in {area_in_sentence(area['name'])}" if elsewhere else ""
    query = f"?{urlencode({'area': area['code']})}" if elsewhere else ""
    names = [role["title"] for role in roles]
    stated = [several.sentence(row, names) for row in content.rows if row.is_ranked]
    return Preview(
        f"{' vs '.join(names)}: pay{where}, jobs, growth | {_SITE}",
        _beginning(stated),
        f"/compare/{'/'.join(role['slug'] for role in roles)}{query}",
        [_title_note(title) for title in titles],
        [*_left_out_notes(also, titles, roles)],
        linked=linked_data.of_occupations(*roles),
        # A picture has room for two.
        picture=_picture(" and ".join(names[:2]), f"/compare/{roles[0]['slug']}/{roles[1]['slug']}", query),
    )


def moved(path: str) -> Preview:
    """Return the preview of a page whose address has another path, which is never shown."""
    return Preview("", "", path)


def of_one(path: str, occupation: Mapping[str, Any], title: Mapping[str, Any] | None) -> Preview:
    """Return the preview of a comparison of one occupation, with links to the picker of the other one and to its page.

    ``title`` is the job title of the address, if that is not the occupation's, from the data of ``TITLES``.
    """
    sentence = f"A comparison takes two roles; this address has one, {occupation['title']}."
    choose = Part("Choose the second role", f"/?{urlencode({'left': occupation['slug']})}")
    page = [Part("All figures of "), _occupation_link(occupation), Part(".")]
    notes = [_title_note(title), page] if title else [page]
    return Preview(f"One role | {_SITE}", sentence, path, notes, problem=Problem(sentence, choose))


def of_too_many(path: str, most: int, number: int, first: str) -> Preview:
    """Return the preview of a page for more occupations than one page compares, with a link to the first of them."""
    sentence = f"A page compares {most} roles at most; this address has {number}."
    return Preview(
        f"Too many roles | {_SITE}", sentence, path, problem=Problem(sentence, Part("Compare the first 4", first))
    )


def of_occupation(found: Mapping[str, Any], title: Mapping[str, Any] | None = None) -> Preview:
    """Return the preview of an occupation, which has its figures by source.

    ``title`` is the job title of the page's address, if that is not the occupation's, from the data of ``TITLES``.
    """
    name = found["title"]
    by_source = groupby(_figures(found), key=lambda figure: figure[1])
    stated = [f"{'; '.join(text for text, _ in figures)} ({source})." for source, figures in by_source]
    first, *others = stated or ["no published pay, employment or growth."]
    sentences = [f"{name}, {first}", *(capitalized(other) for other in others)]
    path = f"/occupation/{found['slug']}"
    notes = [_title_note(title)] if title else []
    linked, picture = linked_data.of_occupations(found), _picture(name, path)
    heading = f"{name}: pay, outlook, skills | {_SITE}"
    return Preview(heading, _beginning(sentences), path, notes, linked=linked, picture=picture)


def _picture(titles: str, path: str, query: str = "") -> Part:
    return Part(f"Wages, projected growth and openings of {titles}", f"{path}.png{query}")


_SCOPE = "Wages and jobs are of wage-and-salary workers, without the self-employed."


def of_best_paid(found: Mapping[str, Any], chosen: Choice) -> Preview:
    """Return the preview of a list of occupations, with the first of them."""
    page, order, heading = found["occupations"], chosen.list_order, best_paid.heading(found, chosen)
    parts = [(node["title"], node[order.part]) for node in page["nodes"]]
    first = [
        f"{number}. {title}: {order.written(order.read(part))}."
        for number, (title, part) in enumerate(parts, chosen.place)
    ]
    sentences = [f"{heading}: {whole(page['totalCount'])} occupations.", *first, _SCOPE]
    return Preview(f"{heading} | {_SITE}", _beginning(sentences), best_paid.address(found, chosen))


def of_refused_list(path: str, unknown: Mapping[str, str], message: str, notes: Sequence[Sequence[Part]]) -> Preview:
    """Return the preview of a list that its address names wrongly.

    ``unknown`` has the values of the unknown area and industry, by these names. ``message`` is the error's, which is
    shown, without the argument that pages do not have, if both are known.
    """
    problem = " ".join(f'There is no {name} "{_readable(value)}".' for name, value in unknown.items())
    problem = problem or capitalized(_ARGUMENT.sub("", message))
    way_out = Part("Show the whole nation and all industries", "/best-paid")
    return Preview(f"No such list | {_SITE}", problem, path, notes, problem=Problem(problem, way_out))


def _title_note(title: Mapping[str, Any]) -> Sequence[Part]:
    """Say which occupation a job title is counted in, and which others it may be, with links to them."""
    occupation = _occupation_link(title["occupation"])
    counted = [
        Part(f"{capitalized(title['title'])} is a job title that public figures count in "),
        occupation,
        Part("."),
    ]
    if not title["others"]:
        return counted
    others = [_occupation_link(other) for other in title["others"][:_MOST_OTHERS]]
    if more := len(title["others"]) - len(others):
        others.append(Part(f"{more} more"))
    return [*counted, Part(" It may also be counted in "), *_alternatives(others), Part(".")]


def _left_out_notes(
    left_out: Sequence[Mapping[str, Any]], titles: Sequence[Mapping[str, Any]], occupations: Sequence[Mapping[str, Any]]
) -> Iterator[Sequence[Part]]:
    """Say of job titles that an address has left out which of the page's occupations they are counted in."""
    slugs = {occupation["slug"] for occupation in occupations}
    kept = {title["occupation"]["slug"]: title["title"] for title in titles}
    for title in left_out:
        occupation, name = title["occupation"], capitalized(title["title"])
        if occupation["slug"] not in slugs or title["title"] in {one["title"] for one in titles}:
            continue
        if other := kept.get(occupation["slug"]):
            counted = f"{capitalized(other)} and {name} are both counted in "
            yield [Part(counted), _occupation_link(occupation), Part(", so they are one role here.")]
        else:
            yield [Part(f"{name} is counted in "), _occupation_link(occupation), Part(", which is here already.")]


def _occupation_link(occupation: Mapping[str, Any]) -> Part:
    return Part(occupation["title"], f"/occupation/{occupation['slug']}")


def _alternatives(links: Sequence[Part]) -> Iterator[Part]:
    """Join links: "a", "a or b", "a, b or c", or "a, of b; c" where a title has a comma."""
    separator = "; " if any("," in link.text for link in links) else ", "
    for place, link in enumerate(links, start=1):
        yield link
        if place < len(links):
            yield Part(" or " if place == len(links) - 1 and separator == ", " else separator)


def of_missing(
    path: str, subject: str, keys: Sequence[str], way_out: Part, notes: Sequence[Sequence[Part]] = ()
) -> Preview:
    """Return the preview of a page about unknown occupations or an unknown area, with the requested keys."""
    named = " or ".join(f'"{_readable(key)}"' for key in keys)
    sentence = f"There is no {subject} {named}."
    return Preview(f"No {subject} {named} | {_SITE}", sentence, path, notes, problem=Problem(sentence, way_out))


_ARGUMENT = re.compile(r'^Argument "[^"]*": ')


def not_covered_note(title: Mapping[str, Any]) -> Sequence[Part]:
    """Say why a job title has no occupation."""
    return [Part(f"{capitalized(title['title'])}: {title['notCovered']}")]


def suggestion_note(key: str, links: Sequence[Part]) -> Sequence[Part]:
    """Suggest what an unknown occupation, area or industry can mean."""
    return [Part(f'Similar to "{_readable(key)}": '), *_alternatives(links), Part(".")]


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
    return Preview(f"{title} | {_SITE}", str(refused), path)


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
