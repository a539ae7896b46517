"""The HTML pages: the playground, the pages about occupations, and those of errors, with their status and policy.

`make web` builds the pages as templates. The server runs the first documents of a page's script and renders their
answers, for the first paint and for clients that run no scripts. The answers are in the page too, so that the script
continues with them and requests the rest.
"""

import re
from collections.abc import Awaitable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import orjson
from jinja2 import TemplateNotFound
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from db.deadline import DeadlineExceeded
from db.job_titles import slug_of_title
from db.location import Unreachable
from db.models import ALL_INDUSTRIES, NATION
from db.vocabulary import EducationLevel
from resolvers.codes import soc_code
from resolvers.comparisons.formatting import sector_name
from server import page_previews
from server.answer_cache import OperationResult
from server.content_negotiation import preferred
from server.operations import charged, run_own, unavailable
from server.page_content import best_paid, comparison, home, occupation, several
from server.page_previews import Part, Preview
from server.responses import HTML, MEDIA_TYPES, NO_STORE, Refused
from server.service import Service
from server.telemetry.record import RECORD, RequestRecord
from server.trusted_documents import PageDocument

_CONTENT = Path(__file__).parent / "templates"
"""The templates of what pages show. Those of whole pages are built."""

_NOT_BUILT = """<!doctype html>
<html lang="en">
<title>Rolegraph</title>
<p>The API answers POST requests to <code>/graphql</code>. The pages have not been built:
install Node 20.19 or newer with npm, run <code>make web</code>, and load this page again.</p>
</html>
"""

# The built page in few words, for a server whose pages are not built.
_PLAIN_ERROR = """<!doctype html>
<html lang="en">
<title>{{ title }} | Rolegraph</title>
<main>
<h1>{{ title }}</h1>
<p>{{ message }}</p>
<p><a href="/">Go to the home page</a></p>
</main>
</html>
"""

_ERROR_TITLES = {
    404: "Page not found",
    405: "Method not allowed",
    429: "Too many requests",
    503: "Temporarily unavailable",
}
"""The errors that browsers get a page for, by status."""

_COMMON_POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; "
)
_POLICY = _COMMON_POLICY + "style-src 'self'; font-src 'self'; form-action 'self'"
# The editor creates styles at run time, and its style sheet has small images as data URLs.
_PLAYGROUND_POLICY = (
    _COMMON_POLICY + "style-src 'self' 'unsafe-inline'; font-src 'self'; worker-src 'self'; form-action 'none'"
)
_LETTERS_OF_A_STATE = 2
_NO_SUCH_PART = "The list has no such part. Start at its first place."
_PLACE = re.compile("[1-9][0-9]{0,3}")
_SIDES = ("left", "right", "third", "fourth")
"""The names of the occupations of a comparison, in the order of its path."""

_HEADERS = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
_PLAYGROUND_HEADERS = {"Content-Security-Policy": _PLAYGROUND_POLICY, "Cache-Control": "no-cache", "Vary": "Accept"}


def playground(built: Path) -> Response:
    """Return the playground; 503 with instructions if the pages are not built."""
    page = built / "playground.html"
    if not page.exists():
        return HTMLResponse(_NOT_BUILT, 503, headers=_PLAYGROUND_HEADERS)
    return HTMLResponse(page.read_text(encoding="utf-8"), headers=_PLAYGROUND_HEADERS)


def for_browsers(accept: bytes, built: Path, error: Response, message: str) -> Response:
    """Return an error as a page if the client prefers HTML to JSON, as browsers do; otherwise the error itself."""
    title = _ERROR_TITLES.get(error.status_code)
    if title is None or preferred(accept, (*MEDIA_TYPES, HTML)) != HTML:
        return error
    templates = _templates(built)
    try:
        template = templates.get_template("error.html")
    except TemplateNotFound:
        template = templates.env.from_string(_PLAIN_ERROR)
    others = {name: value for name, value in error.headers.items() if not name.startswith("content-")}
    headers = {**others, "Content-Security-Policy": _POLICY}
    return HTMLResponse(template.render(title=title, message=message), error.status_code, headers=headers)


@lru_cache(maxsize=10)
def _templates(built: Path) -> Jinja2Templates:
    """Return the templates of pages whose scripts are built in a folder. It may be built later."""
    return Jinja2Templates([built, _CONTENT])


class NotBuilt(Exception):
    """The pages are not built, or are of another version."""


