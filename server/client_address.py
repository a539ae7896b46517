"""Client addresses: which one a request comes from, and which of them count as one client."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, cast

from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.settings import split_list

UNKNOWN = "unknown"
"""The client of all requests without a valid address, such as those through a Unix socket."""


def behind_proxies(trusted_proxies: str, app: ASGIApp) -> ASGIApp:
    """Wrap an application so that it takes a client's address from X-Forwarded-For if a trusted proxy sends it.

    Each proxy appends the address of its peer. So the header is read from the end, up to the first address that is not
    a trusted proxy's. Anything before that may be forged by the client.
    """
    networks = [ip_network(network) for network in split_list(trusted_proxies)]
    if not networks:
        return app
    # A server that listens on IPv6 may see a proxy's IPv4 address as a mapped IPv6 address.
    mapped = [
        f"::ffff:{network.network_address}/{96 + network.prefixlen}"
        for network in networks
        if isinstance(network, IPv4Network)
    ]
    return cast("ASGIApp", ProxyHeadersMiddleware(cast("Any", app), [*map(str, networks), *mapped]))


@lru_cache(maxsize=500)  # parsing takes 3 microseconds for IPv4 and 15 for IPv6, and each request needs it
def client_of(address: str | None) -> str:
    """Return the client that an address belongs to. IPv6 networks are assigned as /64, so that each is one client."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return UNKNOWN
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or IPv6Network((int(ip), 64), strict=False))
    return str(ip)
