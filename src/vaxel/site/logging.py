# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logs: one JSON object a line on stderr, with a static text and its facts beside it.

``configure(part)`` is called once, at the start of each process. Then ``structlog.get_logger()`` and the standard library's loggers
write alike. Secrets never come through, and personal data only as far as fault-finding needs: see ``SECRET`` and ``PERSONAL``.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, WrappedLogger

SECRET = ("password", "secret", "token", "authorization", "cookie")
"""A field whose name contains one of these is never written."""

PERSONAL = frozenset(
    {
        "number",
        "caller",
        "caller_number",
        "dialled",
        "to",
        "name",
        "caller_name",
        "display_name",
        "person",
        "email",
        "text",
        "who",
    }
)
"""Fields that hold personal data: numbers are cut to their last two digits, everything else is left out."""


def configure(part: str, level: int = logging.INFO) -> None:
    """Every line carries ``part``. Levels: debug only for developers; warning and above reach the terminal of ``vaxel run``."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        with_part(part),
        one_line_for_strangers,
        protect,
    ]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            with_part(part),
            protect,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Local variables would bring out what the fields hide.
                structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
                structlog.processors.JSONRenderer(serializer=_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # One line a request is the access log's business, which the proxy in front keeps.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    # A visitor's wrong address is nothing that an administrator must mend.
    logging.getLogger("django.request").setLevel(logging.ERROR)


def _json(value: object, **_: object) -> str:
    return orjson.dumps(value, default=str).decode()


def with_part(part: str) -> structlog.typing.Processor:
    def add(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["part"] = part
        return event

    return add


LONGEST_REFUSAL = 200


def one_line_for_strangers(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What Django refuses (a foreign Host header, a forged session) is the stranger's fault: there is no traceback to read."""
    if str(event.get("logger", "")).startswith("django.security."):
        event.pop("exc_info", None)
        event["event"] = str(event["event"])[:LONGEST_REFUSAL]
    return event


def protect(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take secrets out and cut personal data down, at any depth."""
    _protect(event)
    return event


def _protect(fields: MutableMapping[str, Any]) -> None:
    for key, value in fields.items():
        if any(word in key.lower() for word in SECRET):
            fields[key] = "…"
        elif key in PERSONAL:
            fields[key] = cut(value)
        elif key == "request":
            # Django's: its own form shows the query, in which people search for people.
            fields[key] = f"{getattr(value, 'method', '')} {getattr(value, 'path', '')}".strip()
        elif isinstance(value, Mapping) and not key.startswith("_"):
            copy = dict(value)
            _protect(copy)
            fields[key] = copy


def cut(value: object) -> str:
    """``4683193 21`` becomes ``…21``: enough to tell two calls apart, not to call anybody."""
    text = str(value)
    return f"…{text[-2:]}" if len(text) > 4 and text.strip("+").isdigit() else "…"
