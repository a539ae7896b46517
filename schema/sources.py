"""Sources of figures."""

from datetime import date
from typing import Annotated

import strawberry

from schema.fields import described


@strawberry.type(description="A publication that figures come from, with its release and license.")
class Source:
    name: Annotated[str, described("Name of the publication.")]
    publisher: Annotated[str | None, described("Name of the publisher; null if unknown.")]
    release: Annotated[str | None, described("Release, such as May 2025; null if the source has no releases.")]
    licence: Annotated[str, described("License under which the data can be used.")]
    attribution: Annotated[
        str | None, described("Credit that the license requires wherever the data is shown; null if it requires none.")
    ]
    url: Annotated[str | None, described("Address of the publication; null if unknown.")]
    retrieved: Annotated[date | None, described("Date on which the data was retrieved; null if unknown.")]
