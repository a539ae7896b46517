"""Sources of figures."""

from datetime import date
from typing import Annotated

import strawberry

from db import models
from resolvers import global_ids
from schema.fields import batch, described
from schema.nodes import GLOBAL_ID, Node, rows_of
from schema.scalars import URL


@strawberry.type(description="A publication that figures come from, with its release and license.")
class Source(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("Source", "id"), GLOBAL_ID)]
    name: Annotated[str, described("Name of the publication.")]
    publisher: Annotated[str | None, described("Name of the publisher; null if unknown.")]
    release: Annotated[str | None, described("Release, such as May 2025; null if the source has no releases.")]
    license: Annotated[str, described("License under which the data can be used.")]
    attribution: Annotated[
        str | None, described("Credit that the license requires wherever the data is shown; null if it requires none.")
    ]
    url: Annotated[URL | None, described("Address of the publication; null if unknown.")]
    retrieved: Annotated[date | None, described("Date on which the data was retrieved; null if unknown.")]

    is_type_of = rows_of(models.Source)
