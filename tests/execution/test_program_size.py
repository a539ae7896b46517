"""Programs are bounded: each in its fields, and all together in memory."""

import gc
import json
import weakref
from typing import Any, cast

import pytest
from graphql import OperationDefinitionNode, parse

from execution import Executor, Outcome
from execution.executor import Runner
from execution.field_collection import MOST_FIELDS
from tests.execution.small_schema import SCHEMA, Planted, Row

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]


def spreading(places: int, levels: int) -> str:
    """Return a document whose fragments are each spread in some places of the one before."""
    fragments = [
        f"fragment F{level} on Tree {{ {' '.join(f'a{n}: askedChild {{ ...F{level + 1} }}' for n in range(places))} }}"
        for level in range(levels)
    ]
    return "\n".join(["{ tree { ...F0 } }", *fragments, f"fragment F{levels} on Tree {{ askedTitle }}"])


def runner_of(executor: Executor, text: str) -> Runner:
    """Return the runner of a document's operation."""
    document = parse(text)
    [operation] = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return executor.runner(document, operation)


async def outcome_of(text: str, variables: dict[str, Any] | None = None) -> Outcome:
    """Run an operation on a tree with one child."""
    tree = Planted(Row(title="root", child=Row(title="child")))
    return await runner_of(Executor(SCHEMA), text).run(variables or {}, cast("Any", tree))


async def test_a_document_that_spreads_fragments_in_too_many_places_is_not_compiled() -> None:
    few, many = await outcome_of(spreading(3, 4)), await outcome_of(spreading(3, 8))
    # 1 + 3 + 9 + 27 + 81 objects and 81 titles; 9,841 objects and 6,561 titles.
    assert (few.executor, many.executor) == ("compiled", "stock")
    assert json.loads(many.data) == {"tree": {f"a{n}": {f"a{m}": None for m in range(3)} for n in range(3)}}
    assert json.loads(few.data) == json.loads(many.data)


async def test_a_long_document_without_fragments_is_compiled() -> None:
    names = [f"t{number}: askedTitle" for number in range(MOST_FIELDS + 10)]
    outcome = await outcome_of(f"{{ tree {{ {' '.join(names)} }} }}")
    assert outcome.executor == "compiled"
    assert len(json.loads(outcome.data)["tree"]) == MOST_FIELDS + 10


async def test_all_programs_share_a_capacity() -> None:
    executor = Executor(SCHEMA, program_fields=2_000)
    variables = [f"v{number}" for number in range(6)]
    declared = ", ".join(f"${name}: Boolean!" for name in variables)
    fields = " ".join(f"{name}: askedTitle @include(if: ${name})" for name in variables)
    weights = list[int]()
    for document in range(4):
        runner = runner_of(executor, f"query ({declared}) {{ tree {{ title{document}: askedTitle {fields} }} }}")
        for combination in range(2 ** len(variables)):
            values = {name: bool(combination >> place & 1) for place, name in enumerate(variables)}
            outcome = await runner.run(values, cast("Any", Planted(Row(title="root"))))
            assert len(json.loads(outcome.data)["tree"]) == 1 + sum(values.values())
            weights.append(executor.program_weight)
    assert 1_500 < max(weights) <= 2_000


async def ran(runner: Runner) -> weakref.ref[Planted]:
    """Run an operation on Strawberry and return its context."""
    context = Planted(Row(title="root"))
    assert (await runner.run({}, cast("Any", context))).executor == "stock"
    return weakref.ref(context)


@pytest.mark.usefixtures("old_objects_frozen")
async def test_an_operation_that_is_not_compiled_keeps_nothing_of_its_requests() -> None:
    runner = runner_of(Executor(SCHEMA), spreading(3, 8))
    kept = list[weakref.ref[Planted]]()
    for _ in range(3):
        kept.append(await ran(runner))
    gc.collect()
    assert [reference() for reference in kept] == [None, None, None]


async def test_the_text_of_a_document_counts_as_well() -> None:
    executor = Executor(SCHEMA)
    comment = "#" + "x" * 90_000
    for text in ("{ name }", f"{{ name }} {comment}"):
        await runner_of(executor, text).run({}, cast("Any", Planted()))
    assert executor.program_weight > 180
