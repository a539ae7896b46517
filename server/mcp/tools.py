"""The tools: what each takes, the GraphQL document that it runs, and what it answers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import GenerateJsonSchema

from db.models import NATION
from resolvers.codes import soc_code
from server.mcp import documents
from server.mcp.caller import Caller, ToolFailed
from server.mcp.output_schemas import Schema, output_schema
from server.telemetry.logs import bounded

MAX_RESPONSE_BYTES = 60_000
"""Bytes of a response to a client's query that a tool passes on. Assistants read little more at a time."""

MAX_ITEMS = 25
"""Items of a list that a tool answers with."""


class Arguments(BaseModel):
    """Arguments of a tool. Unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

OccupationText = Annotated[
    _Words,
    Field(
        description="Job title as people write it, SOC code, or slug: UX designer, 15-1255, technical-writers.",
    ),
]
AreaText = Annotated[
    _Words,
    Field(
        description="State, city, metropolitan area or nickname, or an area code: Texas, Austin, Bay Area, 12420. "
        "US is the nation.",
    ),
]


class TitlesArguments(Arguments):
    """What ``search_titles`` takes."""

    text: Annotated[_Words, Field(description="Words of a job title, or a SOC code.")]
    first: Annotated[int, Field(ge=1, le=MAX_ITEMS, description="Number of titles.")] = 5


class OccupationArguments(Arguments):
    """What ``describe_occupation`` takes."""

    occupation: OccupationText
    area: AreaText = NATION


class ComparisonArguments(Arguments):
    """What ``compare_occupations`` takes."""

    left: OccupationText
    right: OccupationText
    area: AreaText = NATION


class RankingArguments(Arguments):
    """What ``rank_occupations`` takes."""

    occupations: Annotated[list[OccupationText], Field(min_length=2, max_length=20)]
    area: AreaText = NATION


class PlacesArguments(Arguments):
    """What ``where_it_pays_most`` takes."""

    occupation: OccupationText
    kind: Annotated[Literal["STATE", "METRO", "NONMETRO"], Field(description="Type of the listed areas.")] = "METRO"
    first: Annotated[int, Field(ge=1, le=MAX_ITEMS, description="Number of listed areas.")] = 5


class QueryArguments(Arguments):
    """What ``run_graphql_query`` takes."""

    query: Annotated[str, Field(min_length=1, description="GraphQL document, for the schema in schema.graphql.")]
    variables: Annotated[dict[str, Any], Field(description="Values of the document's variables.")] = {}
    operation_name: Annotated[
        str | None, Field(alias="operationName", description="Operation to run, if the document has several.")
    ] = None


A = TypeVar("A", bound=Arguments)
Answer = dict[str, Any]


@dataclass(frozen=True)
class Tool(Generic[A]):
    """A tool."""

    name: str
    title: str
    description: str
    arguments: type[A]
    answer: Callable[[A, Caller], Awaitable[Answer]]
    output_schema: Schema

    @property
    def input_schema(self) -> Schema:
        """The JSON Schema of its arguments."""
        return self.arguments.model_json_schema(schema_generator=_Untitled)

    async def call(self, arguments: dict[str, Any], caller: Caller) -> Answer:
        """Return the answer; raise ValidationError, ToolFailed, and what the caller raises."""
        return await self.answer(self.arguments.model_validate(arguments), caller)


class _Untitled(GenerateJsonSchema):
    """Leaves out titles that repeat the names, which every conversation of an assistant would carry."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


async def _titles(arguments: TitlesArguments, caller: Caller) -> Answer:
    return await caller.own(documents.TITLES, arguments.model_dump())


async def _occupation(arguments: OccupationArguments, caller: Caller) -> Answer:
    area, others = await _area(arguments.area, caller)
    variables = {"by": _key(arguments.occupation), "text": arguments.occupation, "area": area}
    found = await caller.own(documents.OCCUPATION, variables)
    _require_found(found, arguments.occupation)
    return {**found, "otherAreas": others}


async def _comparison(arguments: ComparisonArguments, caller: Caller) -> Answer:
    area, others = await _area(arguments.area, caller)
    keys = {"left": _key(arguments.left), "right": _key(arguments.right)}
    return {**await caller.own(documents.COMPARISON, {**keys, "area": area}), "otherAreas": others}


async def _ranking(arguments: RankingArguments, caller: Caller) -> Answer:
    area, others = await _area(arguments.area, caller)
    keys = [_key(text) for text in arguments.occupations]
    return {**await caller.own(documents.RANKING, {"occupations": keys, "area": area}), "otherAreas": others}


async def _places(arguments: PlacesArguments, caller: Caller) -> Answer:
    variables = {
        "by": _key(arguments.occupation),
        "text": arguments.occupation,
        "kind": arguments.kind,
        "first": arguments.first,
    }
    found = await caller.own(documents.PLACES, variables)
    _require_found(found, arguments.occupation)
    return found


