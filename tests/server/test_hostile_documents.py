"""Hostile documents are refused with the right code, or cheap to answer. bench/hostile.py times them."""

import gc
from itertools import count
from typing import Any

import httpx2
import pytest
from hypothesis import given

from execution.document_cache import DOCUMENT_TOKENS
from tests.conftest import Api
from tests.examples import examples
from tests.server.hostile_documents import HOSTILE, Hostile, documents

LONGEST_ANSWER = 50_000
"""Maximum bytes of a response to any of them, so that none amplifies traffic."""

LARGEST_DOCUMENT = 90_000
"""Characters of a random document, so that MAX_BODY_BYTES does not refuse its request with 413."""


def sent(api: Api, text: str) -> httpx2.Response:
    """Send a document."""
    return api.http.post("/graphql", json={"query": text})


def test_there_are_many() -> None:
    assert len(HOSTILE) >= 60
    assert len({case.name for case in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in HOSTILE])
def test_each_is_refused_for_the_right_reason(api: Api, case: Hostile) -> None:
    response = sent(api, case.text)
    body: dict[str, Any] = response.json()
    errors: list[dict[str, Any]] = body.get("errors", [])
    extensions: dict[str, Any] = errors[0]["extensions"] if errors else {}
    assert (response.status_code, extensions.get("code"), extensions.get("limit")) == (200, case.code, case.limit)
    data: dict[str, Any] = body.get("data") or {}
    assert case.code is None or not any(data.values())
    assert len(response.content) < LONGEST_ANSWER


@examples(15)
@given(documents().filter(lambda text: len(text) < LARGEST_DOCUMENT))
def test_random_documents_are_answered_or_refused(api: Api, text: str) -> None:
    response = sent(api, text)
    assert response.status_code == 200
    assert len(response.content) < LONGEST_ANSWER
    for error in response.json().get("errors", ()):
        assert error["extensions"]["code"] != "INTERNAL_SERVER_ERROR"


@pytest.mark.usefixtures("old_objects_frozen")
def test_memory_stays_flat(api: Api) -> None:
    documents = api.app.state.service.documents
    number = count()

    def objects_at_turnover() -> int:
        """Send documents until the cache drops its older half; return the number of all objects."""
        weight = 0
        while documents.weight >= weight:
            weight = documents.weight
            sent(api, f"query Q{next(number)} {{ sources {{ {'name ' * 900} }} }}")
            assert documents.weight <= DOCUMENT_TOKENS
        gc.collect()
        return len(gc.get_objects())

    # After the second turnover the cache holds no others.
    objects_at_turnover()
    full = objects_at_turnover()
    assert objects_at_turnover() < 1.02 * full
