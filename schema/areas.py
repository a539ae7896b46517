"""Areas and industries: the dimensions of wages."""

from typing import Annotated

import strawberry

from db import models
from resolvers import global_ids, price_parities
from schema.enums import AreaKind
from schema.fields import batch, described
from schema.missing import MissingFigure
from schema.nodes import GLOBAL_ID, Node, rows_of
from schema.sources import Source


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
    price_parity: Annotated[
        float | None,
        batch(
            price_parities.of,
            "Regional price parity of all items by the Bureau of Economic Analysis (BEA): the area's price level in "
            "percent of the nation's, which is 100. Housing, goods, utilities and other services count by what people "
            "spend; taxes do not. BEA publishes no standard errors, and its metropolitan areas can have other "
            "boundaries than those of the wages. Null for territories, nonmetropolitan areas and metropolitan "
            "areas that BEA does not have; missing gives the reason.",
        ),
    ]
    price_parity_source: Annotated[
        Source | None,
        batch(price_parities.sources_of, "Source of the price parity, whose release is its year; null without one."),
    ]
    missing: Annotated[
        list[MissingFigure],
        batch(price_parities.missing, "The price parity with the reason why it is null; otherwise empty.", size=1),
    ]

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
