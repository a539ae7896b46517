"""The protocol's requests, answered from the tools and the resources."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

import mcp_types as types
import orjson
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from db.deadline import DeadlineExceeded
from db.location import Unreachable
from server.http_caching import code_version
from server.mcp.caller import Caller, ToolFailed, as_line
from server.mcp.resources import RESOURCES
from server.mcp.tools import TOOLS, Answer, Tool
from server.operations import unavailable
from server.responses import Refused, internal
from server.telemetry.logs import bounded

INSTRUCTIONS = (
    "Published figures about the 830 occupations of the US labor market. Name the source and its release with figures. "
    "A verdict says whether a difference is statistically significant at the 90% level: SIGNIFICANT; NOT_SIGNIFICANT, "
    'which is no clear difference; or NOT_TESTABLE, of which only "the published figure is higher" can be said. '
    "Pass caveats on. A null figure is missing, for the reason in missing, and never 0. Titles and areas are found as "
    "people write them; otherAreas, others and jobTitles say what else they could mean."
)

Context = ServerRequestContext[Any, Any]

# The package logs what it does for every request, and at the level of warnings what clients do wrong.
logging.getLogger("mcp").setLevel(logging.WARNING)


def protocol_server(caller_of: Callable[[Context], Caller]) -> Server[Any]:
    """Return a server whose tools run their operations for the caller of a request."""

    async def call_tool(context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            _refuse(f'There is no tool "{bounded(params.name)}". The tools are {", ".join(TOOLS)}.')
        return await _call(tool, params.arguments or {}, caller_of(context))

    return Server(
        "rolegraph",
        title="Rolegraph",
        version=code_version()[:12],
        instructions=INSTRUCTIONS,
        get_tool_input_schema=lambda name: TOOLS[name].input_schema if name in TOOLS else None,
        on_list_tools=_answering(types.ListToolsResult(tools=[_listed(tool) for tool in TOOLS.values()])),
        on_call_tool=call_tool,
        on_list_resources=_answering(_resources()),
        on_read_resource=_read_resource,
    )


def _answering(result: types.Result) -> Callable[[Context, object], Awaitable[Any]]:
    """Return a handler that always answers the same."""

    async def handler(_context: Context, _params: object) -> types.Result:
        return result

    return handler


def _listed(tool: Tool[Any]) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.output_schema,
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


async def _call(tool: Tool[Any], arguments: dict[str, Any], caller: Caller) -> types.CallToolResult:
    """Return the answer of a tool, or an error that the assistant can read."""
    try:
        answer = await tool.call(arguments, caller)
    except ValidationError as error:
        return _failed(_invalid(tool, error))
    except ToolFailed as failed:
        return _failed(str(failed))
    except Refused as refused:
        return _refused(caller, refused)
    except (DeadlineExceeded, Unreachable) as error:
        return _refused(caller, unavailable(caller.service, error))
    except Exception as error:  # noqa: BLE001 - the client gets an error with an id, and the log gets the error
        return _refused(caller, Refused([internal(caller.record.request_id, error)]))
    return _answered(answer)


def _answered(answer: Answer) -> types.CallToolResult:
    text = orjson.dumps(answer).decode()
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], structured_content=answer)


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], is_error=True)


def _refused(caller: Caller, refused: Refused) -> types.CallToolResult:
    caller.record.refuse(refused.errors)
    return _failed("\n".join(map(as_line, refused.errors)))


def _invalid(tool: Tool[Any], error: ValidationError) -> str:
    """Return what is wrong with the arguments of a tool, and what it takes."""
    problems = "; ".join(
        f'argument "{".".join(map(str, problem["loc"]))}": {problem["msg"]}'
        for problem in error.errors(include_url=False)
    )
    return f"{tool.name}: {problems}. It takes {', '.join(tool.input_schema['properties'])}."


def _resources() -> types.ListResourcesResult:
    return types.ListResourcesResult(
        resources=[
            types.Resource(
                uri=uri,
                name=uri.removeprefix("rolegraph://"),
                title=resource.title,
                description=resource.description,
                mime_type=resource.mime_type,
            )
            for uri, resource in RESOURCES.items()
        ]
    )


async def _read_resource(_context: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
    resource = RESOURCES.get(params.uri)
    if resource is None:
        _refuse(f'There is no resource "{bounded(params.uri)}". The resources are {", ".join(RESOURCES)}.')
    # The schema takes long to print the first time.
    text = await asyncio.to_thread(resource.read)
    return types.ReadResourceResult(
        contents=[types.TextResourceContents(uri=params.uri, mime_type=resource.mime_type, text=text)]
    )


def _refuse(message: str) -> NoReturn:
    raise MCPError(code=types.INVALID_PARAMS, message=message)
