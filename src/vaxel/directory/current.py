# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The world as it is now, kept between requests: what a page needs to show the effect of a change before it is saved."""

from __future__ import annotations

import threading

from django.db import connection

from vaxel.directory import snapshot
from vaxel.domain.world import World

_lock = threading.Lock()
_known: World | None = None


def world() -> World:
    """The directory's world. One small query when nothing has changed since the last time. Raises ``django.db.Error``."""
    global _known  # noqa: PLW0603 - one copy a process, as large as the directory
    if connection.in_atomic_block:
        # What isn't committed may be taken back, and its version given to something else.
        return snapshot.load().world
    with _lock:
        if _known is None or _known.version != snapshot.version():
            _known = snapshot.load().world
        return _known


def forget() -> None:
    """Load anew at the next use: the database is another one."""
    global _known  # noqa: PLW0603 - see above
    with _lock:
        _known = None
