"""The client's address behind proxies, and which addresses are one client."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.client_address import UNKNOWN, behind_proxies, client_of

PROXIES = "10.0.0.0/8, 192.0.2.7, 2001:db8:ffff::/48"


def client_seen(peer: str, forwarded: list[str], trusted: str = PROXIES) -> str:
    """Return the client's address that an application behind these proxies sees."""

    async def whoami(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.client.host if request.client else "none")

    app = behind_proxies(trusted, Starlette(routes=[Route("/", whoami)]))
    with TestClient(app, client=(peer, 50000)) as http:
        return http.get("/", headers=[("X-Forwarded-For", value) for value in forwarded]).text


@pytest.mark.parametrize("peer", ["203.0.113.9", "127.0.0.1", "10.0.0.1", "2001:db8:ffff::1"])
def test_without_trusted_proxies_the_header_is_ignored(peer: str) -> None:
    assert client_seen(peer, ["198.51.100.1"], trusted="") == peer


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("192.0.2.7", ["198.51.100.1"], "198.51.100.1"),
        ("192.0.2.8", ["198.51.100.1"], "192.0.2.8"),
        # Several proxies, in one header or in several.
        ("10.0.0.1", ["198.51.100.1, 10.9.9.9, 192.0.2.7"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1", "10.9.9.9"], "198.51.100.1"),
        # What the client forged is to the left of what the first proxy wrote.
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1, 10.9.9.9"], "198.51.100.1"),
        ("10.0.0.1", ["10.1.1.1, 198.51.100.1, 10.9.9.9"], "198.51.100.1"),
        ("10.0.0.1", ["'; DROP TABLE wages, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
        # Ports and IPv6.
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, 10.9.9.9:80"], "198.51.100.1"),
        ("2001:db8:ffff::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", ["[2001:db8::7]:4711, 2001:db8:ffff::2"], "2001:db8::7"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("::ffff:192.0.2.7", ["198.51.100.1"], "198.51.100.1"),
        ("::ffff:192.0.2.8", ["198.51.100.1"], "::ffff:192.0.2.8"),
    ],
)
def test_trusted_proxies_give_the_clients_address(peer: str, forwarded: list[str], client: str) -> None:
    assert client_seen(peer, forwarded) == client


@pytest.mark.parametrize("forwarded", ["", ",", "unknown", "_hidden", "[::1", "1.2.3.4.5", "256.1.1.1", "a" * 1000])
def test_an_invalid_address_from_a_trusted_proxy_is_not_a_separate_client(forwarded: str) -> None:
    seen = client_seen("10.0.0.1", [forwarded])
    assert seen == "10.0.0.1" or client_of(seen) == UNKNOWN


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        (None, UNKNOWN),
        ("", UNKNOWN),
        ("localhost", UNKNOWN),
    ],
)
def test_a_client_is_an_ipv4_address_or_an_ipv6_network(address: str | None, client: str) -> None:
    assert client_of(address) == client
