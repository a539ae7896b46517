"""An object that is in a result many times is read and encoded once, and the result is the same."""

from typing import Any, cast

import orjson
import pytest

from execution import columns
from tests.execution.small_schema import Planted, Row
from tests.execution.test_execution import run, runners

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


SHARED = [Row(name=name, title=f"title of {name}", children=[Row(title="child")] * 2) for name in "ab"]


def trees(count: int) -> list[Row]:
    """Return rows that share their children."""
    return [Row(title=str(number), only=SHARED[number % 2], children=SHARED) for number in range(count)]


@pytest.mark.parametrize(
    "selection",
    [
        pytest.param("only { title }", id="an object"),
        pytest.param("only { title children { title } askedChildren { title } }", id="with lists"),
        pytest.param("children { name title }", id="in lists"),
        pytest.param("awaitedOnly { title awaitedChildren { title askedTitle } }", id="by batches"),
        pytest.param("some { title } grid { title } child { title }", id="missing"),
    ],
)
@pytest.mark.parametrize("count", [10, 250])
async def test_repeated_objects_are_answered_as_by_stock_strawberry(selection: str, count: int) -> None:
    assert (await run(f"{{ trees {{ title {selection} }} }}", *trees(count))).outcome.executor == "compiled"


async def test_a_batch_receives_a_repeated_object_once() -> None:
    ran = await run("{ trees { only { askedTitle } } }", *trees(200))
    assert ran.calls("asked_title") == [SHARED]
    assert ran.data["trees"][3] == {"only": {"askedTitle": "title of b"}}


async def test_a_repeated_object_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[bytes] = []

    def recorded(data: object, maximum: int, *, counting: bool) -> bytes:  # noqa: ARG001 - as encoded is called
        texts.append(orjson.dumps(data))
        return texts[-1]

    monkeypatch.setattr(columns, "encoded", recorded)
    context = cast("Any", Planted(*trees(200)))
    outcome = await runners("{ trees { only { title } } }")[0].run({}, context)
    assert texts == [b'{"title":"title of a"}', b'{"title":"title of b"}']
    assert orjson.loads(outcome.data)["trees"][199] == {"only": {"title": "title of b"}}


def test_only_columns_with_many_repeated_objects_are_made_shorter() -> None:
    one, other = object(), object()
    assert columns.distinct([one, other] * 50) == [one, other]
    for column in ([one, other] * 49, [object() for _ in range(200)], [*(object() for _ in range(150)), *[one] * 50]):
        assert columns.distinct(column) is column
