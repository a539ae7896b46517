"""The example of execution/README.md runs, on a schema that has nothing to do with occupations."""

import asyncio
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

import execution

README = Path(execution.__file__).parent / "README.md"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The example as a module."""
    [source] = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    path = tmp_path_factory.mktemp("example") / "library_of_books.py"
    path.write_text(source, "utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    # Strawberry looks the module up by its name.
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules[path.stem]


def test_an_operation_is_compiled(example: Any) -> None:
    outcome = asyncio.run(example.execute("{ authors { name books { title } } }"))
    assert (outcome.executor, outcome.errors) == ("compiled", ())
    assert orjson.loads(outcome.data) == {
        "authors": [
            {"name": "Le Guin", "books": [{"title": "The Dispossessed"}]},
            {"name": "Lem", "books": [{"title": "Solaris"}, {"title": "Fiasco"}]},
        ]
    }


def test_each_batch_is_called_once_for_all_parents(example: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str | None]] = []

    def answer(self: Any, batch: Any, parents: Any, arguments: Any, price: int) -> Any:  # noqa: ARG001 - as it is called
        called.append([parent and parent.name for parent in parents])
        return batch(parents, self, **arguments)

    monkeypatch.setattr(example.Context, "answer", answer)
    asyncio.run(example.execute("{ authors { books { title } } }"))
    assert called == [[None], ["Le Guin", "Lem"]]


def test_an_error_is_that_of_stock_strawberry(
    example: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(example.Context, "shelf", {"Lem": [None]})
    outcome = asyncio.run(example.execute("{ authors { books { title } } }"))
    assert (outcome.executor, outcome.data) == ("replayed", b"null")
    [error] = outcome.errors
    assert (error.path, error.message) == (
        ["authors", 0, "books", 0],
        "Cannot return null for non-nullable field Author.books.",
    )
    assert "Cannot return null" in caplog.text


def test_a_document_above_a_limit_is_refused(example: Any) -> None:
    refused = asyncio.run(example.execute("{ authors { books { title { letters } } } }"))
    [error] = refused["errors"]
    assert error["message"] == "The document nests fields 4 levels deep; the maximum is 3."
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "depth", "value": 4, "maximum": 3}