async def _query(arguments: QueryArguments, caller: Caller) -> Answer:
    try:
        # The protocol's package reads more than JSON in UTF-8, such as lone surrogates, NaN and any nesting.
        variables = orjson.loads(orjson.dumps(arguments.variables))
    except TypeError as error:
        raise ToolFailed(f"The variables are not JSON that the server can read: {error}.") from None
    response = await caller.sent(arguments.query, variables, arguments.operation_name)
    size = len(orjson.dumps(response))
    if size > MAX_RESPONSE_BYTES:
        raise ToolFailed(
            f"The response has {size:,} bytes; the maximum is {MAX_RESPONSE_BYTES:,}. "
            "Request fewer fields or a smaller page. The schema is the resource rolegraph://schema.graphql."
        )
    return {"errors": [], **response}


def _key(text: str) -> dict[str, str]:
    """Return the key of the occupation that a text names. A slug is found as the title that it stands for."""
    return {"title": text} if soc_code(text) is None else {"code": text}


def _require_found(found: Answer, text: str) -> None:
    """Raise ToolFailed if no occupation was found, with the reason or with similar titles."""
    if found["occupation"]:
        return
    titles: Sequence[dict[str, Any]] = found["jobTitles"]
    if titles and titles[0]["notCovered"]:
        raise ToolFailed(f'No occupation covers the title "{titles[0]["title"]}": {titles[0]["notCovered"]}')
    written = bounded(text, 80)
    similar = ", ".join(title["title"] for title in titles)
    raise ToolFailed(
        f'No occupation has the title, slug or code "{written}". '
        + (f"Similar titles: {similar}." if similar else "Find titles with search_titles.")
    )


async def _area(text: str, caller: Caller) -> tuple[str, Sequence[dict[str, str]]]:
    """Return the code of the area that a text names, and other areas that it could name."""
    if text == NATION:
        return text, ()
    found = await caller.own(documents.AREAS, {"text": text})
    nodes: Sequence[dict[str, str]] = found["areas"]["nodes"]
    if not nodes:
        raise ToolFailed(
            f'No area matches "{bounded(text, 80)}". Name a US state, city or county, or US for the nation.'
        )
    best = nodes[0]
    exact = text.strip().lower() in (best["code"].lower(), best["name"].lower())
    return best["code"], () if exact else nodes[1:]


_OTHER_AREAS: Schema = {
    "type": "array",
    "description": "Other areas that match the text, unless it is the code or the whole name of the area",
    "items": {
        "type": "object",
        "properties": {"code": {"type": "string"}, "name": {"type": "string"}},
        "required": ["code", "name"],
    },
}
_RESPONSE: Schema = {
    "type": "object",
    "properties": {
        "data": {"type": "object", "description": "The data"},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "Errors of fields that are null"},
    },
    "required": ["data", "errors"],
}

_TOOLS: tuple[Tool[Any], ...] = (
    Tool(
        "search_titles",
        "Search job titles",
        "Find job titles, and the occupation that public figures count each in. notCovered says why a title has none.",
        TitlesArguments,
        _titles,
        output_schema(documents.TITLES),
    ),
    Tool(
        "describe_occupation",
        "Describe an occupation",
        "What people in an occupation do and earn, jobs, outlook, education and skills, with sources. "
        "jobTitles says what else the text could mean.",
        OccupationArguments,
        _occupation,
        output_schema(documents.OCCUPATION, otherAreas=_OTHER_AREAS),
    ),
    Tool(
        "compare_occupations",
        "Compare two occupations",
        "Which of two occupations pays more, has more jobs, grows faster, and whether each difference is "
        "statistically significant (verdict), nationwide or in one area. choices says in a sentence each when to "
        "choose either side. summary has the answer in sentences, with how wages changed after inflation, wages at "
        "national prices in an area with them, and interests; differences are left minus right.",
        ComparisonArguments,
        _comparison,
        output_schema(documents.COMPARISON, otherAreas=_OTHER_AREAS),
    ),
    Tool(
        "rank_occupations",
        "Rank occupations by pay",
        "Order 2 to 20 occupations by mean annual wage, nationwide or in one area. tiedWith lists those whose "
        "means do not differ significantly, and title says how a job title was read.",
        RankingArguments,
        _ranking,
        output_schema(documents.RANKING, otherAreas=_OTHER_AREAS),
    ),
    Tool(
        "where_it_pays_most",
        "Where an occupation pays most",
        "The highest-paying state, metropolitan area and industry of an occupation, and a list of areas by mean "
        "annual wage. notClearlyAbove counts the places that may pay as much.",
        PlacesArguments,
        _places,
        output_schema(documents.PLACES),
    ),
    Tool(
        "run_graphql_query",
        "Run a GraphQL query",
        "Run a read-only GraphQL query, for all that the other tools do not answer. "
        "The schema is the resource rolegraph://schema.graphql.",
        QueryArguments,
        _query,
        _RESPONSE,
    ),
)
TOOLS = {tool.name: tool for tool in _TOOLS}
"""The tools by name."""