class Answer(NamedTuple):
    """The answer of a document of a page's script."""

    document: PageDocument
    variables: Mapping[str, Any]
    result: OperationResult

    @property
    def data(self) -> dict[str, Any]:
        """The data of the answer; empty if there are none."""
        return orjson.loads(self.result.body)["data"] or {}


class Page(NamedTuple):
    """A page before it is rendered."""

    preview: Preview
    content: str
    """The name of the template of its content."""
    values: Mapping[str, Any] = {}
    """The values of that template."""
    answers: Sequence[Answer] = ()
    titles: Mapping[str, str] = {}
    """The job titles that its address names, by the names of its path's parts."""
    status: int = 200
    headers: Mapping[str, str] = {}
    also: Sequence[str] = ()
    """The job titles that a redirect to its canonical path leaves out."""


class Pages:
    """The pages about occupations, whose templates are in a folder once they are built."""

    def __init__(self, built: Path) -> None:
        self._built = built
        self._templates = _templates(built)

    async def licenses(self, _: Request) -> Response:
        """Answer with the licenses of the libraries in the pages' scripts."""
        licenses = self._built / "licenses.md"
        if not licenses.exists():
            raise HTTPException(404)
        return FileResponse(licenses, media_type="text/markdown; charset=utf-8")

    async def home(self, request: Request) -> Response:
        """Answer with the home page, which searches occupations."""
        return await self._answer(request, "home", _home(request))

    async def chosen(self, request: Request) -> Response:
        """Redirect from the form of two roles, for browsers without scripts, to the page that it names."""
        try:
            return RedirectResponse(await _chosen(request), 303, {"Cache-Control": "no-cache"})
        except (Refused, DeadlineExceeded, Unreachable) as error:
            refused = error if isinstance(error, Refused) else unavailable(request.app.state.service, error)
            return self._rendered(request, "home", _refused(request, refused))

    async def compare(self, request: Request) -> Response:
        """Answer with the page of a comparison; 404 if a side or the area is unknown."""
        return await self._answer(request, "compare", _comparison(request), "Comparison not found")

    async def several(self, request: Request) -> Response:
        """Answer with the page of three or four occupations; 404 if one or the area is unknown."""
        return await self._answer(request, "several", _several(request), "Comparison not found")

    async def one(self, request: Request) -> Response:
        """Answer that a comparison takes two occupations, with links to the page and the picker of the one."""
        return await self._answer(request, "compare", _one(request), "Comparison not found")

    async def too_many(self, request: Request) -> Response:
        """Answer that a page compares four occupations at most, with a link to the first four."""
        return await self._answer(request, "several", _too_many(request), "Comparison not found")

    async def occupation(self, request: Request) -> Response:
        """Answer with the page of an occupation; 404 if it is unknown."""
        return await self._answer(request, "occupation", _occupation(request), "Role not found")

    async def best_paid(self, request: Request) -> Response:
        """Answer with the list of occupations in the order of a place's wages; 404 if a value is unknown."""
        return await self._answer(request, "best-paid", _best_paid(request), "No such list")

    async def _answer(self, request: Request, name: str, requested: Awaitable[Page], not_found: str = "") -> Response:
        """Answer with a page, or with one that says why it cannot be shown."""
        try:
            page = await requested
        except NotBuilt:
            return _not_built()
        except NotFound as missing:
            page = Page(missing.preview, "content/not-found.html", {"heading": not_found}, status=404)
        except Refused as refused:
            page = _refused(request, refused)
        except (DeadlineExceeded, Unreachable) as error:
            page = _refused(request, unavailable(request.app.state.service, error))
        # The address of a job title is kept.
        path = path_of(request) if page.preview.notes else page.preview.canonical.partition("?")[0]
        if page.status == 200 and (redirect := redirect_to(path, request, page.also)):  # noqa: PLR2004
            return redirect
        return self._rendered(request, name, page)

    def _rendered(self, request: Request, name: str, page: Page) -> Response:
        """Return the template of a page filled in; 503 with instructions if the pages are not built."""
        site = request.app.state.service.settings.site_url or ""
        preview = page.preview
        values = {
            **preview._asdict(),
            "canonical": site + preview.canonical,
            "site": site,
            "content": page.content,
            "data": _data(page),
            "path": path_of(request),
            "written": request.path_params,
            "query": f"?{urlencode({'area': area})}" if (area := area_of(request)) not in ("", NATION) else "",
            **page.values,
        }
        headers = {**_HEADERS, **page.headers}
        try:
            return self._templates.TemplateResponse(request, f"{name}.html", values, page.status, headers)
        except TemplateNotFound:
            return _not_built()


