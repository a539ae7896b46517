"""Fixtures of the resolvers' tests. The tests run on SQLite and on PostgreSQL, which must give the same results.

Besides the embedded page there is a part of a real release: the occupations of the wage tests.

The wages are those of the Occupational Employment and Wage Statistics, May 2025, as the publisher prints them, but for
the dentists', which are made up.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.database import Database
from db.models import ALL_INDUSTRIES, NATION, Area, Education, Industry, JobCount, Occupation, Outlook, Source, Wage
from db.vocabulary import AreaKind, JobsBasis, OccupationKind
from db.writing import writing
from resolvers.context import Context
from tests.conftest import COLD, Api, serving

OEWS = "oews"

OCCUPATIONS = {
    "27-2011": "Actors",
    "27-2012": "Producers and Directors",
    "27-2099": "Entertainers and Performers, Sports and Related Workers, All Other",
    "27-3031": "Public Relations Specialists",
    "27-4032": "Film and Video Editors",
    "29-1212": "Cardiologists",
    "29-1029": "Dentists, All Other Specialists",
    "25-2021": "Elementary School Teachers, Except Special Education",
}

AREAS = {
    "CA": ("California", AreaKind.STATE),
    "CT": ("Connecticut", AreaKind.STATE),
    "NY": ("New York", AreaKind.STATE),
    "12060": ("Atlanta-Sandy Springs-Roswell, GA", AreaKind.METRO),
    "25540": ("Hartford-West Hartford-East Hartford, CT", AreaKind.METRO),
    "31080": ("Los Angeles-Long Beach-Anaheim, CA", AreaKind.METRO),
    "36540": ("Omaha, NE-IA", AreaKind.METRO),
}

INDUSTRIES = {
    "512100": ("Motion Picture and Video Industries", 4),
    "516100": ("Radio and Television Broadcasting Stations", 4),
    "521100": ("Monetary Authorities-Central Bank", 4),
    "541800": ("Advertising, Public Relations, and Related Services", 4),
    "611002": ("Educational Services, State Government Owned", 4),
    "512130": ("Motion Picture and Video Exhibition", 5),
}

FIGURES = (
    "employment",
    "employment_standard_error_percent",
    "hourly_mean",
    "annual_mean",
    "wage_standard_error_percent",
)
PERCENTILES = ("p10", "p25", "median", "p75", "p90")

# SOC code, area, industry, the figures and the annual percentiles.
CELLS: list[tuple[str, str, str, tuple[float | None, ...], tuple[float, ...]]] = [
    ("27-2012", "US", ALL_INDUSTRIES, (143120, 2.9, 54.47, 113300, 1.8), (45780, 62670, 90360, 134800, 198540)),
    ("27-2012", "CA", ALL_INDUSTRIES, (34110, 11.5, 74.88, 155750, 4.4), (63570, 83110, 129790, 172410, 306850)),
    ("27-2012", "CT", ALL_INDUSTRIES, (2200, 6.8, 51.75, 107640, 4.9), (49960, 63030, 88260, 138850, 177870)),
    ("27-2012", "NY", ALL_INDUSTRIES, (27990, 4.0, 64.81, 134810, 2.9), (61960, 79700, 107550, 169260, 222580)),
    ("27-2012", "25540", ALL_INDUSTRIES, (350, 7.7, 37.26, 77490, 2.6), (46200, 49920, 71030, 84520, 124130)),
    ("27-2012", "31080", ALL_INDUSTRIES, (21910, 14.3, 76.63, 159390, 5.6), (63660, 82960, 131600, 172570, 325310)),
    ("27-2012", "US", "512100", (37700, 7.0, 64.41, 133970, 3.5), (49650, 72130, 105300, 162980, 223860)),
    ("27-2012", "US", "516100", (18570, 1.9, 38.05, 79140, 1.6), (38490, 46070, 62600, 97650, 133460)),
    ("27-2012", "US", "541800", (8240, 7.2, 59.73, 124240, 4.3), (61150, 81330, 108610, 159070, 186690)),
    ("27-2012", "US", "512130", (150, 26.2, 32.67, 67950, 11.0), (37870, 46110, 56530, 71810, 83800)),
    ("27-4032", "US", ALL_INDUSTRIES, (25610, 4.7, 41.41, 86130, 2.5), (40280, 52720, 75420, 105310, 148550)),
    ("27-4032", "CT", ALL_INDUSTRIES, (600, 17.9, 40.20, 83620, 5.6), (47560, 59050, 83550, 95720, 134390)),
    ("27-4032", "25540", ALL_INDUSTRIES, (70, 25.7, 31.18, 64860, 4.3), (39280, 48150, 62320, 82980, 90660)),
    ("27-3031", "US", ALL_INDUSTRIES, (283380, 1.1, 40.44, 84120, 1.1), (44110, 56260, 74750, 100370, 135150)),
    ("27-3031", "CA", ALL_INDUSTRIES, (32710, 2.5, 46.70, 97140, 2.2), (49550, 64460, 85030, 121180, 160520)),
    ("27-3031", "25540", ALL_INDUSTRIES, (710, 6.5, 45.39, 94420, 3.0), (53380, 63730, 87830, 112320, 158810)),
    ("27-3031", "31080", ALL_INDUSTRIES, (11910, 4.6, 43.17, 89790, 2.8), (48090, 63550, 79860, 105980, 136870)),
    ("27-3031", "US", "512100", (1650, 14.2, 48.70, 101290, 3.5), (49910, 76400, 97490, 123610, 138350)),
    ("27-3031", "US", "521100", (270, 8.3, 67.84, 141100, 3.3), (85370, 101590, 128890, 183890, 205580)),
    ("27-3031", "US", "611002", (12650, 0.5, 34.88, 72540, 1.2), (47700, 54180, 66370, 82980, 102760)),
    ("29-1212", "US", ALL_INDUSTRIES, (17290, 5.4, 218.72, 454940, 2.2), (107190, 274280, 496010, 610060, 712130)),
    ("29-1212", "CT", ALL_INDUSTRIES, (320, 26.4, 200.17, 416360, 18.2), (79730, 136670, 488940, 600870, 812490)),
    ("29-1212", "36540", ALL_INDUSTRIES, (110, 27.0, 278.34, 578940, 11.0), (239030, 496020, 619070, 715850, 736270)),
    ("25-2021", "US", ALL_INDUSTRIES, (1388390, 0.8, None, 72650, 0.4), (47960, 57710, 63970, 81450, 104340)),
]

TOP_CODED = {
    f"{period}_{statistic}": {"reason": "TOP_CODED", "at_least": bound}
    for period, bound in (("hourly", 115), ("annual", 239200))
    for statistic in ("mean", *PERCENTILES)
}


@pytest.fixture(scope="session")
def api(seeded_database: Callable[[], str]) -> Iterator[Api]:
    """The API on the embedded data."""
    with serving(seeded_database()) as served:
        yield served


@pytest.fixture(scope="session")
def paid_url(seeded_database: Callable[[], str]) -> str:
    """A database with the page's two roles and these occupations."""
    url = seeded_database()
    with writing(url) as session:
        store_pay(session)
    return url


