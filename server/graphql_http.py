"""GraphQL over HTTP: from a request to an operation, and from its result to a response."""

from collections.abc import Sequence

from starlette.responses import Response

from db.deadline import DeadlineExceeded
from db.location import Unreachable
from server import compression, content_negotiation, http_caching, pages
from server.answer_cache import OperationResult
from server.compression import GZIP, Coding
from server.operations import prepared, run, unavailable
from server.rate_limiting import RequestCharge
from server.request_params import ASGIRequest, from_body, from_url, require_json
from server.responses import (
    HTML,
    JSON,
    MEDIA_TYPES,
    NOT_MODIFIED,
    EncodedResponse,
    Refused,
    method_not_allowed,
)
from server.service import Service
from server.telemetry.record import RequestRecord

METHODS = ("GET", "HEAD", "POST")

_VARYING = {"Vary": "Accept, Accept-Encoding"}
"""The headers that choose between the responses to a GET."""


async def graphql(service: Service, request: ASGIRequest, record: RequestRecord) -> Response:
    """Answer ``GET``, ``HEAD`` and ``POST /graphql``."""
    accept = request.headers.get(b"accept") or b"*/*"
    if request.method not in METHODS:
        refused = method_not_allowed(request.method, {"Allow": ", ".join(METHODS)})
        return pages.for_browsers(accept, service.built, refused.response(), str(refused))
    if request.method != "POST" and content_negotiation.preferred(accept, (*MEDIA_TYPES, HTML)) == HTML:
        return pages.playground(service.built)
    media_type = content_negotiation.preferred(accept, MEDIA_TYPES)
    exchange = _Exchange(service, request, record, media_type or JSON)
    try:
        if media_type is None:
            message = f"No acceptable media type. This endpoint answers with {' or '.join(MEDIA_TYPES)}."
            raise Refused.because("NOT_ACCEPTABLE", message, 406)
        return await (exchange.post() if request.method == "POST" else exchange.get())
    except Refused as refused:
        return exchange.refused(refused)
    except (DeadlineExceeded, Unreachable) as error:
        return exchange.refused(unavailable(service, error))


class _Exchange:
    """A request and its response. Each step may raise Refused, DeadlineExceeded or Unreachable."""

    __slots__ = ("_charge", "_media_type", "_record", "_request", "_service")

    def __init__(self, service: Service, request: ASGIRequest, record: RequestRecord, media_type: str) -> None:
        self._service = service
        self._request = request
        self._record = record
        self._media_type = media_type
        limiter = service.rate_limiter
        self._charge = None if limiter is None else RequestCharge(limiter, record)
        """What the client is charged; None without a limit."""

    async def post(self) -> Response:
        """Return the response to a POST."""
        service, record = self._service, self._record
        if self._charge is not None:
            await self._charge.arrival()
        require_json(self._request)
        body = await self._request.body(service.settings)
        result = service.answers.repeated(body)
        if result is not None and (
            result.data_version == service.data_version.seen or await service.answers.is_current(result)
        ):
            document, name, _, _ = result.key
            record.set_operation(document, name, result.operation_type, result.cost)
            record.remembered, record.source = True, "memory"
            if self._charge is not None:
                await self._charge.operation(result.cost)
        else:
            params = from_body(body)
            operation = await prepared(service, params, record, reading=False)
            if self._charge is not None:
                await self._charge.operation(operation.cost)
            result = await run(service, operation, record)
            # Only for a body that names its document by the text alone. A hash must be looked up, stored and counted.
            if result is operation.cached and params.query and "persistedQuery" not in params.extensions:
                service.answers.remember(body, result)
        return self._response(result)

    async def get(self) -> Response:
        """Return the response to a GET, which HTTP caches may store, or to a HEAD."""
        service, record = self._service, self._record
        if self._charge is not None:
            await self._charge.arrival()
        operation = await prepared(service, from_url(self._request), record, reading=True)
        if_none_match = self._request.headers.get(b"if-none-match")
        if if_none_match is not None:
            # The tag follows from the operation's key, so the operation need not be run.
            version = await service.data_version.now()
            # The length of the body, and so its coding, are unknown before the operation is run.
            for coding in self._codings():
                tag = http_caching.entity_tag(operation.key, self._media_type, version, coding)
                if http_caching.matches(if_none_match.decode("latin-1"), tag):
                    record.errors = ()
                    headers = {**http_caching.headers(tag, service.settings.cache_seconds), **_VARYING}
                    return EncodedResponse(b"", self._media_type, NOT_MODIFIED, headers)
        if self._charge is not None:
            await self._charge.operation(operation.cost)
        return self._response(await run(service, operation, record), cacheable=True)

    def refused(self, refused: Refused) -> Response:
        """Return the response to a request that is refused."""
        self._record.refuse(refused.errors)
        self._add_rate_limit()
        response = refused.response(self._media_type)
        accept = self._request.headers.get(b"accept", b"")
        return pages.for_browsers(accept, self._service.built, response, str(refused))

    def _response(self, result: OperationResult, *, cacheable: bool = False) -> EncodedResponse:
        self._record.errors = result.errors
        stored = cacheable and not result.errors
        coding = self._coding(result) if stored else None
        form = (self._media_type, stored, coding)
        response = result.responses.get(form)
        if response is None:
            response = self._encoded(result, coding) if stored else EncodedResponse(result.body, self._media_type)
            # Most results are never found in the cache again.
            if stored or self._record.source == "memory":
                self._service.answers.keep(result, form, response)
        # A response that shared caches store must not have one client's rate limit headers.
        if not stored:
            self._add_rate_limit()
        return response

    def _encoded(self, result: OperationResult, coding: Coding) -> EncodedResponse:
        """Return the response that HTTP caches may store, in a content coding."""
        tag = http_caching.entity_tag(result.key, self._media_type, result.data_version, coding)
        headers = {**http_caching.headers(tag, self._service.settings.cache_seconds), **_VARYING}
        if coding is None:
            return EncodedResponse(result.body, self._media_type, headers=headers)
        body = compression.compressed(result.body)
        return EncodedResponse(body, self._media_type, headers={**headers, "Content-Encoding": coding})

    def _codings(self) -> Sequence[Coding]:
        """Return the content codings that a response to this GET can have."""
        accept_encoding = self._request.headers.get(b"accept-encoding", b"")
        return (GZIP, None) if compression.is_accepted(accept_encoding) else (None,)

    def _coding(self, result: OperationResult) -> Coding:
        """Return the content coding of a result for this client."""
        return self._codings()[0] if compression.is_worthwhile(result.body) else None

    def _add_rate_limit(self) -> None:
        """Add the rate limit headers of this client to the response."""
        if self._charge is not None:
            self._request.response_headers = self._charge.headers()