def _not_built() -> Response:
    return HTMLResponse(_NOT_BUILT, 503, headers=_HEADERS)


def _refused(request: Request, refused: Refused) -> Page:
    """Return the page for an operation that is refused. The page's script tries it again and reports errors itself."""
    record: RequestRecord = request.scope[RECORD]
    record.refuse(refused.errors)
    preview = page_previews.of_refusal(path_of(request), refused)
    heading = preview.title.partition(" | ")[0]
    headers = {**NO_STORE, **refused.headers}
    return Page(preview, "content/refused.html", {"heading": heading}, status=refused.status or 503, headers=headers)


def _data(page: Page) -> Markup:
    """Return what the page's script knows from the server, as JSON that is safe in a script element.

    web/src/api/page-data.ts has its type.
    """
    problem = page.preview.problem
    data = {
        "notes": [[part._asdict() for part in note] for note in page.preview.notes],
        "leftOut": [[part._asdict() for part in note] for note in page.preview.left_out],
        "problem": problem and {"text": problem.text, "exit": problem.exit._asdict()},
        "titles": page.titles,
        "answers": [
            {"documentId": document.id, "variables": variables, "result": orjson.Fragment(result.body)}
            for document, variables, result in page.answers
            # The script requests an answer with errors again, and reports them.
            if not result.errors
        ],
    }
    # "<" is only in strings, and begins all that ends a script element.
    return Markup(orjson.dumps(data).decode().replace("<", "\\u003c"))  # noqa: S704


class NotFound(Exception):
    """There is no such occupation or area. The preview says so, and suggests others."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(preview.description)
        self.preview = preview


class Found(NamedTuple):
    """The object that a path names."""

    result: OperationResult
    variables: Mapping[str, Any]
    value: Any
    """Its fields. None in the answer about an unknown occupation."""
    titles: Mapping[str, Mapping[str, Any]] = {}
    """The job titles by which the path names occupations, from ``TITLES``, by the names of the path's parts."""

    def page(self, preview: Preview, template: str, values: Mapping[str, Any], document: PageDocument) -> Page:
        """Return the page of the object."""
        titles = {name: title["title"] for name, title in self.titles.items()}
        return Page(preview, template, values, [Answer(document, self.variables, self.result)], titles)


def _document(request: Request, operation: str) -> PageDocument:
    """Return the document of an operation of the pages' scripts. Raises NotBuilt."""
    service: Service = request.app.state.service
    document = service.page_documents.of_operation(operation)
    if document is None:
        raise NotBuilt
    return document


async def _answered(request: Request, operation: str, variables: Mapping[str, Any]) -> Answer:
    """Run an operation of the pages' scripts. Raises NotBuilt, and what ``_run`` raises."""
    document = _document(request, operation)
    return Answer(document, variables, await _run(request, document.text, variables))


async def _home(request: Request) -> Page:
    """Return the home page. Its lists are left out if they cannot be had now: the script requests them again."""
    selected = {side: _first(request, side).replace("-", " ") for side in ("left", "right")}
    try:
        answers = [await _answered(request, operation, {}) for operation in home.OPERATIONS]
        lists = home.content(*(answer.data for answer in answers))
    except (Refused, DeadlineExceeded, Unreachable):
        answers, lists = [], home.content(None, None)
    return Page(page_previews.HOME, "content/home.html", {**lists, "selected": selected}, answers)


async def _chosen(request: Request) -> str:
    """Return the address of the page for the roles and the area that a form has as texts.

    The page says what it does not know and suggests others. Raises what ``_execute`` raises.
    """
    texts = filter(None, (_first(request, name).strip() for name in ("left", "right")))
    keys = [quote(text if soc_code(text) else slug_of_title(text) or text, safe="") for text in texts]
    area = _written_area(request).strip()
    if area:
        data, _ = await _execute(request, page_previews.PLACES["area"], {"text": area})
        found = data["places"]["nodes"] if data and data["places"] else ()
        area = next((one["code"] for one in found if one["name"].casefold() == area.casefold()), area)
    if not keys:
        return "/"
    path = f"/occupation/{keys[0]}" if len(keys) == 1 else f"/compare/{keys[0]}/{keys[1]}"
    return f"{path}?{urlencode({'area': area})}" if area not in ("", NATION) else path