@pytest.fixture(scope="session")
def paid(paid_url: str) -> Iterator[Api]:
    """The API on the database of ``paid_url``."""
    with serving(paid_url, **COLD) as api:
        yield api


def store_pay(session: Session) -> None:
    session.add(
        Source(
            id=OEWS,
            name="Occupational Employment and Wage Statistics",
            release="May 2025",
            license="Public domain",
            digest="0" * 64,
        )
    )
    session.add(Source(id="ep", name="Employment Projections", release="2024-34", license="-", digest="0" * 64))
    session.add_all(Area(code=code, name=name, kind=kind) for code, (name, kind) in AREAS.items())
    session.add_all(
        Industry(code=code, title=title, display_level=level) for code, (title, level) in INDUSTRIES.items()
    )
    session.flush()
    numbers = {code: store_occupation(session, code, title) for code, title in OCCUPATIONS.items()}
    for code, area, industry, figures, percentiles in CELLS:
        named = _named(figures) | _percentiles("annual", percentiles)
        missing = None if named["hourly_mean"] is not None else {"hourly_mean": {"reason": "ANNUAL_ONLY"}}
        session.add(Wage(**cell(numbers[code], area, industry), **named, missing=missing))
    actors = _named((55000, 17.7, 58.29, None, 8.4)) | _percentiles("hourly", (16.5, 20.34, 29.05, 97.95, 143.68))
    reasons = {f"annual_{name}": {"reason": "HOURLY_ONLY"} for name in ("mean", *PERCENTILES)}
    session.add(Wage(**cell(numbers["27-2011"]), **actors, missing=reasons))
    # Only the editors, who are compared with the actors, need hourly percentiles.
    session.flush()
    editors = session.get_one(Wage, (numbers["27-4032"], NATION, ALL_INDUSTRIES))
    for name, wage in _percentiles("hourly", (19.37, 25.35, 36.26, 50.63, 71.42)).items():
        setattr(editors, name, wage)
    session.add(Wage(**cell(numbers["29-1212"], "12060"), employment=910, missing=TOP_CODED))
    session.add(Wage(**cell(numbers["29-1029"], "NY"), employment=30, missing=TOP_CODED))
    session.add_all(
        Wage(**cell(numbers["29-1029"], area), employment=200, annual_mean=200_000) for area in ("36540", "31080", "CA")
    )
    session.add(Wage(**cell(numbers["29-1029"], "CT"), employment=20, annual_mean=239_200))
    for code in ("27-2012", "27-3031", "27-4032"):
        national = session.get_one(Wage, (numbers[code], NATION, ALL_INDUSTRIES))
        assert national.employment is not None
        session.add(
            JobCount(
                occupation_id=numbers[code],
                count=national.employment,
                basis=JobsBasis.WAGE_AND_SALARY,
                standard_error_percent=national.employment_standard_error_percent,
                source_id=OEWS,
            )
        )
    for code, growth in (("27-2012", 4.9), ("27-3031", 4.8)):
        session.add(
            Outlook(occupation_id=numbers[code], growth_percent=growth, from_year=2024, to_year=2034, source_id="ep")
        )
        session.add(Education(occupation_id=numbers[code], typical_entry="Bachelor's degree", source_id="ep"))


def _named(figures: tuple[float | None, ...]) -> dict[str, Any]:
    return dict(zip(FIGURES, figures, strict=True))


def _percentiles(period: str, wages: tuple[float, ...]) -> dict[str, Any]:
    return {f"{period}_{name}": wage for name, wage in zip(PERCENTILES, wages, strict=True)}


def cell(occupation: int, area: str = NATION, industry: str = ALL_INDUSTRIES) -> dict[str, Any]:
    return {"occupation_id": occupation, "area_code": area, "industry_code": industry, "source_id": OEWS}


def store_occupation(session: Session, code: str, title: str) -> int:
    occupation = Occupation(
        slug=title.lower().replace(",", "").replace(" ", "-"),
        title=title,
        code=code,
        kind=OccupationKind.DETAILED,
        group_code="27-0000",
        source_id=OEWS,
    )
    session.add(occupation)
    session.flush()
    assert occupation.id is not None
    return occupation.id


@pytest.fixture
def context(new_url: str) -> Context:
    """A context for batch functions that don't read the database. The database doesn't exist."""
    return Context(Database(new_url))
