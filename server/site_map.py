"""``GET /sitemap.xml`` and ``GET /robots.txt``: the addresses of all pages, for search engines (https://sitemaps.org)."""

from xml.sax.saxutils import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from db.deadline import DeadlineExceeded
from db.location import Unreachable
from server.operations import answer_own, charged, unavailable
from server.responses import Refused
from server.service import Service
from server.telemetry.record import RECORD, RequestRecord

OCCUPATIONS = """
query SiteMapOccupations($after: String) {
  occupations(first: 100, after: $after) {
    nodes { slug related(first: 10) { nodes { occupation { slug } } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

STATES = """
query SiteMapStates { areas(kind: STATE, first: 100) { nodes { code } } }
"""

_HEADERS = {"Cache-Control": "no-cache"}


async def robots_txt(request: Request) -> Response:
    """Answer that robots may read everything. Those that run scripts need /graphql for the pages."""
    site = _service(request).settings.site_url
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {site}/sitemap.xml"] if site else [])]
    return PlainTextResponse("\n".join(lines) + "\n", headers=_HEADERS)


async def sitemap_xml(request: Request) -> Response:
    """Answer with the pages of all occupations, their comparisons with related ones, and the lists of all states.

    404 without ``SITE_URL``, because a sitemap has absolute addresses. All pairs would be too many: a sitemap may have
    50,000 addresses.
    """
    site = _service(request).settings.site_url
    if site is None:
        raise HTTPException(404)
    try:
        paths = await _paths(request)
    except Refused as refused:
        return _refuse(request, refused)
    except (DeadlineExceeded, Unreachable) as error:
        return _refuse(request, unavailable(_service(request), error))
    urls = "\n".join(f"<url><loc>{escape(site + path)}</loc></url>" for path in paths)
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n',
        media_type="application/xml",
        headers=_HEADERS,
    )


def _refuse(request: Request, refused: Refused) -> Response:
    record: RequestRecord = request.scope[RECORD]
    record.refuse(refused.errors)
    return refused.response()


async def _paths(request: Request) -> list[str]:
    """Return the canonical paths of the pages. Raise what ``answer_own`` raises."""
    service = _service(request)
    record: RequestRecord = request.scope[RECORD]
    charge = await charged(request)
    states, _ = await answer_own(service, STATES, {}, record, charge)
    occupations = list[str]()
    pairs = dict[frozenset[str], str]()
    after, more = None, True
    while more:
        data, _ = await answer_own(service, OCCUPATIONS, {"after": after}, record, charge)
        page = data["occupations"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        for node in page["nodes"]:
            occupations.append(f"/occupation/{node['slug']}")
            for related in node["related"]["nodes"]:
                slugs = node["slug"], related["occupation"]["slug"]
                # Two occupations that name each other have one page.
                pairs.setdefault(frozenset(slugs), "/compare/{}/{}".format(*slugs))
    lists = [f"/best-paid?area={state['code']}" for state in states["areas"]["nodes"]]
    return ["/", "/best-paid", *lists, *occupations, *pairs.values()]


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service
