"""A subgraph that extends Rolegraph's occupations by courses: the example of docs/federation.md.

Run it with Uvicorn: ``.venv/bin/uvicorn --app-dir docs/clients/federation courses:app --port 8001``.
"""

import strawberry
from strawberry import federation
from strawberry.asgi import GraphQL


@federation.type(keys=["id"])
class Course:
    """A course, and the codes of the occupations that it prepares for."""

    id: strawberry.ID
    title: str
    codes: strawberry.Private[list[str]]

    @strawberry.field
    def occupations(self) -> list["Occupation"]:
        """Refer to occupations by their codes: the gateway fetches the rest from Rolegraph."""
        return [Occupation(code=code) for code in self.codes]


COURSES = [
    Course(id=strawberry.ID("1"), title="Wiring Buildings", codes=["47-2111"]),
    Course(id=strawberry.ID("2"), title="Photovoltaics", codes=["47-2111", "47-2231"]),
    Course(id=strawberry.ID("3"), title="Video Production", codes=["27-2012", "27-4032"]),
]


@federation.type(keys=["code"])
class Occupation:
    """An occupation of Rolegraph, of which this subgraph only knows the SOC code."""

    code: str | None

    @strawberry.field
    def courses(self) -> list[Course] | None:
        """Return the courses for the occupation. The gateway answers null for a role, which has no code."""
        return [course for course in COURSES if self.code in course.codes]

    @classmethod
    def resolve_reference(cls, code: str | None) -> "Occupation":
        """Return the occupation that a gateway refers to."""
        return cls(code=code)


@strawberry.type
class Query:
    """The entry point."""

    @strawberry.field
    def courses(self) -> list[Course]:
        """Return all courses."""
        return COURSES


app = GraphQL[None, None](federation.Schema(Query))