async def _comparison(request: Request) -> Page:
    """Return the page of the comparison that a path names. Raises NotBuilt and what ``find_comparison`` raises."""
    document = _document(request, comparison.OPERATION)
    found = await find_comparison(request, document.text)
    preview = page_previews.of_comparison(found.value, await _also(request))
    return found.page(preview, "content/comparison.html", comparison.content(found.value), document)


async def find_comparison(request: Request, document: str) -> Found:
    """Run a document for the comparison that a path names. A side is named by its key, or else by a job title.

    The document has the variables ``$left``, ``$right`` and ``$area``. Raises NotFound, and what ``_run`` raises.
    """
    written, area = request.path_params, area_of(request) or NATION
    named: dict[str, Mapping[str, Any]] = {}
    variables: dict[str, Any] = {**{side: _key(written[side]) for side in ("left", "right")}, "area": area}
    result = await _run(request, document, variables)
    if unknown := _unknown_sides(result.errors):
        titles = await _titles(request, unknown)
        named = {side: title for side, title in titles.items() if title and title["occupation"]}
        if len(named) < len(unknown):
            raise NotFound(await _missing(request, titles))
        variables |= {side: {"title": title["title"]} for side, title in named.items()}
        result = await _run(request, document, variables)
    data = orjson.loads(result.body)["data"]
    if data and data["comparison"]:
        return Found(result, variables, data["comparison"], named)
    raise await _failure(request, result.errors)


async def _several(request: Request) -> Page:
    """Return the page that compares the three or four occupations of a path.

    Raises NotBuilt and what ``find_roles`` and ``_run`` raise.
    """
    found = await find_roles(request)
    if found.moved:
        return Page(page_previews.moved(found.moved), "", also=found.left_out)
    roles = [{"slug": slug} for slug in found.slugs]
    answer = await _answered(request, several.OPERATION, {"roles": roles, "area": area_of(request) or NATION})
    if not answer.data.get("wages"):
        raise await _failure(request, answer.result.errors)
    content = several.content(answer.data, found.slugs)
    preview = page_previews.of_several(content, found.titles, await _also(request))
    return Page(preview, "content/several.html", content._asdict(), [answer])


class FoundRoles(NamedTuple):
    """The three or four occupations that a path names."""

    slugs: Sequence[str]
    titles: Sequence[Mapping[str, Any]]
    """The job titles among the names, from ``TITLES``."""
    moved: str | None
    """The canonical path, which is shorter, if the path names an occupation twice."""
    left_out: Sequence[str]
    """The job titles that the canonical path leaves out, because their occupation is in it."""


async def find_roles(request: Request) -> FoundRoles:
    """Return the three or four occupations of a path. Raises NotFound and what ``_run`` raises."""
    written: Mapping[str, str] = request.path_params
    # The document has four keys.
    keys = [_key(each) for each in (*written.values(), *list(written.values())[-1:])][: len(_SIDES)]
    found, errors = await _execute(request, page_previews.ROLES, dict(zip(_SIDES, keys, strict=True)))
    if errors:
        raise Refused(errors, 500)
    titles = await _titles(request, unknown) if (unknown := [name for name in written if not found[name]]) else {}
    if not all(title and title["occupation"] for title in titles.values()):
        raise NotFound(await _missing(request, titles))
    named = {name: title for name, title in titles.items() if title}
    slugs = {name: (found[name] or named[name]["occupation"])["slug"] for name in written}
    first = {slug: name for name, slug in reversed(slugs.items())}
    places = [name for name, slug in slugs.items() if first[slug] == name]
    moved, kept = None, places
    if len(places) < len(written):
        # The page of one occupation and itself says so.
        kept = places if len(places) > 1 else list(written)[:2]
        parts = [quote(written[name], safe="") if name in titles else slugs[name] for name in kept]
        moved = f"/compare/{'/'.join(parts)}"
    left_out = [written[name] for name in named if name not in kept]
    return FoundRoles([*slugs.values()], [*named.values()], moved, left_out)


