"""How spans get to the collector, and what happens while it can't be reached: they are dropped, and nobody waits."""

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from server.telemetry.logs import logger

PATIENCE = 5
"""How many seconds are spent on a batch of spans, attempts included, before it is dropped."""


class Delivery(SpanExporter):
    """Hands spans to an OTLP collector. The log says once that they can't be delivered, and once that they can again.

    The processor calls ``export`` in a thread of its own.
    """

    def __init__(self, endpoint: str) -> None:
        self._exporter = OTLPSpanExporter(endpoint, timeout=PATIENCE)
        # It would have something to say of every attempt.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._place = urlsplit(endpoint).netloc.rpartition("@")[2]
        self._failing = False
        self._ending = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Deliver a batch."""
        if self._ending and self._failing:
            return SpanExportResult.FAILURE
        result = self._exporter.export(spans)
        if self._failing is (result is SpanExportResult.SUCCESS):
            self._failing = not self._failing
            if self._failing:
                logger.warning("traces can't be delivered to %s, and are dropped until they can", self._place)
            else:
                logger.info("traces are delivered to %s again", self._place)
        return result

    def end(self) -> None:
        """Try no more what has failed before: the server is waiting to end."""
        self._ending = True
        if self._failing:
            self.shutdown()

    def shutdown(self) -> None:
        """Close the connection to the collector."""
        self._exporter.shutdown()  # type: ignore[no-untyped-call]
