# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Room for recordings: with too little left on the disk none is begun, so that the journal and the database have theirs."""

from __future__ import annotations

import shutil
from typing import NamedTuple

from vaxel.site.config import Config
from vaxel.telephony.engine.places import places


class Room(NamedTuple):
    """Bytes ``free`` on the disk with the recordings, and how many a new recording wants to find there."""

    free: int
    needed: int

    @property
    def enough(self) -> bool:
        return self.free >= self.needed


def room(config: Config) -> Room:
    """As it is now. Raises ``OSError`` when there is no folder for recordings yet."""
    return Room(shutil.disk_usage(places(config).spool).free, config.recording_room * 1_000_000)


def tell_dialplan(config: Config) -> Room:
    """The room as it is now, which the engine's own dialplan knows by a mark among its files. Raises ``OSError``."""
    found, mark = room(config), places(config).no_room
    if found.enough:
        mark.unlink(missing_ok=True)
    elif not mark.exists():
        mark.touch()
    return found
