"""Areas and industries: the dimensions of wages."""

from typing import Annotated

import strawberry

from db import models
from resolvers import global_ids
from schema.enums import AreaKind
from schema.fields import batch, described
from schema.nodes import GLOBAL_ID, Node, rows_of


@strawberry.type(description="An area for which wages are published.")
class Area(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("Area", "code"), GLOBAL_ID)]
    code: Annotated[
        str,
        described(
            "US for the nation; two letters for a state or territory, such as CA; 5 digits for a metropolitan area, "
            "such as 31080; 7 digits for a nonmetropolitan area."
        ),
    ]
    name: Annotated[str, described("Name of the area.")]
    kind: Annotated[AreaKind, described("Type of area.")]

    is_type_of = rows_of(models.Area)


@strawberry.type(description="An industry for which wages are published.")
class Industry(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("Industry", "code"), GLOBAL_ID)]
    code: Annotated[
        str,
        described(
            "OEWS industry code, based on NAICS: six characters, or 31--34 for the sectors from 31 up to but not "
            "including 34. 000000 is the total of all industries."
        ),
    ]
    title: Annotated[str, described("Title of the industry.")]
    display_level: Annotated[
        int,
        described(
            "Depth in the OEWS list of industries: 0 for all industries, 1 and 2 for ownership and sectors, 3 to 5 "
            "for finer industries."
        ),
    ]

    is_type_of = rows_of(models.Industry)
