"""``GET /llms.txt``: what is on this server, for language models (https://llmstxt.org)."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_FILE = Path(__file__).with_name("llms.txt")
_MCP = "- [MCP]"


def llms_text(*, mcp: bool) -> str:
    """Return the text, without the line about MCP for a server that does not have it."""
    lines = _FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if mcp or not line.startswith(_MCP))


def llms_txt(request: Request) -> Response:
    """Answer with the text. Starlette runs this in a thread, which reads the file."""
    text = llms_text(mcp=request.app.state.service.settings.mcp)
    return PlainTextResponse(text, headers={"Cache-Control": "no-cache"})
