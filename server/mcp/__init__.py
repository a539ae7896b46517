"""The MCP server: tools and resources for assistants, at /mcp and over standard input and output.

The official package speaks the Model Context Protocol. It is an extra, because it brings twenty packages, and nothing
outside this folder imports it. So these modules are imported only where MCP is on.
"""

from importlib.util import find_spec


class PackageMissing(Exception):
    """The official package is not installed. The message is one line."""


def require_package() -> None:
    """Raise PackageMissing if the official package is not installed."""
    if find_spec("mcp") is None:
        raise PackageMissing("MCP needs the package mcp, which is not installed. Run: make .venv/mcp")
