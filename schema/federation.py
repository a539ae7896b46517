"""The schema as a subgraph of Apollo Federation 2: other subgraphs can extend our types, and a gateway joins them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Final

import strawberry
from graphql.execution import Executor
from strawberry import UNSET, federation
from strawberry.extensions import SchemaExtension
from strawberry.federation.schema import FederationAny
from strawberry.federation.schema_directives import Key, Link, Shareable
from strawberry.federation.types import FieldSet, LinkImport
from strawberry.types.base import get_object_definition

from execution.type_refs import core_schema
from resolvers.federation import ENTITIES, by_representation
from schema.areas import Area
from schema.definition import CONFIG, DESCRIPTION, Unlogged
from schema.facts import FieldOfStudy
from schema.fields import Argument, batch, described
from schema.occupations import Occupation, Skill
from schema.query import Query

VERSION: Final = "2.3"
"""The oldest version with all that the subgraph uses, so that older gateways can compose it too."""


@strawberry.type(name="_Service", description="What a gateway reads of a subgraph.")
class Service:
    sdl: Annotated[str, described("The subgraph's schema in SDL, with the directives of Apollo Federation.")]


def service(parents: Sequence[None], _: object) -> list[Service]:
    """Return the description of the subgraph."""
    return [Service(sdl=sdl())] * len(parents)


Entity = Annotated[
    Area | FieldOfStudy | Occupation | Skill,
    strawberry.union("_Entity", description="An object of a type that other subgraphs can refer to and extend."),
]


@strawberry.type(name="Query", description=get_object_definition(Query, strict=True).description)
class SubgraphQuery(Query):
    service: Annotated[Service, batch(service, "The subgraph's schema, for composition.", name="_service")]
    entities: Annotated[
        list[Entity | None],
        batch(
            by_representation,
            "The objects of representations that a gateway sends, in the same order; null for an unknown key.",
            name="_entities",
            representations=Argument(
                list[FederationAny], "Objects with their __typename and one of the keys of that type."
            ),
        ),
    ]


class Subgraph(Unlogged, federation.Schema):
    """A Strawberry subgraph."""


def build(*extensions: type[SchemaExtension], executor: type[Executor[Any]] | None = None) -> Subgraph:
    """Build the subgraph, as ``definition.build`` builds the schema."""
    link = Link(
        url=f"https://specs.apollo.dev/federation/v{VERSION}",
        import_=[LinkImport("@key"), LinkImport("@shareable")],
    )
    schema = Subgraph(
        query=SubgraphQuery,
        extensions=extensions,
        execution_context_class=executor,
        config=CONFIG,
        schema_directives=[link],
        federation_version=VERSION,
    )
    core = core_schema(schema)
    core.description = DESCRIPTION
    # The classes are those of the schema, which has no such directives. So the types of this schema alone are marked.
    keys = {name: [Key(fields=FieldSet(key), resolvable=UNSET) for key in found] for name, found in ENTITIES.items()}
    for name, directives in {**keys, "PageInfo": [Shareable()]}.items():
        extensions_of_type = core.type_map[name].extensions
        definition = extensions_of_type["strawberry-definition"]
        extensions_of_type["strawberry-definition"] = replace(definition, directives=directives)
    return schema


@cache
def sdl() -> str:
    """Return the subgraph's schema in SDL."""
    return f"{build().as_str()}\n"
