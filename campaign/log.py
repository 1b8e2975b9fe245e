"""Logs as JSON lines on standard error: what happened where, never who visited.

A line is one line whatever is in it: JSON escapes line feeds and control characters.
"""

import logging
import sys
from contextlib import nullcontext

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from campaign.database_errors import Closed

NEVER = frozenset({"remote_addr", "ip", "user_agent", "referrer", "cookie", "authorization", "password", "code"})


class ErrorCount(logging.Handler):
    """How many errors this process has written to its log since it started; the lines themselves are not kept.

    `uncounted` are those that were not added to the count of all processes yet (doctor.errors).
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0
        self.uncounted = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one. The handler's lock is held."""
        self.count += 1
        self.uncounted += 1

    def counted(self, count: int) -> None:
        """Note that so many were added elsewhere."""
        with self.lock or nullcontext():
            self.uncounted -= count


errors = ErrorCount()


def drop_what_is_never_kept(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Return the event without any member that could tell who visited or what opens a door."""
    return {key: value for key, value in event.items() if key not in NEVER}


def configure(level: str) -> None:
    """Send structlog's and the standard library's lines through one JSON renderer to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # Without locals: they would hold what somebody typed.
        structlog.processors.ExceptionRenderer(Closed(show_locals=False)),
        drop_what_is_never_kept,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=True)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    for earlier in [each for each in root.handlers if getattr(each, "is_ours", False)]:
        root.removeHandler(earlier)
    for each in (handler, errors):
        each.__dict__["is_ours"] = True
        root.addHandler(each)
    root.setLevel(level)
    # Request lines carry addresses of visitors; the rest says nothing that a command does not print.
    for noisy in ("waitress.queue", "werkzeug", "flask-limiter", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
