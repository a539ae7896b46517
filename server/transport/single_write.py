"""An extension of ASGI that our connections offer: a request that has come whole may be answered in one message.

Servers without it, such as those that tests use, are spoken to as ASGI has it.
"""

WHOLE = "rolegraph.whole"
"""The extension, which a scope has whose request has come whole, so that nobody need wait for its body.

It is also the type of a message to answer with: its ``status``, its ``head``, which is the encoded lines of its
headers, and its ``body``.
"""


def encoded(headers: list[tuple[bytes, bytes]]) -> bytes:
    """Return the lines of headers, of which no client has chosen any."""
    return b"".join(b"%b: %b\r\n" % header for header in headers)
