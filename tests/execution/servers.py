"""One server for each way of executing, all on the same data, and the comparison of their responses."""

import re
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import inf
from typing import Any, TypeVar
from unittest.mock import patch

import httpx2
from prometheus_client.parser import text_string_to_metric_families

from resolvers.area_search import AreaIndex
from tests.conftest import Api, serving
from tests.execution.reduction import reduced

T = TypeVar("T")
V = TypeVar("V")
Body = Mapping[str, Any]

UNCACHED = {"answer_cache_bytes": 0, "fragment_cache_bytes": 0, "row_cache_rows": 0}
ASKED = 2
"""The number of times that the compiling server runs an operation: first as steps, then as source."""

NOISE = re.compile(rb'(?<="errorId":")\w+')
"""The part of a response that differs each time."""


@dataclass(frozen=True)
class Answer:
    """All of a response that a client sees, except what differs each time."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def __str__(self) -> str:
        return f"{self.status} {self.body.decode()} {dict(self.headers)}"

    @property
    def outcome(self) -> str:
        """Whether the operation was refused, or executed with errors or without."""
        if not self.body.startswith(b'{"data":'):
            return "refused"
        return "partial" if b',"errors":[' in self.body else "ok"


@dataclass(frozen=True)
class Server:
    """A server that receives many requests at once, without the thread that a test client needs for each."""

    api: Api

    def ask(self, bodies: Sequence[Body]) -> list[Answer]:
        """Send requests one after the other."""
        return self.api.portal.call(self._ask, bodies)

    async def _ask(self, bodies: Sequence[Body]) -> list[Answer]:
        transport = httpx2.ASGITransport(self.api.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return [_answer(await client.post("/graphql", json=body)) for body in bodies]

    def executions(self) -> Counter[str]:
        """Return the number of operations that each executor has run."""
        return Counter({labels["executor"]: value for labels, value in self._counted("rolegraph_executions_total")})

    def faults(self) -> int:
        """Return the number of operations whose program failed by a fault of its own."""
        [(_, value)] = self._counted("rolegraph_execution_faults_total")
        return value

    def _counted(self, name: str) -> list[tuple[dict[str, str], int]]:
        families = text_string_to_metric_families(self.api.http.get("/metrics").text)
        samples = [sample for family in families for sample in family.samples if sample.name == name]
        return [(sample.labels, int(sample.value)) for sample in samples]


def _answer(response: httpx2.Response) -> Answer:
    headers = [(name, value) for name, value in response.headers.items() if name != "x-request-id"]
    return Answer(response.status_code, headers, NOISE.sub(b"", response.content))


@dataclass(frozen=True)
class Servers:
    """The reference server, and those whose responses must equal its own."""

    stock: Server
    compiled: Server
    caching: Server

    def require_alike(self, bodies: Sequence[Body]) -> list[Answer]:
        """Return the responses; raise AssertionError with the smallest operation that has different ones."""
        expected = self.stock.ask(bodies)
        for name, answers in self._others(bodies):
            for body, wanted, got in zip(bodies, expected, answers, strict=True):
                if got != wanted:
                    raise AssertionError(self._difference(body) or _told(body, [("stock", wanted), (name, got)]))
        return expected

    def _others(self, bodies: Sequence[Body]) -> list[tuple[str, list[Answer]]]:
        return [
            *((f"compiled, the {number}. time", self.compiled.ask(bodies)) for number in range(1, ASKED + 1)),
            ("caching", self.caching.ask(bodies)),
            ("caching, asked again", self.caching.ask(bodies)),
        ]

    def _difference(self, body: Body) -> str:
        """Describe the smallest operation with different responses; return "" if they are equal this time."""

        def differs(smaller: Body) -> bool:
            [expected] = self.stock.ask([smaller])
            return any(answers != [expected] for _, answers in self._others([smaller]))

        if not differs(body):
            return ""
        smallest = reduced(body, differs)
        answers = [("stock", self.stock.ask([smallest])), *self._others([smallest])]
        return _told(smallest, [(name, answer) for name, [answer] in answers])


def _told(body: Body, answers: Sequence[tuple[str, Answer]]) -> str:
    lines = [f"{name}: {value}" for name, value in [*body.items(), *answers]]
    return "\n".join(["the responses differ", *lines])


def cache_of_one(make: Callable[[T], V]) -> Callable[[T], V]:
    """Return a function that is called once. All servers have the same data, and no cache for what is made of it."""
    made: list[V] = []

    def call(value: T) -> V:
        if not made:
            made.append(make(value))
        return made[0]

    return call


@contextmanager
def all_serving(url: str) -> Generator[Servers]:
    """Run a server for each way of executing."""
    with (
        ExitStack() as leaving,
        patch("execution.executor.SOURCE_AFTER", 1),
        patch("resolvers.areas.AreaIndex", cache_of_one(AreaIndex)),
        # Which of several errors nulls a field depends on when Strawberry's executor pauses.
        patch("resolvers.context._PAUSE_SECONDS", inf),
    ):

        def server(**settings: Any) -> Server:
            return Server(leaving.enter_context(serving(url, metrics=True, **settings)))

        yield Servers(
            # With rows in memory. The others show that they are right.
            stock=server(compiled_execution=False, answer_cache_bytes=0),
            compiled=server(compiled_execution=True, **UNCACHED),
            caching=server(compiled_execution=True),
        )
