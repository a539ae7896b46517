"""Requests that have been answered, which are logged and counted together."""

import asyncio
from typing import TYPE_CHECKING

from server.telemetry import logs
from server.telemetry.record import RequestRecord
from server.telemetry.request_log import RequestLog

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics

TOGETHER = 64
"""The number of requests that are logged and counted together, which takes less than half a millisecond."""


class AnsweredRequests:
    """Logs and counts requests, each within ``logs.FLUSH_SECONDS`` after its answer.

    A processor runs code faster that it has just run. An answer from memory takes 42 microseconds with a log, metrics
    and a rate limit, 51 if each request is logged and counted by itself, and 32 without the three.
    """

    def __init__(self, log: RequestLog, metrics: "Metrics | None") -> None:
        self._log = log
        self._metrics = metrics
        self._records: list[RequestRecord] = []
        self._is_due = False
        """Whether the event loop is going to call ``_end_wait``."""

    def add(self, record: RequestRecord) -> None:
        """Add a request that has been answered, in the event loop."""
        self._records.append(record)
        if len(self._records) == TOGETHER:
            self.settle()
        elif len(self._records) == 1:
            self._wait()

    def settle(self) -> None:
        """Log and count all requests that have been added."""
        records, self._records = self._records, []
        for record in records:
            self._log.add(record)
        if self._metrics is not None:
            for record in records:
                self._metrics.count(record)
        lines = logs.json_lines()
        if lines is not None:
            lines.flush()

    def _wait(self) -> None:
        lines = logs.json_lines()
        if lines is None:
            # A terminal shows each request at once.
            self.settle()
            return
        lines.expect(self.settle)
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(logs.FLUSH_SECONDS, self._end_wait)

    def _end_wait(self) -> None:
        self._is_due = False
        self.settle()
