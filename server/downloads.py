"""``GET /compare/<a>/<b>.csv`` and the like: the figures of a page for spreadsheets, and as JSON.

The JSON is the answer of one document. The CSV (RFC 4180, in UTF-8) has a row for each figure of it.
"""

import csv
import io
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from db.deadline import DeadlineExceeded
from db.location import Unreachable
from db.models import NATION
from server import download_tables, http_caching
from server.download_tables import Json
from server.operations import unavailable
from server.pages import (
    Found,
    NotFound,
    area_of,
    find_comparison,
    find_occupation,
    find_roles,
    find_several,
    for_browsers,
    path_of,
    redirect_to,
)
from server.responses import JSON, Refused
from server.service import Service
from server.telemetry.record import RECORD, RequestRecord

CSV = "text/csv"
MEDIA_TYPES = {"csv": CSV, "json": JSON}
"""By the extension of the path."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""The characters at the start of a text by which a spreadsheet takes it for a formula."""


async def comparison(request: Request) -> Response:
    """Answer with the figures of a comparison, as its page's path names it."""

    def name(found: Json) -> str:
        elsewhere = f"-{found['area']['code']}" if found["area"]["code"] != NATION else ""
        return f"{found['left']['slug']}-vs-{found['right']['slug']}{elsewhere}"

    def text(found: Json) -> str:
        return as_csv(download_tables.COMPARISON_COLUMNS, download_tables.comparison_rows(found))

    requested = find_comparison(request, download_tables.COMPARISON)
    return await or_refusal(request, _download(request, requested, comparison_path, name, text))


async def occupation(request: Request) -> Response:
    """Answer with the figures of an occupation, as its page's path names it."""
    area = area_of(request) or NATION

    def name(found: Json) -> str:
        return f"{found['slug']}-{area}" if area != NATION else found["slug"]

    def text(found: Json) -> str:
        return as_csv(download_tables.OCCUPATION_COLUMNS, download_tables.occupation_rows(found))

    requested = find_occupation(request, download_tables.OCCUPATION, {"area": area})
    return await or_refusal(request, _download(request, requested, occupation_path, name, text))


async def several(request: Request) -> Response:
    """Answer with the figures of three or four occupations, one after the other, as their page's path names them."""
    return await or_refusal(request, _several(request))


async def _several(request: Request) -> Response:
    roles, area = await find_roles(request), area_of(request) or NATION
    path = None if roles.titles else f"/compare/{'/'.join(roles.slugs)}"
    if redirect := redirect_to_canonical(request, roles.moved or path):
        return redirect

    def name(_: Json) -> str:
        slugs = "-vs-".join(roles.slugs)
        return f"{slugs}-{area}" if area != NATION else slugs

    def text(found: Json) -> str:
        return as_csv(download_tables.SEVERAL_COLUMNS, download_tables.several_rows(found))

    requested = find_several(request, roles, download_tables.SEVERAL)
    return await _download(request, requested, lambda _: path, name, text)


def comparison_path(found: Found) -> str | None:
    """Return the path of a comparison's page; None for the address of a job title, which is kept."""
    value = found.value
    if value["leftTitle"] or value["rightTitle"]:
        return None
    return f"/compare/{value['left']['slug']}/{value['right']['slug']}"


def occupation_path(found: Found) -> str | None:
    """Return the path of an occupation's page; None for the address of a job title, which is kept."""
    return None if found.titles else f"/occupation/{found.value['slug']}"


async def _download(
    request: Request,
    requested: Awaitable[Found],
    path: Callable[[Found], str | None],
    name: Callable[[Json], str],
    text: Callable[[Json], str],
) -> Response:
    """Return the download, or a redirect to its canonical path; raise Refused for an answer with errors."""
    found = await requested
    if redirect := redirect_to_canonical(request, path(found)):
        return redirect
    tag, extension = tag_of(request, found), extension_of(request)
    media_type = MEDIA_TYPES[extension]

    def download() -> Response:
        headers = {
            "Content-Disposition": f'attachment; filename="{name(found.value)}.{extension}"',
            # Search engines find the page, which has the same figures.
            "X-Robots-Tag": "noindex",
        }
        content = found.result.body if media_type == JSON else text(found.value)
        return Response(content, media_type=media_type, headers=headers)

    return unless_known(request, tag, download)


async def or_refusal(request: Request, response: Awaitable[Response]) -> Response:
    """Return a response, or the error for what its page would not find or answer now."""
    try:
        return await response
    except NotFound as missing:
        notes = ("".join(part.text for part in note) for note in missing.preview.notes)
        refused = Refused.because("NOT_FOUND", " ".join((str(missing), *notes)), 404)
    except Refused as error:
        refused = Refused(error.errors, error.status or 503, error.headers)
    except (DeadlineExceeded, Unreachable) as error:
        refused = unavailable(request.app.state.service, error)
    return _refuse(request, refused)


def redirect_to_canonical(request: Request, path: str | None) -> Response | None:
    """Redirect a request to the canonical path of its page, with its extension; None if it has that path.

    ``path`` is None for the address of a job title, which is kept.
    """
    return redirect_to(path_of(request) if path is None else f"{path}.{extension_of(request)}", request)


def extension_of(request: Request) -> str:
    """Return the extension of the requested path, without the dot."""
    path: str = request.scope["path"]
    return path.rpartition(".")[2]


def tag_of(request: Request, found: Found) -> str:
    """Return the entity tag of what is made of an answer; raise Refused for an answer with errors."""
    if found.result.errors:
        raise Refused(found.result.errors, 500)
    return http_caching.entity_tag(found.result.key, extension_of(request), found.result.data_version)


def unless_known(request: Request, tag: str, response: Callable[[], Response]) -> Response:
    """Return a response with the headers of its entity tag; 304 if the client has it."""
    service: Service = request.app.state.service
    headers = http_caching.headers(tag, service.settings.cache_seconds)
    if http_caching.matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    made = response()
    made.headers.update(headers)
    return made


def _refuse(request: Request, refused: Refused) -> Response:
    record: RequestRecord = request.scope[RECORD]
    record.refuse(refused.errors)
    accept = request.headers.get("accept", "").encode("latin-1")
    service: Service = request.app.state.service
    return for_browsers(accept, service.built, refused.response(), str(refused))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV. A text that a spreadsheet would take for a formula begins with an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return written.getvalue()


def _cell(value: object) -> object:
    """Return what a cell has: numbers without a fraction as integers, and texts that are no formulas."""
    if isinstance(value, str) and value.startswith(_FORMULAS):
        return f"'{value}"
    return int(value) if isinstance(value, float) and value.is_integer() else value
