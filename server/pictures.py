"""``GET /compare/<a>/<b>.png`` and ``GET /occupation/<a>.png``: pictures of pages, for links in chats and networks.

A picture has the figures of its page in few words. They come from a document, as those of the page do.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from db.deadline import deadline
from db.models import NATION
from db.vocabulary import JobsBasis
from resolvers import caveats
from resolvers.comparisons.arithmetic import Figure, rounding_decides
from resolvers.comparisons.formatting import (
    DECIMALS_OF_PROJECTIONS,
    JOBS_COUNTED,
    WAGE_FORMATS,
    capitalized,
    closed,
    plain,
    whole,
)
from server.downloads import comparison_path, occupation_path, or_refusal, redirect_to_canonical, tag_of, unless_known
from server.drawings import PRICE, Address
from server.operations import charged
from server.pages import Found, area_of, find_comparison, find_occupation
from server.picture_drawing import Fact, Picture, Wage, drawn
from server.service import Service

Json = Mapping[str, Any]

_PICTURED = """
fragment Pictured on Occupation {
  slug
  title
  kind
  salary(area: $area) {
    area { name }
    annual { ...Pay }
    hourly { ...Pay }
    wageStandardErrorPercent
    missing { figure atLeast }
  }
  jobs { count basis }
  outlook { growthPercent fromYear toYear openingsPerYear }
}

fragment Pay on Wages { mean median p10 p90 range { low high basis } }
"""

COMPARISON = (
    _PICTURED
    + """
query ComparisonPicture($left: OccupationKey!, $right: OccupationKey!, $area: String!) {
  comparison(left: $left, right: $right, area: $area) {
    left { ...Pictured }
    right { ...Pictured }
    leftTitle { title }
    rightTitle { title }
    area { name }
    salary {
      annualMean { ...Compared }
      hourlyMean { ...Compared }
      percentiles { percentile difference { unit ...Compared } }
    }
  }
}

fragment Compared on Difference { left right higher verdict }
"""
)

OCCUPATION = (
    _PICTURED
    + """
query OccupationPicture($by: OccupationKey!, $area: String!) {
  occupation(by: $by) {
    ...Pictured
    education { typicalEntry }
  }
}
"""
)

_ENDS = {"P10_TO_P90": "10th to 90th percentile", "AS_PUBLISHED": "published range"}


async def comparison(request: Request) -> Response:
    """Answer with the picture of a comparison, as its page's path names it."""

    def find() -> Awaitable[Found]:
        return find_comparison(request, COMPARISON)

    return await or_refusal(request, _picture(request, find, comparison_path, compared))


async def occupation(request: Request) -> Response:
    """Answer with the picture of an occupation, as its page's path names it."""

    def find() -> Awaitable[Found]:
        return find_occupation(request, OCCUPATION, {"area": area_of(request) or NATION})

    return await or_refusal(request, _picture(request, find, occupation_path, described))


async def _picture(
    request: Request,
    find: Callable[[], Awaitable[Found]],
    path: Callable[[Found], str | None],
    shown: Callable[[Json], Picture],
) -> Response:
    """Return a picture, which is drawn and charged unless it is kept, or a redirect to its canonical path."""
    service: Service = request.app.state.service
    drawings, timeout = service.drawings, service.settings.execution_timeout
    charge = await charged(request)
    address = Address(request.scope["path"], request.query_params.get("area", ""), await service.data_version.now())
    drawing = drawings.kept(address)
    if drawing is None:
        with drawings.limit, deadline(timeout):
            found = await find()
            if redirect := redirect_to_canonical(request, path(found)):
                return redirect
            # The largest cost of an operation is never above the rate limit.
            await charge.operation(min(PRICE, service.settings.max_cost))
            drawing = await drawings.drawn(address, tag_of(request, found), lambda: drawn(shown(found.value)))
    return unless_known(request, drawing.tag, lambda: Response(drawing.png, media_type="image/png"))


