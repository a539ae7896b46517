"""Clients that read a long response slowly or not at all, and what the server keeps for them in memory."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple

import pytest

from server.telemetry.logs import logger
from server.transport.listener import listen
from server.transport.unsent_bytes import MEMORY, TIMEOUT, UnsentBytes
from tests.server.processes import ANSWER, QUERY, SECONDS, ask, serving_forked
from tests.server.test_connections import Address, request

TYPES = "__schema { types { name description fields { name description args { name description } } } }"
LIMITS = {
    "METRICS": "true",
    "MAX_COST": "1000000",
    "MAX_ROOT_FIELDS": "30",
    "MAX_IN_FLIGHT": "1",
    "MAX_ANSWER_BYTES": "3000000",
    "MAX_UNSENT_BYTES": "5000000",
    "CLIENT_TIMEOUT": str(SECONDS),
}
UNSENT = "rolegraph_unsent_bytes"


def large(name: str) -> str:
    """Return a query whose answer has 2 MB. Another letter makes another answer of the same length."""
    return f"{{ {' '.join(f'{name}{number}: {TYPES}' for number in range(10, 30))} }}"


class Served(NamedTuple):
    """A running server that keeps at most two large answers for clients and waits long for them."""

    address: Address
    process: int

    def large(self, name: str) -> bytes:
        """Return a large answer."""
        http = HTTPConnection(*self.address, timeout=SECONDS)
        body = json.dumps({"query": large(name)})
        http.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        answer = http.getresponse().read()
        http.close()
        assert len(answer) > 2_000_000
        return answer

    def metric(self, name: str) -> float:
        """Return a value of the metrics page; 0 if it is missing."""
        http = HTTPConnection(*self.address, timeout=SECONDS)
        http.request("GET", "/metrics")
        found = re.search(rf"^{re.escape(name)} (\S+)$", http.getresponse().read().decode(), re.MULTILINE)
        http.close()
        return float(found[1]) if found else 0

    def wait_for(self, name: str, value: float) -> None:
        """Wait until a metric has a value."""
        end = time.monotonic() + SECONDS
        while (now := self.metric(name)) != value:
            assert time.monotonic() < end, now
            time.sleep(0.02)

    def asking(self, stack: ExitStack, sent: bytes) -> socket.socket:
        """Connect a client for which the system buffers little, and send something."""
        client = stack.enter_context(socket.socket())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(SECONDS)
        client.connect(self.address)
        client.sendall(sent)
        return client

    def memory(self) -> int:
        """Return the bytes of memory that the server occupies."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        return 1024 * int(status.partition("VmRSS:")[2].split()[0])


