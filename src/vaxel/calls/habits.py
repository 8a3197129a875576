# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom an operator is likely to mean: those she often connects to, and those whom this caller has lately been connected to.

Counted from the calls that are kept, so it forgets what they forget. Nothing of what she types is kept.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from vaxel.calls.models import Call
from vaxel.directory.models import Operator

WEEKS = timedelta(weeks=8)
MOST_CALLS = 1_000
CALLER_WEEKS = timedelta(weeks=8)
MOST_OF_CALLER = 20
FRESH_SECONDS = 300.0
_MOST_KEPT = 512
_CONNECTED = frozenset({"transferred", "consulting"})


def likely(operator: Operator, organisations: frozenset[str], call: str, now: datetime) -> dict[str, int]:
    """Key of a person or group → share, 1 to 15 (``search.ranking``). Two queries at most, and none for a while after.

    ``call`` that isn't known, or isn't of ``organisations``, is as none.
    """
    shares: Counter[str] = Counter(
        _kept(("operator", operator.pk, organisations), lambda: _of_operator(operator, organisations, now))
    )
    if call:
        shares.update(_kept(("call", call, organisations), lambda: _of_caller(call, organisations, now)))
    return {key: min(share, 15) for key, share in shares.items()}


def _of_operator(operator: Operator, organisations: frozenset[str], now: datetime) -> dict[str, int]:
    calls = Call.objects.filter(operator=operator, organisation__in=organisations, started__gte=now - WEEKS)
    counts = Counter(key for key, _ in _connections(calls.order_by("-started")[:MOST_CALLS]))
    # Twice as often counts one more: a hundred times isn't fifty times as likely as twice.
    return {key: min(8, 2 * count.bit_length()) for key, count in counts.items()}


def _of_caller(call: str, organisations: frozenset[str], now: datetime) -> dict[str, int] | None:
    """None for a call that the database hasn't got yet."""
    this = Call.objects.filter(pk=call, organisation__in=organisations).values("organisation", "caller_number").first()
    if this is None:
        return None
    if not this["caller_number"]:
        return {}
    calls = Call.objects.filter(**this, started__gte=now - CALLER_WEEKS).exclude(pk=call)
    shares: dict[str, int] = {}
    for key, nth in _connections(calls.order_by("-started")[:MOST_OF_CALLER]):
        shares.setdefault(key, max(4, 10 - 2 * nth))
    return shares


def _connections(calls: QuerySet[Call]) -> Iterable[tuple[str, int]]:
    """Whom callers were connected to, with the place of the call among ``calls``."""
    for nth, path in enumerate(calls.values_list("view__path", flat=True)):
        connected = {fact["party"] for fact in path or () if fact.get("code") in _CONNECTED}
        yield from ((key, nth) for key in connected if key[:1] in ("p", "g"))


_kept_values: OrderedDict[Any, tuple[float, dict[str, int]]] = OrderedDict()
_lock = threading.Lock()


def _kept(key: Any, make: Callable[[], dict[str, int] | None]) -> dict[str, int]:
    """What ``make`` has made within the last minutes; what it couldn't tell yet is asked for again."""
    with _lock:
        known = _kept_values.get(key)
    if known is not None and time.monotonic() - known[0] < FRESH_SECONDS and not connection.in_atomic_block:
        return known[1]
    made = make()
    if made is None:
        return {}
    with _lock:
        _kept_values[key] = (time.monotonic(), made)
        _kept_values.move_to_end(key)
        while len(_kept_values) > _MOST_KEPT:
            _kept_values.popitem(last=False)
    return made


def forget() -> None:
    """Count anew at the next use."""
    with _lock:
        _kept_values.clear()
