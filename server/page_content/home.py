"""The home page: comparisons to start with, and the groups of occupations, as in web/src/home/."""

from collections.abc import Mapping, Sequence
from typing import Any

from server.page_content import figures
from server.page_content.figures import Json
from server.page_content.sources import numbered

OPERATIONS = ("ExampleComparisons", "MajorGroups")
"""The operations of web/src/home/example-comparisons.graphql and groups.graphql."""

BEST_PAID = (
    ("/best-paid", "Best-paid occupations in the United States"),
    (
        "/best-paid?area=TX&education=Bachelor%27s+degree",
        "Best-paid occupations in Texas that typically need a bachelor's degree",
    ),
    (
        "/best-paid?area=CA&education=High+school+diploma+or+equivalent",
        "Best-paid occupations in California that typically need a high school diploma or equivalent",
    ),
    ("/best-paid?industry=622000", "Best-paid occupations in Hospitals"),
)
"""The lists that web/src/home/best-paid.tsx links to."""


def content(examples: Json | None, groups: Json | None) -> Mapping[str, Any]:
    """Return the values of the template, from the answers of ``OPERATIONS``; None for one that cannot be had now."""
    majors: Sequence[Json] = (groups or {}).get("groups") or ()
    return {
        "examples": [one for one in (examples or {}).values() if one],
        "lists": BEST_PAID,
        "groups": [_group(major) for major in majors],
        "sources": numbered(("groups", "Browse by group", [*majors])),
    }


def _group(group: Json) -> Mapping[str, str]:
    total: int = figures.part(group, "occupations").get("totalCount", 0)
    return {
        "code": group["code"],
        "title": group["title"].removesuffix(" Occupations"),
        "roles": figures.plural(total, "role"),
    }
