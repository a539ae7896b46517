"""Which client a request is from, and whom an address counts for."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.client_address import UNKNOWN, behind_proxies, client_of

PROXIES = "10.0.0.0/8, 192.0.2.7, 2001:db8:ffff::/48"


def client_seen(peer: str, forwarded: list[str], trusted: str = PROXIES) -> str:
    """Return whom an application behind these proxies takes a request to be from."""

    async def whoami(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.client.host if request.client else "none")

    app = behind_proxies(trusted, Starlette(routes=[Route("/", whoami)]))
    with TestClient(app, client=(peer, 50000)) as http:
        return http.get("/", headers=[("X-Forwarded-For", value) for value in forwarded]).text


@pytest.mark.parametrize("peer", ["203.0.113.9", "127.0.0.1", "10.0.0.1", "2001:db8:ffff::1"])
def test_no_proxy_is_believed_unless_it_is_trusted(peer: str) -> None:
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
        # What a client has written itself is on the left of what the first proxy wrote.
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
def test_trusted_proxies_say_who_the_client_is(peer: str, forwarded: list[str], client: str) -> None:
    assert client_seen(peer, forwarded) == client


@pytest.mark.parametrize("forwarded", ["", ",", "unknown", "_hidden", "[::1", "1.2.3.4.5", "256.1.1.1", "a" * 1000])
def test_rubbish_from_a_trusted_proxy_is_no_client_of_its_own(forwarded: str) -> None:
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
def test_a_client_is_an_address_of_ipv4_or_a_network_of_ipv6(address: str | None, client: str) -> None:
    assert client_of(address) == client
