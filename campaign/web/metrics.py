"""Figures of this process for Prometheus: requests, how long they took, errors; a port of this machine alone.

One port for each process: the first that is free from CAMPAIGN_METRICS_PORT on. No label holds an address, a name, a
reference or a visitor: an edge, a class of statuses, and what `doctor.figures` adds. Off until a port is set.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from campaign import log
from campaign.web.headers import is_staff_address

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HERE = "127.0.0.1"
MOST_PROCESSES = 20
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30)  # seconds; a lock is waited for 15
OF_NO_EDGE = ("/static/", "/fonts/", "/healthz", "/readyz", "/media/")
written = logging.getLogger(__name__)


class Errors(Collector):
    """How many errors this process wrote to its log."""

    def collect(self) -> Iterator[Metric]:
        """Yield the one figure."""
        yield CounterMetricFamily("byname_errors", "Errors written to the log of this process.", log.errors.count)


class Requests:
    """WSGI middleware that counts each answer and the time until it began."""

    def __init__(self, inner: "WSGIApplication", registry: CollectorRegistry) -> None:
        self.inner = inner
        self.count = Counter("byname_requests", "Answers, by edge and class of status.", ["edge", "status"],
                             registry=registry)  # fmt: skip
        self.seconds = Histogram("byname_request_seconds", "Seconds until an answer began, by edge.", ["edge"],
                                 registry=registry, buckets=BUCKETS)  # fmt: skip

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer, and count what was answered."""
        began, edge = time.perf_counter(), edge_of(environ.get("PATH_INFO", ""))
        told = "5xx"

        def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal told
            told = f"{status[:1]}xx" if status[:1] in set("12345") else "5xx"
            return start_response(status, headers, exc_info)

        try:
            return self.inner(environ, started)
        finally:
            self.count.labels(edge, told).inc()
            self.seconds.labels(edge).observe(time.perf_counter() - began)


def edge_of(path: str) -> str:
    """Return which edge an address belongs to: staff, partners, public, or none of them."""
    if path.startswith(OF_NO_EDGE):
        return "none"
    return "staff" if is_staff_address(path) else "partners" if path.startswith("/api/") else "public"


def install(app: Flask) -> None:
    """Count what is answered, where the settings name a port."""
    if not app.extensions["settings"].metrics_port:
        return
    registry = app.extensions["metrics"] = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(Errors())
    app.wsgi_app = Requests(app.wsgi_app, registry)  # type: ignore[method-assign]


def start(app: Flask, *, besides: int = 0) -> int:
    """Answer with the figures on the first free port but `besides`; return it, 0 where none is set or free."""
    first, registry = app.extensions["settings"].metrics_port, app.extensions.get("metrics")
    if registry is None:
        return 0
    for port in range(first, first + MOST_PROCESSES):
        with suppress(OSError, OverflowError):
            if port != besides:
                start_http_server(port, addr=HERE, registry=cast(CollectorRegistry, registry))
                return port
    written.error("no port from %s on is free for figures", first)
    return 0
