"""An ASGI extension of our connections: a complete request may be answered by one message, in one write.

It saves a quarter of the processor time of a response from the answer cache (95 instead of 119 microseconds, and 131
without the extension in the scope, which also tells that the body needs no timeout). Uvicorn otherwise checks and
encodes each header again and writes head and body apart. Servers without the extension, such as the test client, get
the standard messages.
"""

SINGLE_WRITE = "rolegraph.single_write"
"""The name of the extension in a scope whose request has arrived completely, and the type of its message.

The message has the ``status``, the ``head``, which is the encoded header lines, and the ``body`` of the response.
"""


def encoded(headers: list[tuple[bytes, bytes]]) -> bytes:
    """Return header lines. The headers must not hold anything that a client has chosen: nothing is checked."""
    return b"".join(b"%b: %b\r\n" % header for header in headers)