def compared(found: Json) -> Picture:
    """Return what the picture of a comparison shows, from the data of ``COMPARISON``."""
    sides, salary = (found["left"], found["right"]), found["salary"]
    is_hourly = salary is not None and salary["percentiles"][0]["difference"]["unit"] == "DOLLARS_PER_HOUR"
    period = "hourly" if is_hourly else "annual"
    statistic = _statistic(sides, period)
    return Picture(
        **_shown(sides, found["area"]["name"], period, statistic),
        sentence=_ahead(sides, salary, period, statistic),
    )


def described(found: Json) -> Picture:
    """Return what the picture of an occupation shows, from the data of ``OCCUPATION``."""
    salary, education = found["salary"], found["education"]
    period = "annual" if salary is None or salary["annual"] or not salary["hourly"] else "hourly"
    entry = education and education["typicalEntry"]
    return Picture(
        **_shown([found], salary["area"]["name"] if salary else "", period, _statistic([found], period)),
        sentence=f"Typical education for entry: {entry}." if entry else "",
    )


def _shown(sides: Sequence[Json], place: str, period: str, statistic: str) -> dict[str, Any]:
    wages = [_wage(side["salary"], period, statistic) for side in sides]
    unit = "year" if period == "annual" else "hour"
    return {
        "titles": [side["title"] for side in sides],
        "heading": ", ".join(filter(None, (f"{statistic.capitalize()} wage per {unit}", place))),
        "wages": wages,
        "is_yearly": period == "annual",
        "legend": _legend(wages, statistic),
        "facts": [_growth(sides), _openings(sides)],
    }


def _statistic(sides: Sequence[Json], period: str) -> str:
    """Return the statistic of the large figures: the median, unless all sides only have a mean."""

    def of_all(statistic: str) -> bool:
        return all(_figure(side["salary"], f"{period}.{statistic}")[0] is not None for side in sides)

    return "mean" if of_all("mean") and not of_all("median") else "median"


def _figure(salary: Json | None, figure: str) -> tuple[float | None, bool]:
    """Return a wage by its path, such as annual.median, or else its lower bound; and whether it is that."""
    if salary is None:
        return None, False
    period, statistic = figure.split(".")
    value = salary[period] and salary[period][statistic]
    if value is not None:
        return value, False
    bounds = {missing["figure"]: missing["atLeast"] for missing in salary["missing"]}
    return bounds.get(figure), True


def _wage(salary: Json | None, period: str, statistic: str) -> Wage:
    middle, is_bound = _figure(salary, f"{period}.{statistic}")
    figure = None if middle is None else WAGE_FORMATS[period](middle) + ("+" if is_bound else "")
    if salary and salary[period] and (published := salary[period]["range"]):
        return Wage(figure, middle, published["low"], published["high"], _ENDS[published["basis"]])
    low, high = (_figure(salary, f"{period}.{end}") for end in ("p10", "p90"))
    return Wage(figure, middle, low[0], high[0], _ENDS["P10_TO_P90"], is_open=high[1])


def _legend(wages: Sequence[Wage], statistic: str) -> str:
    """Say what the bars and the lines in them stand for."""
    ends = [wage.ends for wage in wages if wage.has_bar]
    parts = list[str]()
    if ends:
        parts.append(f"Bars: {ends[0]}." if len({*ends}) == 1 else f"Bars: {ends[0]} above, {ends[1]} below.")
    if any(wage.middle is not None for wage in wages):
        parts.append(f"Lines: {statistic}.")
    if any(wage.has_bar and wage.is_open for wage in wages):
        parts.append("Stripes: above the highest published wage.")
    return " ".join(parts)


def _growth(sides: Sequence[Json]) -> Fact:
    outlooks = [side["outlook"] for side in sides]
    periods = {(each["fromYear"], each["toYear"]) for each in outlooks if each and each["growthPercent"] is not None}
    name = "Projected growth"
    if len(periods) == 1 and None not in (years := periods.pop()):
        name += f", {years[0]} to {years[1]}"
    return Fact(name, [_rate(each) for each in outlooks])