async def find_several(request: Request, roles: FoundRoles, document: str) -> Found:
    """Run a document for three or four occupations of a path. Raises NotFound, and what ``_run`` raises.

    The document has the keys as ``$left``, ``$right``, ``$third`` and ``$fourth``, ``$area``, and whether there are
    four as ``$four``.
    """
    keys = [{"slug": slug} for slug in (*roles.slugs, roles.slugs[-1])][: len(_SIDES)]
    variables: dict[str, Any] = dict(zip(_SIDES, keys, strict=True))
    variables |= {"area": area_of(request) or NATION, "four": len(roles.slugs) == len(_SIDES)}
    result = await _run(request, document, variables)
    if result.errors:
        raise await _failure(request, result.errors)
    return Found(result, variables, orjson.loads(result.body)["data"])


async def _also(request: Request) -> Sequence[Mapping[str, Any]]:
    """Return the job titles that a redirect has left out of the path, from ``TITLES``."""
    texts = _left_out(request)
    if not texts:
        return ()
    data, _ = await _execute(request, page_previews.TITLES, {"left": texts[0], "right": texts[-1]})
    titles = [data[side] for side, _ in zip(("left", "right"), texts, strict=False)] if data else []
    return [title for title in titles if title and title["occupation"]]


async def _one(request: Request) -> Page:
    """Raise NotFound for a comparison of one occupation, which may be unknown besides."""
    found = await find_occupation(request, page_previews.ROLE, {})
    raise NotFound(page_previews.of_one(path_of(request), found.value, found.titles.get("key")))


async def _too_many(request: Request) -> Page:
    """Raise NotFound for a path with more occupations than a page compares."""
    path = path_of(request)
    written = path.split("/")[2:]
    if not written[-1]:
        # http_error redirects to the path without the slash.
        raise HTTPException(404)
    first = f"/compare/{'/'.join(written[: len(_SIDES)])}"
    raise NotFound(page_previews.of_too_many(path, len(_SIDES), len(written), first))


async def _failure(request: Request, errors: Sequence[Mapping[str, Any]]) -> NotFound | Refused:
    """Return the exception for the errors of an object that exists: NotFound if its area does not."""
    if errors[0]["extensions"].get("argument") != "area":
        return Refused(errors, 500)
    path, area = path_of(request), area_of(request)
    notes = await _similar_places(request, {"area": area})
    return NotFound(page_previews.of_missing(path, "area", [area], Part("Compare nationwide", path), notes))


