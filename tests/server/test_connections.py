"""Connections with slow, broken and hostile clients, and the clients of a server that stops."""

import asyncio
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPMessage, HTTPResponse
from typing import Any

import pytest

from server.transport.connections import JOINED_BYTES, PART_BYTES
from tests.conftest import serving as serving_here
from tests.server.processes import ANSWER, QUERY, SECONDS, ask, listens, serving_forked

Address = tuple[str, int]

HEALTHZ = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = (
    b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
ENDLESS = b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n"
OK = {"status": "ok"}
INVALID = {"message": "This is not a valid HTTP request.", "extensions": {"code": "BAD_REQUEST"}}
LARGE = "{ __schema { types { name description fields { name description args { name description } } } } }"


@pytest.fixture(scope="module")
def address(database_url: str) -> Iterator[Address]:
    """The address of a server with short timeouts: tests wait for them."""
    arguments = ("--client-timeout", "0.5", "--keep-alive-timeout", "1", "--max-body-bytes", "1000")
    with serving_forked(*arguments, DATABASE_URL=database_url) as server:
        address = server.address()
        server.drain()
        yield address


def connect(address: Address) -> socket.socket:
    """Connect with a timeout."""
    return socket.create_connection(address, SECONDS)


def request(query: str) -> bytes:
    """Return an HTTP request with a query."""
    body = json.dumps({"query": query}).encode()
    head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def answer(client: socket.socket) -> tuple[int, HTTPMessage, Any]:
    """Return the status, the headers and the body of the next response."""
    response = HTTPResponse(client)
    response.begin()
    return response.status, response.headers, json.loads(response.read())


def refusal(client: socket.socket) -> tuple[int, dict[str, Any]]:
    """Return the status and the only error of the last response."""
    status, headers, body = answer(client)
    assert headers["Connection"] == "close"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    [error] = body["errors"]
    assert ended(client)
    return status, error


def ended(client: socket.socket) -> bool:
    """Return whether the server closes the connection next."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


def drip(client: socket.socket, drop: bytes) -> bool:
    """Send a few bytes at a time; return whether the server closes the connection meanwhile."""
    try:
        for _ in range(50 * SECONDS):
            client.sendall(drop)
            time.sleep(0.02)
    except (ConnectionResetError, BrokenPipeError):
        return True
    return False


def closing_request(sent: bytes) -> bytes:
    """Ask the server to close the connection after the answer, which is sooner than its timeout does."""
    return sent.replace(b"Host", b"Connection: close\r\nHost", 1)


def rest(client: socket.socket) -> bytes:
    """Return everything that the server sends until it closes the connection."""
    return client.makefile("rb").read()


# Clients that stall


def test_a_client_that_sends_nothing_is_cut_off(address: Address) -> None:
    with connect(address) as client:
        assert ended(client)


def test_a_client_that_stalls_in_the_headers_is_cut_off(address: Address) -> None:
    with connect(address) as client:
        client.sendall(HEALTHZ[:-2])
        assert ended(client)


@pytest.mark.parametrize("drop", [pytest.param(b"a", id="a header"), pytest.param(b"\r\n", id="empty lines")])
def test_a_client_that_sends_slowly_is_cut_off(address: Address, drop: bytes) -> None:
    with connect(address) as client:
        if drop == b"a":
            client.sendall(HEALTHZ[:-2])
        assert drip(client, drop)


@pytest.mark.parametrize("drop", [pytest.param(b"a", id="a header"), pytest.param(b"\r\n", id="empty lines")])
def test_a_slow_second_request_is_cut_off(address: Address, drop: bytes) -> None:
    with connect(address) as client:
        client.sendall(HEALTHZ)
        assert answer(client)[0] == 200
        if drop == b"a":
            client.sendall(HEALTHZ[:-2])
        assert drip(client, drop)


def test_an_idle_connection_is_closed(address: Address) -> None:
    with connect(address) as client:
        for _ in range(2):
            client.sendall(HEALTHZ)
            status, headers, body = answer(client)
            assert (status, headers["Connection"], body) == (200, None, OK)
        assert ended(client)


def test_a_connection_whose_next_request_stalls_is_closed(address: Address) -> None:
    with connect(address) as client:
        client.sendall(HEALTHZ + HEALTHZ[:-2])
        assert answer(client)[0] == 200
        assert ended(client)


def test_a_client_that_does_not_read_is_cut_off(address: Address) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(SECONDS)
        client.connect(address)
        client.sendall(100 * request(LARGE))
        # Nothing is read here. The state of the connection shows that the server has closed it.
        state = select.poll()
        state.register(client, select.POLLHUP)
        assert state.poll(1000 * SECONDS)
        with pytest.raises(ConnectionResetError):
            rest(client)
    assert ask(address, QUERY) == ANSWER


def test_a_client_that_reads_a_byte_at_a_time_is_cut_off(address: Address) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(SECONDS)
        client.connect(address)
        client.sendall(100 * request(LARGE))
        state = select.poll()
        state.register(client, select.POLLHUP)
        for _ in range(50 * SECONDS):
            assert client.recv(1)
            if state.poll(20):
                break
        else:
            pytest.fail("The connection is still open.")


def test_a_client_may_read_for_longer_than_the_timeout(address: Address) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        client.settimeout(SECONDS)
        client.connect(address)
        client.sendall(29 * request(LARGE) + closing_request(request(LARGE)))
        received = bytearray()
        while part := client.recv(64 * 1024):
            received += part
            time.sleep(0.02)
    bodies = [part.partition(b"\r\n\r\n")[2] for part in received.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    assert [*map(json.loads, bodies)] == 30 * [ask(address, LARGE)]


# Clients that send too much


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET /healthz HTTP/1.1\r\nA: " + 300_000 * b"a" + b"\r\n\r\n", id="one long header"),
        pytest.param(b"GET /healthz HTTP/1.1\r\n" + 20_000 * b"A: b\r\n" + b"\r\n", id="many headers"),
        pytest.param(CHUNKED + b"2\r\n{}\r\n0\r\nA: " + 300_000 * b"a" + b"\r\n\r\n", id="a long trailer"),
        pytest.param(CHUNKED + b"2\r\n{}\r\n0\r\n" + 20_000 * b"A: b\r\n" + b"\r\n", id="many trailers"),
        pytest.param(CHUNKED + b"2;" + 300_000 * b"a" + b"\r\n{}\r\n0\r\n\r\n", id="a long extension of a chunk"),
    ],
)
def test_the_length_of_headers_is_limited(address: Address, sent: bytes) -> None:
    with connect(address) as client:
        client.sendall(sent)
        status, error = refusal(client)
    # It is not received to the end, so its length is unknown.
    assert (status, error) == (
        431,
        {
            "message": "The header section exceeds the maximum of 32,768 bytes.",
            "extensions": {"code": "LIMIT_EXCEEDED", "limit": "headerBytes", "maximum": 32768},
        },
    )


def test_headers_at_the_limit_are_accepted(address: Address) -> None:
    free = 32768 - len("hostlocalhosta") - 2 * 32
    with connect(address) as client:
        client.sendall(HEALTHZ[:-2] + b"A: " + free * b"a" + b"\r\n\r\n")
        assert answer(client)[2] == OK
        client.sendall(HEALTHZ[:-2] + b"A: " + (free + 1) * b"a" + b"\r\n\r\n")
        status, error = refusal(client)
    assert (status, error["extensions"]["limit"]) == (431, "headerBytes")


def test_a_trailer_does_not_count_as_a_header(address: Address) -> None:
    body = json.dumps({"query": QUERY}).encode()
    head = CHUNKED.replace(b"Content-Type: application/json\r\n", b"")
    with connect(address) as client:
        client.sendall(head + b"%x\r\n%b\r\n0\r\nContent-Type: application/json\r\n\r\n" % (len(body), body))
        assert answer(client)[0] == 415
        client.sendall(HEALTHZ)
        assert answer(client)[2] == OK


def test_the_length_of_a_url_is_limited(address: Address) -> None:
    with connect(address) as client:
        client.sendall(HEALTHZ.replace(b"/healthz", b"/healthz?".ljust(1000, b"a")))
        assert answer(client)[2] == OK
        client.sendall(HEALTHZ.replace(b"/healthz", b"/healthz?".ljust(1001, b"a")))
        assert refusal(client) == (
            414,
            {
                "message": "The URL exceeds the maximum of 1,000 bytes.",
                "extensions": {"code": "LIMIT_EXCEEDED", "limit": "urlBytes", "maximum": 1000},
            },
        )


def test_a_url_is_never_longer_than_the_parser_accepts(database_url: str) -> None:
    with serving_forked(DATABASE_URL=database_url) as server, connect(server.address()) as client:
        client.sendall(HEALTHZ.replace(b"/healthz", b"/healthz?".ljust(65_535, b"a")))
        assert answer(client)[2] == OK
        client.sendall(HEALTHZ.replace(b"/healthz", b"/healthz?".ljust(65_536, b"a")))
        status, error = refusal(client)
    assert (status, error["extensions"]["maximum"]) == (414, 65_535)


def test_a_client_that_is_still_sending_can_read_the_refusal(address: Address) -> None:
    with connect(address) as client:
        # More than all buffers on the way hold, so the server has to read and discard it.
        client.sendall(ENDLESS + 20_000_000 * b"a")
        status, error = refusal(client)
    assert (status, error["extensions"]["code"]) == (404, "NOT_FOUND")


def test_a_body_is_refused_as_soon_as_it_is_too_long(address: Address) -> None:
    with connect(address) as client:
        client.sendall(CHUNKED + b"3e9\r\n" + 1001 * b" " + b"\r\n")
        status, error = refusal(client)
    assert (status, error["extensions"]) == (
        413,
        {"code": "LIMIT_EXCEEDED", "limit": "bodyBytes", "maximum": 1000},
    )


def test_a_body_that_stalls_is_refused(address: Address) -> None:
    with connect(address) as client:
        client.sendall(request(QUERY)[:-1])
        assert refusal(client) == (
            408,
            {"message": "The body did not arrive within 0.5 seconds.", "extensions": {"code": "REQUEST_TIMEOUT"}},
        )


def test_a_client_that_keeps_sending_after_the_response_is_cut_off(address: Address) -> None:
    with connect(address) as client:
        client.sendall(ENDLESS)
        assert answer(client)[1]["Connection"] == "close"
        assert drip(client, b"a")


def test_an_unread_body_that_is_complete_does_not_close_the_connection(address: Address) -> None:
    with connect(address) as client:
        for _ in range(2):
            client.sendall(ENDLESS.replace(b"1000000000", b"3") + b"abc")
            status, headers, _ = answer(client)
            assert (status, headers["Connection"]) == (404, None)


def test_a_304_states_no_length_and_leaves_the_connection_open(address: Address) -> None:
    get = b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: localhost\r\n"
    with connect(address) as client:
        client.sendall(get + b"\r\n")
        _, headers, _ = answer(client)
        client.sendall(b"%bIf-None-Match: %b\r\n\r\n" % (get, headers["ETag"].encode()))
        response = HTTPResponse(client)
        response.begin()
        assert (response.status, response.headers["Content-Length"], response.headers["ETag"]) == (
            304,
            None,
            headers["ETag"],
        )
        client.sendall(HEALTHZ)
        assert answer(client)[::2] == (200, OK)


def test_a_body_that_is_written_apart_from_its_head_arrives_whole(address: Address, database_url: str) -> None:
    query = "{ __schema { types { name fields { name description } } } }"
    with serving_here(database_url) as api:
        expected = api.post(query)
    assert JOINED_BYTES < len(expected.content) < PART_BYTES
    with connect(address) as client:
        client.sendall(request(query))
        assert answer(client)[::2] == (200, expected.json())
        client.sendall(HEALTHZ)
        assert answer(client)[::2] == (200, OK)


def test_pipelined_requests_are_answered_in_order(address: Address) -> None:
    with connect(address) as client:
        client.sendall(49 * HEALTHZ + closing_request(HEALTHZ))
        answers = rest(client)
    assert answers.count(b"HTTP/1.1 200 OK") == 50
    assert answers.count(b"connection: close") == 1
    assert answers.endswith(b'connection: close\r\n\r\n{"status":"ok"}')


def test_too_many_pipelined_requests_are_answered_in_part(address: Address) -> None:
    with connect(address) as client:
        client.sendall(1000 * HEALTHZ)
        answers = rest(client)
    assert 100 < answers.count(b"HTTP/1.1 200 OK") < 1000
    assert answers.count(b"connection: close") == 1
    assert answers.endswith(b'connection: close\r\n\r\n{"status":"ok"}')


@pytest.mark.parametrize(("requests", "closes"), [(101, 0), (102, 1)])
def test_a_hundred_requests_may_wait_on_a_connection(address: Address, requests: int, closes: int) -> None:
    with connect(address) as client:
        # Few enough bytes to arrive at once: one request is answered while the others wait.
        client.sendall(requests * HEALTHZ)
        answers = b""
        while answers.count(b'{"status":"ok"}') < 101 and (part := client.recv(100_000)):
            answers += part
        assert (answers.count(b"HTTP/1.1 200 OK"), answers.count(b"connection: close")) == (101, closes)
        if not closes:
            client.sendall(closing_request(HEALTHZ))
            assert answer(client)[::2] == (200, OK)
        assert ended(client)


# Clients that speak another protocol


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
        pytest.param(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", id="HTTP/2"),
        pytest.param(b"GET / HTTP/1.1\r\nHost\r\n\r\n", id="a header without a value"),
        pytest.param(b"GET /healthz HTTP/1.1\r\n\r\n", id="no host"),
        pytest.param(b"GET /healthz HTTP/1.1\r\nHost: a\r\nHOST: b\r\n\r\n", id="two hosts"),
        pytest.param(b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n", id="CONNECT"),
        pytest.param(CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", id="a chunk of no length"),
    ],
)
def test_an_invalid_request_is_refused(address: Address, sent: bytes) -> None:
    with connect(address) as client:
        client.sendall(sent)
        assert refusal(client) == (400, INVALID)


def test_a_request_before_garbage_is_answered(address: Address) -> None:
    with connect(address) as client:
        client.sendall(HEALTHZ + HEALTHZ + b"\0garbage")
        answers = rest(client)
    assert answers.count(b"HTTP/1.1 ") == answers.count(b'{"status":"ok"}') == 2
    assert answers.endswith(b'connection: close\r\n\r\n{"status":"ok"}')


def test_a_refused_connection_has_security_headers_and_a_request_id(address: Address) -> None:
    with connect(address) as client:
        client.sendall(b"GET\r\n\r\n")
        _, headers, _ = answer(client)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Cache-Control"] == "no-store"
    assert len(headers["X-Request-Id"]) == 32


# Clients whose body another server could read differently


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(b"Content-Length: 1\r\nTransfer-Encoding: chunked", id="length and chunks"),
        pytest.param(b"Transfer-Encoding: chunked\r\nContent-Length: 1", id="chunks and length"),
        pytest.param(b"Content-Length: 1\r\nContent-Length: 1", id="two lengths"),
        pytest.param(b"Content-Length: 1, 1", id="a list of lengths"),
        pytest.param(b"Content-Length: +1", id="a sign"),
        pytest.param(b"Content-Length : 1", id="a space before the colon"),
        pytest.param(b"Content-Length: 1\nA: b", id="a line that ends with LF"),
        pytest.param(b"A: b\rContent-Length: 1", id="a line that ends with CR"),
        pytest.param(b"Transfer-Encoding:\r\n chunked", id="a folded line"),
        pytest.param(b"Content-Length: 1\r\nA: \0", id="NUL"),
        pytest.param(b"Transfer-Encoding: \x0bchunked", id="a vertical tab before the coding"),
        pytest.param(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", id="two codings"),
    ],
)
def test_a_body_of_ambiguous_length_is_refused(address: Address, fields: bytes) -> None:
    with connect(address) as client:
        client.sendall(b"POST /graphql HTTP/1.1\r\nHost: a\r\n" + fields + b"\r\n\r\n" + HEALTHZ)
        assert refusal(client) == (400, INVALID)


@pytest.mark.parametrize("chunk", [b"2\n{}\r\n", b"2;a\n{}\r\n", b"2 \r\n{}\r\n", b"0x2\r\n{}\r\n", b"2\r\n{}\n"])
def test_an_ambiguous_chunk_is_refused(address: Address, chunk: bytes) -> None:
    with connect(address) as client:
        client.sendall(CHUNKED + chunk + b"0\r\n\r\n" + HEALTHZ)
        assert refusal(client) == (400, INVALID)


def test_the_extension_of_a_chunk_is_ignored(address: Address) -> None:
    body = json.dumps({"query": QUERY}).encode()
    with connect(address) as client:
        client.sendall(CHUNKED + b'%x;a="b;c"\r\n%b\r\n0\r\n\r\n' % (len(body), body))
        assert answer(client)[2] == ANSWER


def test_chunks_are_refused_in_http_1_0(address: Address) -> None:
    with connect(address) as client:
        client.sendall(CHUNKED.replace(b"HTTP/1.1", b"HTTP/1.0") + b"2\r\n{}\r\n0\r\n\r\n")
        assert refusal(client) == (400, INVALID)


@pytest.mark.parametrize("coding", [b"gzip", b"identity", b"gzip, chunked", b"chunked;a=b", b"xchunked"])
def test_a_transfer_coding_other_than_chunked_is_refused(address: Address, coding: bytes) -> None:
    with connect(address) as client:
        client.sendall(CHUNKED.replace(b"chunked", coding) + b"2\r\n{}\r\n0\r\n\r\n")
        assert refusal(client) == (
            501,
            {
                "message": "The only transfer coding of this server is chunked. Send the body as it is, or in chunks.",
                "extensions": {"code": "BAD_REQUEST"},
            },
        )


# Clients that ask for another protocol, as JDK 17's client and `curl --http2` do


def upgrading(sent: bytes, protocol: bytes = b"h2c") -> bytes:
    """Add the headers of a client that asks for another protocol to a request."""
    fields = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol + b"\r\nHTTP2-Settings: AAMAAABk\r\n"
    return sent.replace(b"Host", fields + b"Host", 1)


@pytest.mark.parametrize("protocol", [b"websocket", b"h2c"])
def test_an_upgrade_header_is_ignored(address: Address, protocol: bytes) -> None:
    with connect(address) as client:
        for sent, body in ((HEALTHZ, OK), (request(QUERY), ANSWER), (HEALTHZ, OK)):
            client.sendall(upgrading(sent, protocol))
            assert answer(client)[2] == body


def test_requests_may_follow_one_that_asks_to_upgrade_at_once(address: Address) -> None:
    with connect(address) as client:
        client.sendall(2 * upgrading(HEALTHZ) + upgrading(request(QUERY)) + closing_request(HEALTHZ))
        answers = rest(client)
    bodies = re.findall(rb"\r\n\r\n(.*?)(?=HTTP/1.1 |$)", answers)
    assert [*map(json.loads, bodies)] == [OK, OK, ANSWER, OK]


@pytest.mark.parametrize("chunked", [False, True], ids=["by length", "in chunks"])
@pytest.mark.parametrize("segments", [1, 2])
def test_the_body_of_a_request_to_upgrade_is_not_a_request(address: Address, *, chunked: bool, segments: int) -> None:
    head, _, _ = request(QUERY).partition(b"Content-Length")
    if chunked:
        head, body = CHUNKED, b"%x\r\n%b\r\n0\r\n\r\n" % (len(HEALTHZ), HEALTHZ)
    else:
        head, body = head + b"Content-Length: %d\r\n\r\n" % len(HEALTHZ), HEALTHZ
    with connect(address) as client:
        if segments == 1:
            client.sendall(upgrading(head) + body)
        else:
            client.sendall(upgrading(head).replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
            assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
            client.sendall(body)
        status, _, body_of_answer = answer(client)
        assert status == 400
        assert body_of_answer["errors"][0]["message"].startswith("The body is not valid JSON: unexpected character")
        client.sendall(closing_request(request(QUERY)))
        # An answer to the request in the body would come before this one.
        assert answer(client)[2] == ANSWER
        assert ended(client)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_is_answered_when_it_asks_for_http2(address: Address) -> None:
    url = f"http://{address[0]}:{address[1]}/graphql"
    body = json.dumps({"query": QUERY})
    command = ["curl", "--http2", "--silent", "--show-error", "--json", body, url]
    answered = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
    assert json.loads(answered.stdout) == ANSWER


# Clients whose body is refused before it arrives


@pytest.mark.parametrize("fields", [b"", b"Expect: 100-continue\r\n"], ids=["at once", "after asking"])
def test_a_body_that_is_declared_too_long_is_not_waited_for(address: Address, fields: bytes) -> None:
    head, _, _ = request(QUERY).partition(b"Content-Length")
    with connect(address) as client:
        client.sendall(head + fields + b"Content-Length: 1001\r\n\r\n")
        assert refusal(client) == (
            413,
            {
                "message": "The body exceeds the maximum of 1,000 bytes.",
                "extensions": {"code": "LIMIT_EXCEEDED", "limit": "bodyBytes", "value": 1001, "maximum": 1000},
            },
        )


def test_a_client_is_told_to_send_the_body_that_it_asks_about(address: Address) -> None:
    sent = request(QUERY).replace(b"Host", b"Expect: 100-continue\r\nHost")
    with connect(address) as client:
        client.sendall(sent[:-1])
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(sent[-1:])
        assert answer(client)[2] == ANSWER


def test_a_client_of_http_1_0_is_told_nothing_before_the_answer(address: Address) -> None:
    sent = request(QUERY).replace(b"HTTP/1.1", b"HTTP/1.0").replace(b"Host", b"Expect: 100-continue\r\nHost")
    with connect(address) as client:
        client.sendall(sent)
        assert answer(client)[2] == ANSWER


# Clients of a server that stops


def test_a_request_on_an_open_connection_is_answered_while_the_server_stops(database_url: str) -> None:
    with serving_forked(DATABASE_URL=database_url) as server:
        address = server.address()
        server.wait_for("Application startup complete")
        with connect(address) as new, connect(address) as used, connect(address) as unused:
            used.sendall(HEALTHZ)
            assert answer(used)[1]["Connection"] is None
            # Connections are accepted in order, so the server has accepted all three.
            server.process.terminate()
            server.wait_for("Shutting down")
            for client in (new, used):
                client.sendall(request(QUERY))
                status, headers, body = answer(client)
                assert (status, headers["Connection"], body) == (200, "close", ANSWER)
                assert ended(client)
            assert ended(unused)
            assert not listens(address)
        assert server.ended() == 0


def test_pipelined_requests_are_answered_while_the_server_stops(database_url: str) -> None:
    with serving_forked(DATABASE_URL=database_url) as server, connect(server.address()) as client:
        # Cached answers would take no time, so each query is different.
        client.sendall(b"".join(request(LARGE.replace("types", f"types{number}: types")) for number in range(50)))
        # When the first response begins, all requests have been read and most are still waiting.
        assert client.recv(1) == b"H"
        server.process.terminate()
        server.drain()
        answers = b"H" + rest(client)
        assert answers.count(b"HTTP/1.1 200 OK") == 50
        assert answers.count(b"connection: close") == 1
        assert b"connection: close" in answers[answers.rindex(b"HTTP/1.1 200 OK") :]
        assert server.process.wait(SECONDS) == 0


def test_a_client_that_does_not_read_does_not_keep_the_server_from_stopping(database_url: str) -> None:
    arguments = ("--client-timeout", "0.5", "--shutdown-timeout", str(10 * SECONDS))
    with serving_forked(*arguments, DATABASE_URL=database_url) as server, connect(server.address()) as client:
        client.sendall(100 * request(LARGE))
        assert client.recv(1)
        server.drain()
        assert server.stop() == 0


def test_a_server_stops_after_the_shutdown_timeout(database_url: str) -> None:
    arguments = ("--client-timeout", str(10 * SECONDS), "--shutdown-timeout", "1")
    with serving_forked(*arguments, DATABASE_URL=database_url) as server, connect(server.address()) as client:
        client.sendall(request(QUERY)[:-1])
        server.wait_for("Application startup complete")
        server.process.terminate()
        server.wait_for("timeout graceful shutdown exceeded")
        assert rest(client).startswith(b"HTTP/1.1 500 ")
        assert server.ended() == 0


@pytest.mark.parametrize(
    ("workers", "clients", "kill"),
    [
        pytest.param(1, 32, os.kill, id="one process"),
        pytest.param(2, 32, os.kill, id="two workers"),
        pytest.param(2, 32, os.killpg, id="two workers, all signaled at once"),
        # With little to do the workers would be gone before the supervisor has noticed anything.
        pytest.param(2, 4, os.killpg, id="two workers with little to do, all signaled at once"),
    ],
)
def test_a_server_that_stops_under_load_loses_no_request(
    database_url: str, workers: int, clients: int, kill: Callable[[int, int], None]
) -> None:
    with serving_forked(DATABASE_URL=database_url, WORKERS=str(workers)) as server:
        address = server.address()
        server.wait_for_workers(workers)
        server.drain()
        with connect(address) as client:
            client.sendall(request(QUERY).replace(b"Host", b"Expect: 100-continue\r\nHost")[:-1])
            assert client.recv(100).startswith(b"HTTP/1.1 100 ")
            answers, resets = asyncio.run(load(address, clients, lambda: kill(server.process.pid, signal.SIGTERM)))
            assert min(answers) >= 10
            # A connection can be established in the microseconds between the last accept and the close.
            assert resets <= 1
            # New connections are refused while the last request waits for the end of its body.
            assert not listens(address)
            client.sendall(b"}")
            status, headers, body = answer(client)
            assert (status, headers["Connection"], body) == (200, "close", ANSWER)
        assert server.process.wait(SECONDS) == 0


async def load(address: Address, clients: int, stop: Callable[[], None]) -> tuple[list[int], int]:
    """Have clients send queries until they are refused, and stop the server meanwhile.

    Return the number of answers that each client got, and the number of new connections that were reset.
    """
    busy = asyncio.Semaphore(0)
    asking = [asyncio.create_task(keep_asking(address, busy, reuse=number % 4 == 0)) for number in range(clients)]
    async with asyncio.timeout(SECONDS):
        for _ in asking:
            await busy.acquire()
        stop()
        answers, resets = zip(*await asyncio.gather(*asking), strict=True)
    return list(answers), sum(resets)


async def keep_asking(address: Address, busy: asyncio.Semaphore, *, reuse: bool) -> tuple[int, int]:
    """Send queries on one connection or on a new one each time; return the numbers of answers and of resets.

    A client may be refused when it connects, and must not use a connection after an answer that says so. A connection
    that is reset before any byte of its first answer is retried, as HTTP clients do. Any other failure fails the test.
    """
    answered = resets = 0
    while True:
        try:
            reader, writer = await asyncio.open_connection(*address)
        except ConnectionRefusedError:
            return answered, resets
        except ConnectionResetError:
            resets += 1
            continue
        with closing(writer):
            writer.write(request(QUERY))
            try:
                first = await reader.readexactly(1)
            except ConnectionResetError:
                resets += 1
                continue
            last = False
            while not last:
                head = (first + await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
                assert json.loads(await reader.readexactly(length)) == ANSWER
                answered += 1
                if answered == 10:
                    busy.release()
                last = not reuse or b"\r\nconnection: close\r\n" in head
                if not last:
                    first = b""
                    writer.write(request(QUERY))
