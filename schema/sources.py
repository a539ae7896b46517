"""Where figures come from."""

from datetime import date
from typing import Annotated

import strawberry


@strawberry.type(description="Who published a set of figures, when, and under what terms.")
class Source:
    name: Annotated[str, strawberry.field(description="What was published.")]
    publisher: Annotated[str | None, strawberry.field(description="Who published it; null where it doesn't say.")]
    release: Annotated[str | None, strawberry.field(description="Which edition it is; null where it has none.")]
    licence: Annotated[str, strawberry.field(description="On what terms it may be used.")]
    attribution: Annotated[
        str | None, strawberry.field(description="What its licence asks to be said wherever it is served.")
    ]
    url: Annotated[str | None, strawberry.field(description="Where it was published.")]
    retrieved: Annotated[date | None, strawberry.field(description="The day on which it was fetched.")]
