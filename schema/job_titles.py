"""Job titles, and the occupations that they are counted in."""

from typing import Annotated

import strawberry

from db import models
from resolvers import global_ids, job_titles, sources
from schema.fields import batch, described
from schema.nodes import GLOBAL_ID, Node, rows_of
from schema.occupations import Occupation
from schema.sources import Source

SLUG = "Title as used in URLs, such as social-media-manager."
MOST_OTHERS = 50
"""The length to assume for a list of other occupations: some titles, such as Instructor, are in over 40."""

Others = Annotated[
    list[Occupation],
    batch(
        job_titles.others,
        "Other occupations that sources place the title in, the one with the most evidence first.",
        size=MOST_OTHERS,
    ),
]


@strawberry.type(
    description="A job title, and the occupation that public figures count it in. No source has figures of the title "
    "itself."
)
class JobTitle(Node):
    id: Annotated[strawberry.ID, batch(global_ids.ids("JobTitle", "slug"), GLOBAL_ID)]
    slug: Annotated[str, described(SLUG)]
    title: Annotated[str, described("The title.")]
    occupation: Annotated[
        Occupation | None,
        batch(job_titles.occupation_of, "Occupation that the title is counted in; null if its work is not covered."),
    ]
    not_covered: Annotated[
        str | None, described("Reason why the wage data leave out the work, as a sentence; null with an occupation.")
    ]
    others: Others
    source: Annotated[Source, batch(sources.of, "Source that places the title in the occupation.")]

    is_type_of = rows_of(models.JobTitle)


@strawberry.type(description="A job title that a key asked for, as it was found.")
class ResolvedTitle:
    title: Annotated[str, described("The title that was found.")]
    exact: Annotated[
        bool,
        described(
            "Whether the title is the one asked for, apart from case, plural, accents and punctuation. Otherwise it is "
            "the most similar one."
        ),
    ]
    occupation: Annotated[Occupation, described("Occupation that the title is counted in.")]
    others: Others
