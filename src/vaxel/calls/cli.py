# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel calls``: the newest calls, for a person or (``--json``) for a program."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

from vaxel.site.words import _

COLUMNS = ("started", "organisation", "state", "caller", "dialled", "operator", "cause")


def register(subparsers: Any) -> None:
    """Add the command to ``vaxel``'s."""
    parser: argparse.ArgumentParser = subparsers.add_parser("calls", help=_("list calls"))
    parser.add_argument("--json", action="store_true", help=_("as JSON, in the form of the REST API"))
    parser.add_argument("--live", action="store_true", help=_("only calls that are going on"))
    parser.add_argument("--organisation", default="", metavar="ID", help=_("only calls of this organisation"))
    parser.add_argument("--limit", type=int, default=50, metavar="N", help=_("how many at most (50)"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from vaxel.site.start_django import django

    django()
    found = newest(options.organisation, live=options.live, limit=max(1, options.limit))
    print(json.dumps(found, ensure_ascii=False, indent=2) if options.json else table(found))
    return 0


def newest(organisation: str = "", *, live: bool = False, limit: int = 50) -> list[dict[str, Any]]:
    """The newest calls of ``organisation`` ("" for all), in the form of the REST API's ``GET calls``."""
    from vaxel.calls.models import Call
    from vaxel.calls.schemas import CallOut, call_out

    calls = Call.objects.order_by("-started", "-id")
    if organisation:
        calls = calls.filter(organisation=organisation)
    if live:
        calls = calls.filter(ended=None)
    return [CallOut(**call_out(call)).model_dump(mode="json") for call in calls[:limit]]


def table(calls: list[dict[str, Any]]) -> str:
    """``calls`` in columns, newest first."""
    rows = [COLUMNS, *(_row(call) for call in calls)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _row(call: dict[str, Any]) -> tuple[str, ...]:
    started = datetime.fromisoformat(call["started"]).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    caller = call["caller"]
    return (
        started,
        call["organisation"],
        call["state"],
        caller["name"] or caller["number"],
        call["dialled"],
        call["operator_name"] or call["operator"],
        call["cause"],
    )
