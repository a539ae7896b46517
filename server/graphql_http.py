"""GraphQL over HTTP: from a request to an operation, and from its result to a response."""

from starlette.responses import Response

from db.deadline import DeadlineExceeded
from db.location import Unreachable
from server import caching, negotiation, pages
from server.answer_cache import Result
from server.operations import prepared, run, unavailable
from server.rate_limiting import charge
from server.rate_limits import RateLimiter
from server.requests import Request, from_body, from_url, require_json
from server.responses import JSON, MEDIA_TYPES, NO_STORE, Answer, Refused, method_not_allowed
from server.service import Service
from server.telemetry.record import Record

HTML = "text/html"
METHODS = ("GET", "HEAD", "POST")


async def graphql(service: Service, request: Request, record: Record) -> Response:
    """Answer ``GET``, ``HEAD`` and ``POST /graphql``."""
    if request.method not in METHODS:
        return method_not_allowed(request.method, {"Allow": ", ".join(METHODS)}).answer()
    accept = request.headers.get(b"accept") or b"*/*"
    if request.method != "POST" and negotiation.preferred(accept, (*MEDIA_TYPES, HTML)) == HTML:
        return pages.playground(service.built)
    media_type = negotiation.preferred(accept, MEDIA_TYPES)
    exchange = _Exchange(service, request, record, media_type or JSON)
    try:
        if media_type is None:
            message = f"This endpoint answers in {' or '.join(MEDIA_TYPES)}."
            raise Refused.because("NOT_ACCEPTABLE", message, 406)
        return await (exchange.posted() if request.method == "POST" else exchange.linked())
    except Refused as refused:
        return exchange.refused(refused)
    except (DeadlineExceeded, Unreachable) as error:
        return exchange.refused(unavailable(error))


class _Exchange:
    """A request and what comes of it; at each step it may be refused."""

    __slots__ = ("_allowance", "_media_type", "_record", "_request", "_service")

    def __init__(self, service: Service, request: Request, record: Record, media_type: str) -> None:
        self._service = service
        self._request = request
        self._record = record
        self._media_type = media_type
        self._allowance: dict[str, str] = {}
        """What answers tell the client of what is left to it, where a limit is set."""

    async def posted(self) -> Response:
        """Return the response to a POST."""
        service, record = self._service, self._record
        if service.rate_limiter:
            await self._charge(service.rate_limiter, 1)
        require_json(self._request)
        body = await self._request.body(service.settings)
        result = await service.answers.repeated(body)
        if result is not None:
            record.ask(result.question.document, result.question.operation, result.operation_type, result.cost)
            record.remembered, record.source = True, "memory"
            if service.rate_limiter:
                await self._charge(service.rate_limiter, result.cost - 1)
        else:
            parameters = from_body(body)
            operation = await prepared(service, parameters, record, reading=False)
            if service.rate_limiter:
                await self._charge(service.rate_limiter, operation.cost - 1)
            result = await run(service, operation, record)
            # Only what holds its document asks the same for ever: a hash may be unknown the next time.
            if result is operation.last and parameters.query and "persistedQuery" not in parameters.extensions:
                service.answers.remember(body, result)
        return self._answer(result)

    async def linked(self) -> Response:
        """Return the response to a GET, which caches may keep, or to a HEAD."""
        service, record = self._service, self._record
        if service.rate_limiter:
            await self._charge(service.rate_limiter, 1)
        operation = await prepared(service, from_url(self._request), record, reading=True)
        held = self._request.headers.get(b"if-none-match")
        if held is not None:
            # The tag follows from the question, so that nothing need be run.
            version = await service.data_version.now()
            tag = caching.entity_tag(operation.question, self._media_type, version)
            if caching.is_held(held.decode("latin-1"), tag):
                record.errors = ()
                headers = caching.headers(tag, service.settings.cache_seconds)
                return Response(status_code=304, headers={"Vary": "Accept", **headers})
        if service.rate_limiter:
            await self._charge(service.rate_limiter, operation.cost - 1)
        return self._answer(await run(service, operation, record), for_caches=True)

    def refused(self, refused: Refused) -> Answer:
        """Return the response to what is refused."""
        self._record.refuse(refused.errors)
        # What a refusal says itself of what is left is newer.
        return refused.answer(self._media_type).with_headers({**self._allowance, **refused.headers})

    def _answer(self, result: Result, *, for_caches: bool = False) -> Answer:
        self._record.errors = result.errors
        kept_by_caches = for_caches and not result.errors
        answer = result.answers.get((self._media_type, kept_by_caches))
        if answer is None:
            headers = NO_STORE
            if kept_by_caches:
                tag = caching.entity_tag(result.question, self._media_type, result.data_version)
                headers = caching.headers(tag, self._service.settings.cache_seconds)
            answer = Answer(result.body, self._media_type, headers=headers)
            result.answers[self._media_type, kept_by_caches] = answer
        # What caches keep for everybody must not tell of one client's allowance.
        return answer if kept_by_caches else answer.with_headers(self._allowance)

    async def _charge(self, limiter: RateLimiter, cost: int) -> None:
        self._allowance.update(await charge(limiter, self._request.address, cost, self._record))