def _rate(outlook: Json | None) -> str | None:
    if outlook is None or outlook["growthPercent"] is None:
        return None
    rate = outlook["growthPercent"]
    # Only the Employment Projections state a period.
    written = plain(rate) if outlook["fromYear"] is None else f"{rate:,.{DECIMALS_OF_PROJECTIONS}f}"
    return f"{'+' if rate > 0 else ''}{written}%"


def _openings(sides: Sequence[Json]) -> Fact:
    """Return the openings of each side; the jobs if no side has openings, and all count the same."""
    openings = [side["outlook"] and side["outlook"]["openingsPerYear"] for side in sides]
    bases = {side["jobs"]["basis"] for side in sides if side["jobs"]}
    if len(bases) == 1 and all(number is None for number in openings):
        counts = [side["jobs"] and whole(side["jobs"]["count"]) for side in sides]
        return Fact(capitalized(JOBS_COUNTED[JobsBasis[bases.pop()]]), counts)
    # Openings below half of the rounding are published as 0.
    written = [None if number is None else whole(number) if number else f"under {_LEAST}" for number in openings]
    return Fact("Openings per year, replacements included", written)


_LEAST = caveats.ROUNDING_OF_PROJECTIONS // 2


def _ahead(sides: tuple[Json, Json], salary: Json | None, period: str, statistic: str) -> str:
    """Say who is ahead by wages."""
    left, right = sides
    if left["slug"] == right["slug"]:
        return f"Both are one occupation: {left['title']}."
    unpublished = [side["title"] for side in sides if _figure(side["salary"], f"{period}.{statistic}")[0] is None]
    if salary is None or unpublished:
        sides_without = unpublished[0] if len(unpublished) == 1 else "either occupation"
        return f"No {statistic} {period} wage is published for {sides_without}."
    mean = salary[f"{period}Mean"]
    shown = mean if statistic == "mean" else salary["percentiles"][_MEDIAN]["difference"]
    if mean["verdict"] != "NOT_TESTABLE" and not _rounding_decides(mean, left, right):
        return _tested(mean, shown["higher"], sides)
    if shown["higher"] is None:
        return f"The {statistic} wages cannot be compared."
    if shown["higher"] == "EQUAL":
        return f"The published {statistic} wage is the same for both."
    return f"The published {statistic} wage is higher for {_side(sides, shown['higher'])['title']}."


_MEDIAN = 2
"""The place of the median among the percentiles of a comparison."""


def _tested(mean: Json, shown_higher: str, sides: tuple[Json, Json]) -> str:
    """Say the result of the test of the means, and where the large figures are in the other order."""
    if mean["verdict"] == "NOT_SIGNIFICANT":
        return "There is no clear difference in the mean wage: it may be due to chance."
    ahead = _side(sides, mean["higher"])
    verb = "earn" if ahead["kind"] == "DETAILED" else "earns"
    earn = f"{closed(ahead['title'])} {verb} more by the mean wage"
    if shown_higher in ("LEFT", "RIGHT") and shown_higher != mean["higher"]:
        return f"{earn}; the published median is higher for {_side(sides, shown_higher)['title']}."
    return f"{earn}, a statistically significant difference."


def _side(sides: tuple[Json, Json], name: str) -> Json:
    return sides[0] if name == "LEFT" else sides[1]


def _rounding_decides(mean: Json, left: Json, right: Json) -> bool:
    """Whether the verdict depends on the rounding of the published standard errors."""
    figures = [
        Figure("mean", value, None, side["salary"]["wageStandardErrorPercent"])
        for value, side in ((mean["left"], left), (mean["right"], right))
    ]
    return rounding_decides(mean["left"] - mean["right"], *figures)
