"""What can be asked."""

from typing import Annotated

import strawberry

from resolvers import areas, groups, nodes, occupations, rankings, search, skills, sources
from resolvers.comparisons import sides
from resolvers.connections import LARGEST_SIZE
from schema.areas import Area
from schema.comparisons import Comparison
from schema.connections import AFTER, BEFORE, FIRST, LAST, Connection
from schema.enums import AreaKind, GroupLevel, SkillKind
from schema.fields import Argument, batch
from schema.occupations import (
    AREA,
    Node,
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


@strawberry.type(description="Occupations described and compared. Start with comparison, or with search.")
class Query:
    occupation: Annotated[
        Occupation | None,
        batch(
            occupations.by_key, "One occupation; null where there is none.", by=Argument(OccupationKey, "Which one.")
        ),
    ]
    occupations: Annotated[
        Connection[Occupation],
        batch(
            occupations.listing,
            "Occupations and roles, by title unless ordered otherwise.",
            filter=Argument(OccupationFilter | None, "What they must be like."),
            order_by=Argument(OccupationOrder | None, "How they are ordered."),
            first=FIRST,
            after=AFTER,
            last=LAST,
            before=BEFORE,
        ),
    ]
    search: Annotated[
        list[SearchMatch],
        batch(
            search.search,
            "Occupations by what people type, best match first and of equal ones the largest; mistakes, plurals, word "
            "order and letter case don't matter, and parts of words and of titles are found, too.",
            text=Argument(str, "What to look for: words, or a SOC code or the start of one, such as 27-20."),
            first=Argument(int | None, f"How many to return, at most {LARGEST_SIZE}."),
        ),
    ]
    comparison: Annotated[
        Comparison | None,
        batch(
            sides.of,
            "Two occupations side by side; null, with an error whose code is NOT_FOUND, where there is none on a side.",
            left=Argument(OccupationKey, "The left side."),
            right=Argument(OccupationKey, "The right side."),
            area=AREA,
        ),
    ]
    ranking: Annotated[
        Ranking,
        batch(
            rankings.of,
            "Occupations by mean annual wage, with those ties marked that standard errors leave open; an error whose "
            "code is NOT_FOUND, naming the positions, where there is none.",
            occupations=Argument(list[OccupationKey], "Which ones: 2 to 20, each once."),
            area=AREA,
        ),
    ]
    group: Annotated[
        OccupationGroup | None,
        batch(groups.by_code, "One SOC group; null where there is none.", code=Argument(str, "Its code: 27-0000.")),
    ]
    groups: Annotated[
        list[OccupationGroup],
        batch(
            groups.listing,
            "The SOC groups of one level, by code.",
            level=Argument(GroupLevel | None, "Which level."),
        ),
    ]
    area: Annotated[
        Area | None, batch(areas.by_code, "One area; null where there is none.", code=Argument(str, "Its code: US."))
    ]
    areas: Annotated[
        Connection[Area],
        batch(
            areas.listing,
            "Areas, by name.",
            kind=Argument(AreaKind | None, "Only this kind."),
            text=Argument(str | None, "Only those whose name contains this, in any letter case."),
            first=FIRST,
            after=AFTER,
        ),
    ]
    skill: Annotated[
        Skill | None,
        batch(skills.by_slug, "One skill; null where there is none.", slug=Argument(str, "Its slug: adobe-premiere.")),
    ]
    skills: Annotated[
        Connection[Skill],
        batch(
            skills.listing,
            "Skills, by name.",
            kind=Argument(SkillKind | None, "Only this kind."),
            text=Argument(str | None, "Only those whose name contains this, in any letter case."),
            first=FIRST,
            after=AFTER,
        ),
    ]
    sources: Annotated[list[Source], batch(sources.listing, "Where all figures come from, by name.")]
    node: Annotated[
        Node | None,
        batch(
            nodes.one, "An object by its global id; null where there is none.", id=Argument(strawberry.ID, "The id.")
        ),
    ]
    nodes: Annotated[
        list[Node | None],
        batch(
            nodes.many,
            "Objects by their global ids, in the same order; null where there is none.",
            ids=Argument(list[strawberry.ID], f"The ids, at most {LARGEST_SIZE}."),
        ),
    ]
