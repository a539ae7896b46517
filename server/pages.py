"""The pages that browsers get: the playground, and those about occupations, with their status and what they may load.

`make web` builds them as templates. What they show, their scripts ask for; what they are to those who run none is put
into them here.
"""

import re
from collections.abc import Awaitable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from jinja2 import TemplateNotFound
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from db.deadline import DeadlineExceeded
from db.location import Unreachable
from db.models import NATION
from server import previews
from server.operations import own, run, unavailable
from server.previews import Preview
from server.rate_limiting import charge
from server.responses import NO_STORE, Refused
from server.service import Service
from server.telemetry.record import RECORD, Record

_NOT_BUILT = """<!doctype html>
<html lang="en">
<title>Rolegraph</title>
<p>The API is here and answers POST requests to <code>/graphql</code>. Its pages have not been built:
install Node 20.19 or newer with npm, run <code>make web</code>, and load this page again.</p>
</html>
"""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_PLAYGROUND_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # The editor writes its styles at run time, and its style sheet holds small images as data.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
_PLAYGROUND_HEADERS = {"Content-Security-Policy": _PLAYGROUND_POLICY, "Cache-Control": "no-cache", "Vary": "Accept"}

_CODE = re.compile(r"\d\d-\d{4}", re.ASCII)


def playground(built: Path) -> Response:
    """Return the playground from the folder of what is built, or how to get it where it has not been built."""
    page = built / "playground.html"
    if not page.exists():
        return HTMLResponse(_NOT_BUILT, 503, headers=_PLAYGROUND_HEADERS)
    return HTMLResponse(page.read_text(encoding="utf-8"), headers=_PLAYGROUND_HEADERS)


class Pages:
    """The pages about occupations; a folder has their templates, once they are built."""

    def __init__(self, built: Path) -> None:
        self._built = built
        self._templates = Jinja2Templates(built)

    async def licences(self, _: Request) -> Response:
        """Answer with the licences of what the pages' scripts are made of."""
        licences = self._built / "licenses.md"
        if not licences.exists():
            raise HTTPException(404)
        return FileResponse(licences, media_type="text/markdown; charset=utf-8")

    async def home(self, request: Request) -> Response:
        """Answer with the page where occupations are looked for."""
        return self._filled(request, "home.html", previews.HOME)

    async def compare(self, request: Request) -> Response:
        """Answer with the page of a comparison: 404 where a side or the area is unknown."""
        return await self._answer(request, "compare.html", _comparison(request))

    async def occupation(self, request: Request) -> Response:
        """Answer with the page of an occupation: 404 where it is unknown."""
        return await self._answer(request, "occupation.html", _occupation(request))

    async def _answer(self, request: Request, name: str, asked: Awaitable[tuple[Preview, int]]) -> Response:
        """Answer with a page about what is asked for, whose script says by itself what went wrong, if anything."""
        try:
            preview, status = await asked
        except Refused as refused:
            return self._refuse(request, name, refused)
        except (DeadlineExceeded, Unreachable) as error:
            return self._refuse(request, name, unavailable(error))
        path = preview.canonical.partition("?")[0]
        if status == 200 and path != request.scope["path"]:  # noqa: PLR2004
            return _redirect(path, request)
        return self._filled(request, name, preview, status)

    def _refuse(self, request: Request, name: str, refused: Refused) -> Response:
        record: Record = request.scope[RECORD]
        record.refuse(refused.errors)
        preview = previews.of_refusal(_path(request), refused)
        return self._filled(request, name, preview, refused.status or 503, {**NO_STORE, **refused.headers})

    def _filled(
        self,
        request: Request,
        name: str,
        preview: Preview,
        status: int = 200,
        headers: Mapping[str, str] = {},
    ) -> Response:
        """Return a template with a preview in it, or how to get it where it has not been built."""
        try:
            return self._templates.TemplateResponse(request, name, preview._asdict(), status, {**_HEADERS, **headers})
        except TemplateNotFound:
            return HTMLResponse(_NOT_BUILT, 503, headers=_HEADERS)


async def _comparison(request: Request) -> tuple[Preview, int]:
    """Return the preview of the comparison that a request's path names, and the status; raises as ``_ask`` does."""
    keys, area = request.path_params, _area(request) or NATION
    sides = {side: _key(keys[side]) for side in ("left", "right")}
    data, errors = await _ask(request, previews.COMPARISON, {**sides, "area": area})
    if data and data["comparison"]:
        return previews.of_comparison(data["comparison"]), 200
    extensions = errors[0]["extensions"]
    if extensions["code"] == "NOT_FOUND":
        return previews.of_nothing(_path(request), "occupation", [keys[side] for side in extensions["arguments"]]), 404
    if extensions.get("argument") == "area":
        return previews.of_nothing(_path(request), "area", [area]), 404
    raise Refused(errors, 500)


async def _occupation(request: Request) -> tuple[Preview, int]:
    """Return the preview of the occupation that a request's path names, and the status; raises as ``_ask`` does."""
    key: str = request.path_params["key"]
    data, errors = await _ask(request, previews.OCCUPATION, {"by": _key(key)})
    if errors:
        raise Refused(errors, 500)
    if data["occupation"]:
        return previews.of_occupation(data["occupation"]), 200
    return previews.of_nothing(_path(request), "occupation", [key]), 404


async def _ask(
    request: Request, document: str, variables: dict[str, Any]
) -> tuple[dict[str, Any], Sequence[Mapping[str, Any]]]:
    """Run an operation of ours for a request; return its data, and its errors as clients see them.

    It is charged and noted like one that the client sends. Raises Refused, DeadlineExceeded and Unreachable.
    """
    service: Service = request.app.state.service
    record: Record = request.scope[RECORD]
    address = request.client.host if request.client else None
    if service.rate_limiter:
        await charge(service.rate_limiter, address, 1, record)
    operation = own(service, document, variables, record)
    if service.rate_limiter:
        await charge(service.rate_limiter, address, operation.cost - 1, record)
    result = await run(service, operation, record)
    record.errors = result.errors
    return orjson.loads(result.body)["data"], result.errors


def _key(written: str) -> dict[str, str]:
    """Return the key that a path names an occupation by: its code, or its slug in any letter case."""
    return {"code": written} if _CODE.fullmatch(written) else {"slug": written.lower()}


def _area(request: Request) -> str:
    """Return the code of the area that a request names, the first where it names several, as the page's script does."""
    return next(iter(request.query_params.getlist("area")), "")


def _path(request: Request) -> str:
    """Return the path that was asked for, written as in a URL."""
    return quote(request.scope["path"])


def _redirect(path: str, request: Request) -> Response:
    """Send whoever asked by a code, or in capitals, to the page's own path, in the same area."""
    area = _area(request)
    return RedirectResponse(f"{path}?{urlencode({'area': area})}" if area else path, 308, {"Cache-Control": "no-cache"})
