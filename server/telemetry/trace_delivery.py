"""Delivery of spans to a collector. While it cannot be reached, spans are dropped and no request waits."""

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from server.telemetry.logs import logger

TIMEOUT = 5
"""Seconds for a batch of spans, with all attempts, before it is dropped."""


class SpanDelivery(SpanExporter):
    """Sends spans to an OTLP collector. The log has one line when that fails first, and one when it works again.

    The span processor calls ``export`` in a thread of its own.
    """

    def __init__(self, endpoint: str) -> None:
        self._exporter = OTLPSpanExporter(endpoint, timeout=TIMEOUT)
        # The exporter would log every attempt.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._address = urlsplit(endpoint).netloc.rpartition("@")[2]
        self._failing = False
        self._stopping = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send a batch."""
        if self._stopping and self._failing:
            return SpanExportResult.FAILURE
        result = self._exporter.export(spans)
        if self._failing is (result is SpanExportResult.SUCCESS):
            self._failing = not self._failing
            if self._failing:
                logger.warning("traces cannot be delivered to %s and are dropped until they can", self._address)
            else:
                logger.info("traces are delivered to %s again", self._address)
        return result

    def stop_retrying(self) -> None:
        """Stop retrying if the last attempt failed: the server is waiting to stop."""
        self._stopping = True
        if self._failing:
            self.shutdown()

    def shutdown(self) -> None:
        """Close the connection to the collector."""
        self._exporter.shutdown()  # type: ignore[no-untyped-call]
