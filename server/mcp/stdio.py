"""The MCP server over standard input and output."""

from mcp.server.stdio import stdio_server

from server.client_address import UNKNOWN
from server.mcp.caller import Caller
from server.mcp.protocol import Context, protocol_server
from server.rate_limiting import RequestCharge
from server.service import serving
from server.settings import Settings
from server.static_files import BUILT
from server.telemetry.record import RequestRecord
from server.telemetry.request_log import request_ids


async def serve(settings: Settings) -> None:
    """Serve until standard input ends."""
    ids = request_ids()
    async with serving(settings, BUILT, None, None) as service:

        def caller_of(context: Context) -> Caller:
            service.data_version.expire()
            record = RequestRecord(next(ids), "STDIO", context.method, UNKNOWN)
            return Caller(service, record, RequestCharge(service.rate_limiter, record))

        server = protocol_server(caller_of)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