def _unknown_sides(errors: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """Return the sides of a comparison for which there is no occupation."""
    if not errors or errors[0]["extensions"]["code"] != "NOT_FOUND":
        return ()
    sides: Sequence[str] = errors[0]["extensions"]["arguments"]
    return sides


async def _occupation(request: Request) -> Page:
    """Return the page of the occupation that a path names. Raises NotBuilt and what ``find_occupation`` raises."""
    document = _document(request, occupation.OPERATION)
    found = await find_occupation(request, document.text, {})
    preview = page_previews.of_occupation(found.value, found.titles.get("key"))
    return found.page(preview, "content/occupation.html", occupation.content(found.value), document)


async def find_occupation(request: Request, document: str, variables: Mapping[str, Any]) -> Found:
    """Run a document for the occupation that a path names by its key, or else by a job title.

    The document has the key as ``$by``, and these variables. Raises NotFound, and what ``_run`` raises.
    """
    found = await _occupation_by(request, document, {"by": _key(request.path_params["key"]), **variables})
    if not (found.value or found.result.errors):
        titles = await _titles(request, ["key"])
        title = titles["key"]
        if not (title and title["occupation"]):
            raise NotFound(await _missing(request, titles))
        key = {"slug": title["occupation"]["slug"]}
        found = await _occupation_by(request, document, {"by": key, **variables})
        found = found._replace(titles={"key": title})
    if found.result.errors:
        raise await _failure(request, found.result.errors)
    return found


async def _occupation_by(request: Request, document: str, variables: Mapping[str, Any]) -> Found:
    """Run a document for one occupation, whose value is None for an unknown key."""
    result = await _run(request, document, variables)
    data: dict[str, Any] | None = orjson.loads(result.body)["data"]
    return Found(result, variables, data and data["occupation"])


async def _titles(request: Request, names: Sequence[str]) -> dict[str, Mapping[str, Any] | None]:
    """Return the job titles that parts of a path name, by these names, from ``TITLES``; None for an unknown one."""
    found: dict[str, Mapping[str, Any] | None] = {}
    # The document has two titles.
    for pair in (names[start : start + 2] for start in range(0, len(names), 2)):
        written = [request.path_params[name] for name in pair]
        data, errors = await _execute(request, page_previews.TITLES, {"left": written[0], "right": written[-1]})
        if errors:
            raise Refused(errors, 500)
        found |= zip(pair, (data["left"], data["right"]), strict=False)
    return found


async def _missing(request: Request, titles: Mapping[str, Mapping[str, Any] | None]) -> Preview:
    """Return the preview of a page that is not found: some of these titles are unknown or have no occupation.

    It says why a title is not covered, and suggests occupations for one that is unknown.
    """
    written = request.path_params
    similar = await _similar(request, [name for name, title in titles.items() if title is None])
    missing = [name for name, title in titles.items() if not (title and title["occupation"])]
    # A side that has no suggestion is left out of the addresses of suggested comparisons.
    sides = {name: quote(written[name], safe="") for name in written if name not in missing}
    sides |= {name: found[0]["slug"] for name, found in similar.items() if found}
    notes = [
        page_previews.not_covered_note(title)
        if (title := titles[name])
        else page_previews.suggestion_note(
            written[name], [Part(one["title"], _address(one["slug"], name, sides)) for one in similar[name]]
        )
        for name in missing
        if titles[name] or similar[name]
    ]
    way_out = Part("Browse all roles by group", "/#groups") if "key" in written else Part("Search for a role", "/")
    unknown = [written[name] for name in missing]
    return page_previews.of_missing(path_of(request), "occupation", unknown, way_out, notes)


async def _similar(request: Request, names: Sequence[str]) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return occupations that are similar to parts of a path, by the parts' names, from ``SUGGESTIONS``."""
    similar: dict[str, Sequence[Mapping[str, Any]]] = {}
    # The document has two texts.
    for pair in (names[start : start + 2] for start in range(0, len(names), 2)):
        texts = [request.path_params[name].replace("-", " ") for name in pair]
        variables = {"left": texts[0], "right": texts[-1], "both": len(texts) > 1}
        data, errors = await _execute(request, page_previews.SUGGESTIONS, variables)
        if errors:
            raise Refused(errors, 500)
        found = [[match["occupation"] for match in matches if match["occupation"]] for matches in data.values()]
        similar |= zip(pair, (each[: page_previews.SUGGESTED] for each in found), strict=True)
    return similar


async def _similar_places(
    request: Request, unknown: Mapping[str, str], others: Mapping[str, str] = {}
) -> Sequence[Sequence[Part]]:
    """Return notes with links to the requested page for the areas or industries that unknown ones can mean.

    ``unknown`` has what is written for each, and ``others`` what the links keep of the query, by parameter. There is no
    note for what nothing is like.
    """
    notes: list[Sequence[Part]] = []
    for name, written in unknown.items():
        if not written.strip():
            continue
        data, errors = await _execute(request, page_previews.PLACES[name], {"text": written})
        if errors:
            raise Refused(errors, 500)
        links = [
            Part(sector_name(place["name"]), f"{path_of(request)}?{urlencode({name: place['code'], **others})}")
            for place in data["places"]["nodes"]
        ]
        if links:
            notes.append(page_previews.suggestion_note(written, links))
    return notes


def _address(slug: str, name: str, sides: Mapping[str, str]) -> str:
    """Return the path of a suggested page, in which an occupation takes the place of a part of the requested path."""
    slugs = {**sides, name: slug}
    compared = [slugs[side] for side in _SIDES if side in slugs]
    return f"/compare/{'/'.join(compared)}" if len(compared) > 1 else f"/occupation/{slug}"


async def _best_paid(request: Request) -> Page:
    """Return the page of the list that a query names. Raises NotBuilt, NotFound and what ``_run`` raises."""
    education, order = _education(request), _first(request, "order")
    chosen = best_paid.Choice(
        area_of(request) or NATION,
        _first(request, "industry") or ALL_INDUSTRIES,
        education,
        order if order in best_paid.ORDERS else "mean",
        *_part_of_list(request),
    )
    listed = await _answered(request, best_paid.LIST, chosen.list_variables)
    if errors := listed.result.errors:
        raise await _list_failure(request, chosen, listed.data, errors)
    # The occupations without a place come before the first one.
    unranked = None if chosen.after else await _answered(request, best_paid.UNRANKED, chosen.unranked_variables)
    compared = chosen.ties_variables(listed.data)
    ties = await _answered(request, best_paid.TIES, compared) if compared else None
    answers = [answer for answer in (listed, unranked, ties) if answer]
    content = best_paid.content(chosen, listed.data, unranked and unranked.data, ties and ties.data)
    return Page(page_previews.of_best_paid(listed.data, chosen), "content/best-paid.html", content, answers)


def _part_of_list(request: Request) -> tuple[str, int]:
    """Return the cursor after which a list starts, and the place of its first occupation. Both are needed."""
    after, place = _first(request, "after"), _first(request, "from")
    return (after, int(place)) if after and _PLACE.fullmatch(place) else ("", 1)


async def _list_failure(
    request: Request, chosen: best_paid.Choice, data: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]
) -> NotFound | Refused:
    """Return the exception for the errors of a list: NotFound if its address names it wrongly."""
    if any(error["extensions"]["code"] != "BAD_USER_INPUT" for error in errors):
        return Refused(errors, 500)
    written = {"area": chosen.area, "industry": chosen.industry}
    unknown = {name: value for name, value in written.items() if not data.get(name, True)}
    others = {name: value for name in ("education", "order") if (value := _first(request, name))}
    notes = await _similar_places(request, unknown, others)
    of_cursor = errors[0]["extensions"].get("argument") == "after"
    message = _NO_SUCH_PART if of_cursor else errors[0]["message"]
    return NotFound(page_previews.of_refused_list(path_of(request), unknown, message, notes))


