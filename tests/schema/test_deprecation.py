"""Deprecation as docs/evolution.md describes it, on a schema with a deprecated field and on ours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
)

from execution.type_refs import core_schema
from resolvers.context import Context
from schema.definition import build
from schema.fields import batch, described

CHANGELOG = Path(__file__).parent.parent.parent / "CHANGELOG.md"
REASON = "Use `license`. Removed in 9.0.0."


@dataclass
class Row:
    license: str
    licence: str


def names(parents: Sequence[Row], _: Context) -> list[str]:
    return [parent.licence for parent in parents]


@strawberry.type(description="A publication.")
class Publication:
    license: Annotated[str, described("License.")]
    licence: Annotated[str, described("License.", deprecated=REASON)]
    rights: Annotated[str, batch(names, "License.", deprecated=REASON)]


def publications(parents: Sequence[None], _: Context) -> list[Row]:
    return [Row("CC BY 4.0", "CC BY 4.0")] * len(parents)


@strawberry.type(description="The query type.")
class Query:
    publication: Annotated[Publication, batch(publications, "A publication.")]


SCHEMA = strawberry.Schema(Query)


def deprecated(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Yield each deprecated field, argument and value of a schema, and the reason."""
    for type_ in schema.type_map.values():
        reasons: dict[str, str | None] = {}
        if isinstance(type_, GraphQLEnumType):
            reasons = {name: value.deprecation_reason for name, value in type_.values.items()}
        elif isinstance(type_, GraphQLInputObjectType):
            reasons = {name: field.deprecation_reason for name, field in type_.fields.items()}
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in type_.fields.items():
                reasons[name] = field.deprecation_reason
                reasons |= {f"{name}({each})": given.deprecation_reason for each, given in field.args.items()}
        yield from ((f"{type_.name}.{name}", reason) for name, reason in reasons.items() if reason is not None)


def problems(schema: GraphQLSchema, changelog: str) -> list[str]:
    """Return what is wrong with the deprecations of a schema."""
    return [
        f"{name}: {reason}"
        for name, reason in deprecated(schema)
        if not re.fullmatch(r"Use `[\w.():]+`\. Removed in \d+\.\d+\.0\.", reason) or f"`{name}`" not in changelog
    ]


def test_a_deprecated_field_is_marked_and_answered_as_before() -> None:
    answered = SCHEMA.execute_sync("{ publication { license licence rights } }", context_value=_Directly())
    assert (answered.errors, answered.data) == (None, {"publication": dict.fromkeys(FIELDS, "CC BY 4.0")})
    listed = '{ __type(name: "Publication") { fields(includeDeprecated: %s) { name deprecationReason } } }'
    shown, every = (
        {field["name"]: field["deprecationReason"] for field in (found.data or {})["__type"]["fields"]}
        for found in (SCHEMA.execute_sync(listed % included) for included in ("false", "true"))
    )
    assert shown == {"license": None}
    assert every == {"license": None, "licence": REASON, "rights": REASON}
    assert SCHEMA.as_str().count(f'@deprecated(reason: "{REASON}")') == 2


FIELDS = ("license", "licence", "rights")


class _Directly:
    """A context that calls each batch function for one parent."""

    def resolve(self, batch: Any, root: object, arguments: dict[str, object]) -> object:
        return batch([root], self, **arguments)[0]


@pytest.mark.parametrize(
    ("reason", "changelog", "wrong"),
    [
        (REASON, "`Publication.licence` and `Publication.rights` are deprecated.", 0),
        (REASON, "`Publication.licence` is deprecated.", 1),
        ("No longer supported", "`Publication.licence`, `Publication.rights`", 2),
        ("Use `license`.", "`Publication.licence`, `Publication.rights`", 2),
    ],
)
def test_a_reason_names_the_replacement_and_the_release_and_is_in_the_changelog(
    reason: str, changelog: str, wrong: int
) -> None:
    schema = build_schema(SCHEMA.as_str().replace(REASON, reason))
    assert len(problems(schema, changelog)) == wrong


def test_our_deprecations_follow_the_policy() -> None:
    assert problems(core_schema(build()), CHANGELOG.read_text(encoding="utf-8")) == []
