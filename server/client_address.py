"""Clients: which address a request is from, and which of them count as one client."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, cast

from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.settings import listed

NAMELESS = "nameless"
"""The client of all requests without an address, such as those through a Unix socket."""


def behind(trusted_proxies: str, app: ASGIApp) -> ASGIApp:
    """Return an application that believes what these proxies say of a request's client: all others are not believed.

    Each proxy adds whom it heard from at the end of X-Forwarded-For, so it is read from there, up to the first address
    that is no trusted proxy's: what a client wrote itself stands before it.
    """
    networks = [ip_network(network) for network in listed(trusted_proxies)]
    if not networks:
        return app
    # One who listens on IPv6 may see a proxy's IPv4 address as an IPv6 one.
    mapped = [
        f"::ffff:{network.network_address}/{96 + network.prefixlen}"
        for network in networks
        if isinstance(network, IPv4Network)
    ]
    return cast("ASGIApp", ProxyHeadersMiddleware(cast("Any", app), [*map(str, networks), *mapped]))


def client_of(address: str | None) -> str:
    """Return the client whom an address counts for: IPv6 ones are given out by the /64, so that is one client."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return NAMELESS
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or IPv6Network((int(ip), 64), strict=False))
    return str(ip)
