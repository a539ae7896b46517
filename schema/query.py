"""The query type: the entry points of the API."""

from typing import Annotated

import strawberry

from resolvers import (
    areas,
    groups,
    industries,
    job_titles,
    nodes,
    occupation_keys,
    occupations,
    rankings,
    search,
    skills,
    sources,
)
from resolvers.comparisons import sides
from resolvers.page_size import LARGEST_SIZE
from schema.areas import Area, Industry
from schema.comparisons import Comparison
from schema.connections import Connection, paged
from schema.enums import AreaKind, GroupLevel, RankingMeasure, SkillKind
from schema.fields import Argument, batch
from schema.job_titles import SLUG as SLUG_OF_TITLE
from schema.job_titles import JobTitle
from schema.nodes import Node
from schema.occupations import (
    AREA,
    SEARCH,
    WAGE_INDUSTRY,
    Occupation,
    OccupationFilter,
    OccupationGroup,
    OccupationKey,
    OccupationOrder,
    SearchMatch,
    Skill,
)
from schema.rankings import Ranking
from schema.sources import Source

LOOKUP = 5
"""The price of finding one object by its key, which takes a statement of its own."""


@strawberry.type(
    description="Occupations of the US labor market, described and compared. Start with comparison or search."
)
class Query:
    occupation: Annotated[
        Occupation | None,
        batch(
            occupation_keys.by_key,
            "The occupation with a key; null if there is none. jobTitle(slug:) says why a title has no occupation.",
            price=LOOKUP,
            by=Argument(OccupationKey, "Key of the occupation."),
        ),
    ]
    occupations: Annotated[
        Connection[Occupation] | None,
        paged(
            occupations.listing,
            "Occupations and roles, ordered by title by default. Wages and employment in the filter and the order are "
            "those in the area and the industry. If the area, the industry or a key in the filter does not exist, the "
            "field is null and an error has the code BAD_USER_INPUT.",
            filter=Argument(
                OccupationFilter | None,
                "Conditions on the occupations. Default: all occupations and roles.",
                price=200,
            ),
            order_by=Argument(OccupationOrder | None, "Order of the list. Default: title, ascending.", price=200),
            area=AREA,
            industry=WAGE_INDUSTRY,
        ),
    ]
    search: Annotated[
        list[SearchMatch] | None,
        batch(
            search.search,
            "Occupations that a text may mean, likeliest first. Titles match despite typing errors, plurals, another "
            "word order or case, abbreviations, and incomplete words; levels and terms such as senior or part time "
            "count little.",
            price=SEARCH,
            text=Argument(
                str,
                "Text to search for: a title as people write it, a text with SOC codes, or the start of one: 27-20.",
            ),
            first=Argument(int | None, f"Number of matches to return. Maximum {LARGEST_SIZE}."),
        ),
    ]
    job_title: Annotated[
        JobTitle | None,
        batch(
            job_titles.by_slug,
            "The job title with a slug; null if there is none. Singular and plural are alike. The SOC code of an "
            "occupation that is not covered leads to its title.",
            price=LOOKUP,
            slug=Argument(str, SLUG_OF_TITLE),
        ),
    ]
    job_titles: Annotated[
        list[JobTitle] | None,
        batch(
            job_titles.listing,
            "Job titles that match a text, best match first.",
            price=SEARCH,
            text=Argument(str, "Words of a job title."),
            first=Argument(int | None, f"Number of titles to return. Maximum {LARGEST_SIZE}."),
        ),
    ]
    comparison: Annotated[
        Comparison | None,
        batch(
            sides.of,
            "Two occupations side by side. If a key finds no occupation, the field is null and an error has the code "
            "NOT_FOUND; for a title it names similar ones, or says why its work is not covered.",
            price=LOOKUP,
            left=Argument(OccupationKey, "Key of the left occupation."),
            right=Argument(OccupationKey, "Key of the right occupation."),
            area=AREA,
        ),
    ]
    ranking: Annotated[
        Ranking | None,
        batch(
            rankings.of,
            "Occupations ranked by a figure, with ties within the standard errors marked. If a key finds no "
            "occupation, an error has the code NOT_FOUND and names its position.",
            price=10,
            occupations=Argument(list[OccupationKey], "Keys of 2 to 20 different occupations."),
            by=Argument(RankingMeasure, "Figure to rank by. Projections are national: they take no area or industry."),
            area=AREA,
            industry=WAGE_INDUSTRY,
        ),
    ]
    group: Annotated[
        OccupationGroup | None,
        batch(
            groups.by_code,
            "The SOC group with a code; null if there is none.",
            price=LOOKUP,
            code=Argument(str, "SOC code of the group, such as 27-0000 or 27."),
        ),
    ]
    groups: Annotated[
        list[OccupationGroup] | None,
        batch(
            groups.listing,
            "SOC groups of one level, by code.",
            size=22,
            sizes=("level", {GroupLevel.TOTAL: 1, GroupLevel.MAJOR: 22, GroupLevel.MINOR: 94, GroupLevel.BROAD: 454}),
            level=Argument(GroupLevel | None, "Level of the groups."),
        ),
    ]
    area: Annotated[
        Area | None,
        batch(
            areas.by_code,
            "The area with a code; null if there is none.",
            code=Argument(str, "Code of the area, such as US, CA or 31080."),
        ),
    ]
    areas: Annotated[
        Connection[Area] | None,
        paged(
            areas.listing,
            "Areas, by name; with a text, by relevance: states before metropolitan areas, and areas with more jobs "
            "first, where they match equally.",
            kind=Argument(AreaKind | None, "Return only areas of this type."),
            text=Argument(
                str | None,
                "Return only areas that match this text: a code, or words of a name, of a city or county in a "
                "metropolitan area, or of a nickname such as Bay Area, with or without the state. Words match despite "
                "typing errors, another order, case or accents, and incomplete words.",
                price=100,
            ),
        ),
    ]
    industry: Annotated[
        Industry | None,
        batch(
            industries.by_code,
            "The industry with a code, or the narrowest published one that contains a finer NAICS code; null if there "
            "is none.",
            code=Argument(str, "Code of the industry as NAICS or OEWS writes it, such as 31-33, 54, 5418 or 541800."),
        ),
    ]
    industries: Annotated[
        Connection[Industry] | None,
        paged(
            industries.listing,
            "Industries for which wages are published, by code; with a text, by relevance. Industries of different "
            "levels overlap.",
            text=Argument(
                str | None,
                "Return only industries that match this text: a code, the start of a code, or words of a title. Words "
                "match despite typing errors, plurals, another order or case, and incomplete words.",
                price=50,
            ),
            level=Argument(int | None, "Return only industries of this display level, from 0 to 5."),
        ),
    ]
    skill: Annotated[
        Skill | None,
        batch(
            skills.by_slug,
            "The skill with a slug; null if there is none.",
            price=LOOKUP,
            slug=Argument(str, "Slug of the skill, such as adobe-premiere."),
        ),
    ]
    skills: Annotated[
        Connection[Skill] | None,
        paged(
            skills.listing,
            "Skills, by name.",
            kind=Argument(SkillKind | None, "Return only skills of this type."),
            text=Argument(str | None, "Return only skills whose name contains this text, ignoring case.", price=500),
        ),
    ]
    sources: Annotated[list[Source] | None, batch(sources.listing, "Sources of all figures, by name.", size=40)]
    node: Annotated[
        Node | None,
        batch(
            nodes.one,
            "The object with a global id; null if there is none.",
            id=Argument(strawberry.ID, "Global id of the object."),
        ),
    ]
    nodes: Annotated[
        list[Node | None] | None,
        batch(
            nodes.many,
            "The objects with these global ids, in the same order; null for an id without an object.",
            ids=Argument(list[strawberry.ID], f"Global ids. Maximum {LARGEST_SIZE}."),
        ),
    ]
