"""GraphQL over HTTP: from a request to an operation, and from its result to a response."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from server import caching, negotiation, playground
from server.answers import JSON, MEDIA_TYPES, NO_STORE, Refused, answer
from server.operations import Operation, Result, prepared, refusing_what_is_unavailable, run
from server.requests import from_body, from_url
from server.service import Service
from server.telemetry.record import Record

HTML = "text/html"


async def graphql(request: Request) -> Response:
    """Answer ``GET``, ``HEAD`` and ``POST /graphql``."""
    reading = request.method != "POST"
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    if reading and negotiation.preferred(accept, (*MEDIA_TYPES, HTML)) == HTML:
        return playground.page()
    media_type = negotiation.preferred(accept, MEDIA_TYPES)
    allowance: dict[str, str] = {}
    try:
        if media_type is None:
            message = f"This endpoint answers in {' or '.join(MEDIA_TYPES)}."
            raise Refused.because("NOT_ACCEPTABLE", message, 406)
        response = await _answered(request, media_type, allowance)
    except Refused as refused:
        request.state.record.refuse(refused.errors)
        response = refused.answer(media_type or JSON)
    # What caches keep for everybody must not tell of one client's allowance.
    if response.headers.get("Cache-Control") == NO_STORE["Cache-Control"]:
        response.headers.update(allowance)
    return response


async def _answered(request: Request, media_type: str, allowance: dict[str, str]) -> Response:
    """Walk the way of a request that may be refused at each step, noting what is left of the client's allowance."""
    service: Service = request.app.state.service
    record: Record = request.state.record
    reading = request.method != "POST"
    await _charge(request, service, 1, allowance)
    parameters = from_url(request) if reading else await from_body(request, service.settings)
    operation = await prepared(service, parameters, record, reading=reading)
    if reading and (unchanged := await _unchanged(request, service, operation, media_type)):
        record.errors = ()
        return unchanged
    await _charge(request, service, operation.cost - 1, allowance)
    result = await run(service, operation, record)
    record.errors = result.errors
    caches = NO_STORE
    if reading and not result.errors:
        tag = caching.entity_tag(operation, media_type, result.data_version)
        caches = caching.headers(tag, service.settings.cache_seconds)
    return answer(_body(service, operation, result), media_type, headers=caches)


async def _charge(request: Request, service: Service, cost: int, allowance: dict[str, str]) -> None:
    """Charge the client; raise Refused where it has nothing left. A request costs 1 before we know what it asks for."""
    if service.rate_limiter is None or cost < 1:
        return
    left = await service.rate_limiter.charge(request.client.host if request.client else None, cost)
    allowance.update(left.headers)
    request.state.record.rate_limit = "refused" if not left.allowed else "allowed" if left.headers else "away"
    if not left.allowed:
        limit, seconds = service.settings.rate_limit, left.retry_after
        message = f"Too much in too short a time: the limit is {limit} by cost. Come again in {seconds} seconds."
        raise Refused.because("RATE_LIMITED", message, 429)


async def _unchanged(request: Request, service: Service, operation: Operation, media_type: str) -> Response | None:
    """Return the answer to a client that has the answer already."""
    held = request.headers.get("if-none-match")
    if held is None:
        return None
    with refusing_what_is_unavailable():
        tag = caching.entity_tag(operation, media_type, await service.database.version())
    if not caching.is_held(held, tag):
        return None
    return Response(status_code=304, headers={"Vary": "Accept", **caching.headers(tag, service.settings.cache_seconds)})


def _body(service: Service, operation: Operation, result: Result) -> Mapping[str, object]:
    body: dict[str, object] = {"data": result.data}
    if result.errors:
        body["errors"] = result.errors
    if operation.tells_cost:
        body["extensions"] = {"cost": {"requested": operation.cost, "maximum": service.settings.max_cost}}
    return body
