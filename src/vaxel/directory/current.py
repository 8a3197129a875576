# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The world as it is now, kept between requests: what a page needs to show the effect of a change before it is saved.

One copy a process, as large as the directory. Who keeps something made of it (the proofs) is told when another takes its place, so that
the old one can go (``FOLLOWERS``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import connection

from vaxel.directory import snapshot
from vaxel.domain.world import World

FRESH_SECONDS = 60.0

FOLLOWERS: list[Callable[[World], None]] = []
"""Called with each new world, outside of any lock of this module."""

_lock = threading.Lock()
_known: World | None = None
_looked = 0.0


def world() -> World:
    """The directory's world. One small query when nothing has changed since the last time. Raises ``django.db.Error``."""
    global _known, _looked  # noqa: PLW0603 - one copy a process, as large as the directory
    before = _known
    if connection.in_atomic_block:
        if before is not None and before.version == snapshot.version():
            return before
        # What isn't committed may be taken back, and its version given to something else: it isn't kept.
        return snapshot.load().world
    with _lock:
        if _known is None or _known.version != snapshot.version():
            _known = snapshot.load().world
        _looked = time.monotonic()
        found = _known
    if before is not None and found is not before:
        _tell(found)
    return found


def adopt(world: World, instead_of: World) -> None:
    """Keep ``world``, which a committed change of this process has made from ``instead_of``. Nothing when that isn't kept any longer."""
    global _known, _looked
    with _lock:
        if _known is not instead_of:
            return
        _known, _looked = world, time.monotonic()
    _tell(world)


def _tell(world: World) -> None:
    for follow in FOLLOWERS:
        follow(world)


def recent() -> World:
    """The world as it was within the last minute: for what is asked often and need not be of this second, as when somebody is back."""
    known = _known
    if known is not None and time.monotonic() - _looked < FRESH_SECONDS and not connection.in_atomic_block:
        return known
    return world()


def forget() -> None:
    """Load anew at the next use: the database is another one."""
    global _known  # noqa: PLW0603 - see above
    with _lock:
        _known = None