async def _execute(
    request: Request, document: str, variables: Mapping[str, Any]
) -> tuple[dict[str, Any], Sequence[Mapping[str, Any]]]:
    """Run an operation of the server for a request; return its data, and its errors as clients see them.

    Raise Refused, DeadlineExceeded or Unreachable.
    """
    result = await _run(request, document, variables)
    return orjson.loads(result.body)["data"], result.errors


async def _run(request: Request, document: str, variables: Mapping[str, Any]) -> OperationResult:
    """Run an operation for a request. Raises Refused, DeadlineExceeded or Unreachable."""
    service: Service = request.app.state.service
    charge = await charged(request)
    return await run_own(service, document, {**variables}, request.scope[RECORD], charge)


def _education(request: Request) -> EducationLevel | None:
    """Return the entry education that a request names by its label; None for any. An unknown one counts as any."""
    try:
        return EducationLevel(_first(request, "education"))
    except ValueError:
        return None


def _key(written: str) -> dict[str, str]:
    """Return the key of the occupation that a path names: its code, or its slug in any letter case."""
    return {"slug": written.lower()} if soc_code(written) is None else {"code": written}


def area_of(request: Request) -> str:
    """Return the code of the area that a request names, with the letters of a state in capitals."""
    area = _written_area(request)
    return area.upper() if len(area) == _LETTERS_OF_A_STATE else area


def _written_area(request: Request) -> str:
    return _first(request, "area")


def _first(request: Request, name: str) -> str:
    """Return a parameter of the query, or "". Of several, the first counts, as in the page's script."""
    return next(iter(request.query_params.getlist(name)), "")


def path_of(request: Request) -> str:
    """Return the requested path, encoded as in a URL."""
    return quote(request.scope["path"])


_CHOICES = ("and", "prices", "place", "offer", "per", "industry", "education", "order", "after", "from")
"""The parameters of pages' addresses with the visitor's choices, other than the area."""


def _left_out(request: Request) -> Sequence[str]:
    """Return the job titles that a redirect has left out of the path: two at most, of four roles."""
    return request.query_params.getlist("also")[:2]


def redirect_to(path: str, request: Request, also: Sequence[str] = ()) -> Response | None:
    """Redirect a request by code, or in other letter case, to the canonical path, with the same choices.

    ``also`` are job titles that the canonical path leaves out, for the page to say so. None for a request that has the
    canonical path and area.
    """
    if path == path_of(request) and area_of(request) == _written_area(request):
        return None
    asked: dict[str, str | Sequence[str]] = {"area": area_of(request), "also": also or _left_out(request)}
    asked |= {name: _first(request, name) for name in _CHOICES}
    query = urlencode({name: value for name, value in asked.items() if value}, doseq=True)
    return RedirectResponse(f"{path}?{query}" if query else path, 308, {"Cache-Control": "no-cache"})
