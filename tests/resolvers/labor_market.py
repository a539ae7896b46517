"""Hand-made databases of wage cells, as a survey of a small country would publish them. All figures are made up."""

from typing import Any

from sqlalchemy.orm import Session

from db.models import ALL_INDUSTRIES, NATION, Area, Industry, Occupation, OccupationGroup, Source, Wage
from db.vocabulary import AreaKind, GroupLevel, OccupationKind
from tests.conftest import Api

SURVEY, PAGE = "survey", "page"
"""The ids of two sources."""


def store_surroundings(session: Session) -> None:
    """Store what every wage cell refers to: sources, a group, the nation and all industries."""
    session.add_all(
        Source(id=name, name=f"Test {name}", license="Public domain", digest="0" * 64) for name in (SURVEY, PAGE)
    )
    session.add(OccupationGroup(code="27-0000", title="Arts", level=GroupLevel.MAJOR))
    session.add(Area(code=NATION, name="United States", kind=AreaKind.NATION))
    session.add(Industry(code=ALL_INDUSTRIES, title="All industries"))
    session.flush()


def store_occupation(session: Session, slug: str) -> int:
    """Store an occupation with its capitalized slug as its title."""
    title = slug.capitalize()
    occupation = Occupation(
        slug=slug, title=title, kind=OccupationKind.DETAILED, group_code="27-0000", source_id=SURVEY
    )
    session.add(occupation)
    session.flush()
    assert occupation.id is not None
    return occupation.id


def cell(
    occupation: int, area: str = NATION, industry: str = ALL_INDUSTRIES, source_id: str = SURVEY, **figures: Any
) -> Wage:
    """Return a wage cell."""
    return Wage(occupation_id=occupation, area_code=area, industry_code=industry, source_id=source_id, **figures)


def compare(api: Api, selection: str, left: str = "bakers", right: str = "cooks") -> dict[str, Any]:
    """Return the comparison of two occupations, given their slugs."""
    query = f"""query ($left: String!, $right: String!) {{
        comparison(left: {{slug: $left}}, right: {{slug: $right}}) {{ {selection} }}
    }}"""
    found: dict[str, Any] = api.data(query, {"left": left, "right": right})["comparison"]
    return found