@pytest.fixture(scope="module")
def served(database_url: str) -> Iterator[Served]:
    """The server."""
    with serving_forked(DATABASE_URL=database_url, **LIMITS) as server:
        address = server.address()
        server.drain()
        yield Served(address, server.process.pid)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closes what a test opens."""
    with ExitStack() as opened:
        yield opened


def body(client: socket.socket) -> bytes:
    """Read a response and return its body."""
    response = HTTPResponse(client)
    response.begin()
    assert response.status == 200
    return response.read()


def in_two_segments(client: socket.socket, sent: bytes) -> None:
    """Send a request whose body follows when the server asks for it."""
    head, _, rest = sent.partition(b"\r\n\r\n")
    client.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
    assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    client.sendall(rest)


def test_clients_that_are_sent_the_same_answer_share_its_bytes(served: Served, stack: ExitStack) -> None:
    answer = served.large("a")
    before = served.memory() if Path("/proc/self/status").exists() else None
    clients = [served.asking(stack, request(large("a"))) for _ in range(50)]
    for client in clients:
        assert client.recv(12, socket.MSG_PEEK) == b"HTTP/1.1 200"
    served.wait_for(UNSENT, len(answer))
    if before is not None:
        # A copy for each client would take 100 MB.
        assert served.memory() - before < 30_000_000
    assert {body(client) for client in clients} == {answer}
    served.wait_for(UNSENT, 0)


@pytest.mark.parametrize("segments", [1, 2])
def test_a_client_that_reads_late_gets_the_whole_answer(served: Served, stack: ExitStack, segments: int) -> None:
    answer = served.large("a")
    if segments == 1:
        client = served.asking(stack, request(large("a")))
    else:
        in_two_segments(client := served.asking(stack, b""), request(large("a")))
    served.wait_for(UNSENT, len(answer))
    # Sending takes none of the slots of operations, of which this server has one.
    assert ask(served.address, QUERY.replace("US", f"US{segments}")) == {"data": {"area": None}}
    assert body(client) == answer
    served.wait_for(UNSENT, 0)
    client.sendall(request(QUERY))
    assert json.loads(body(client)) == ANSWER


def test_a_client_that_has_ended_its_side_gets_the_whole_answer(served: Served, stack: ExitStack) -> None:
    answer = served.large("a")
    client = served.asking(stack, request(large("a")))
    served.wait_for(UNSENT, len(answer))
    client.shutdown(socket.SHUT_WR)
    assert body(client) == answer
    assert client.recv(1) == b""


def test_one_answer_of_a_connection_waits_at_a_time(served: Served, stack: ExitStack) -> None:
    answers = served.large("a"), served.large("b")
    client = served.asking(stack, request(large("a")) + request(large("b")))
    served.wait_for(UNSENT, len(answers[0]))
    client.shutdown(socket.SHUT_WR)
    responses = client.makefile("rb").read()
    assert [part.partition(b"\r\n\r\n")[2] for part in responses.split(b"HTTP/1.1 200 OK\r\n")[1:]] == [*answers]


def test_the_slowest_client_is_cut_off_when_too_many_bytes_wait(served: Served, stack: ExitStack) -> None:
    count = f'rolegraph_slow_readers_total{{reason="{MEMORY}"}}'
    answers = {name: served.large(name) for name in "abc"}
    assert served.metric(count) == 0
    clients = dict[str, socket.socket]()
    for waiting, name in enumerate("abc", 1):
        clients[name] = served.asking(stack, request(large(name)))
        if waiting < 3:
            served.wait_for(UNSENT, waiting * len(answers[name]))
    served.wait_for(count, 1)
    assert served.metric(UNSENT) == 2 * len(answers["a"])
    with pytest.raises(ConnectionResetError):
        clients["a"].makefile("rb").read()
    assert [body(clients[name]) for name in "bc"] == [answers[name] for name in "bc"]
    served.wait_for(UNSENT, 0)


# The bound


class Client:
    """A connection that notes in a list when it is closed."""

    def __init__(self, closed: list["Client"]) -> None:
        self.closed = closed

    def abort(self) -> None:
        self.closed.append(self)


def test_connections_are_closed_in_the_order_in_which_they_began_to_wait() -> None:
    closed, totals = list[Client](), list[int]()
    unsent = UnsentBytes(100, totals.append)
    first, second, third = (Client(closed) for _ in range(3))
    unsent.wait(first, None, 40)
    unsent.wait(second, None, 40)
    # The first one reads something and waits again.
    unsent.proceed(first)
    unsent.wait(first, None, 40)
    unsent.wait(third, None, 40)
    assert closed == [second]
    assert totals == [40, 80, 40, 80, 120, 80]
    for client in (first, second, third):
        unsent.proceed(client)
    assert unsent.total == 0


def test_a_shared_body_counts_until_no_connection_sends_it() -> None:
    closed = list[Client]()
    unsent = UnsentBytes(100)
    shared = bytes(60)
    first, second = Client(closed), Client(closed)
    unsent.wait(first, shared, 10)
    unsent.wait(second, shared, 20)
    assert unsent.total == 60
    unsent.proceed(first)
    assert unsent.total == 60
    unsent.wait(last := Client(closed), bytes(50), 0)
    assert (closed, unsent.total) == ([second], 50)
    unsent.wait(Client(closed), bytes(101), 0)
    assert (closed[1], unsent.total) == (last, 0)


def test_clients_that_are_cut_off_are_all_counted_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    reasons = list[str]()
    unsent = UnsentBytes(100, count=reasons.append)
    with caplog.at_level("WARNING", logger.name):
        for _ in range(3):
            unsent.note(TIMEOUT)
    assert reasons == [TIMEOUT] * 3
    assert caplog.messages == ["closed the connection of a client that does not read its response (timeout)"]


@pytest.mark.skipif(not hasattr(socket, "TCP_NOTSENT_LOWAT"), reason="the system has no such limit")
def test_connections_inherit_the_limit_of_what_the_system_buffers() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == 128 * 1024
