# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices on the consoles: loaded from the database when they change, and shown by the hub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from django.db import Error as DatabaseError

from vaxel.callcontrol.hub import Hub, View
from vaxel.notices import live

log = structlog.get_logger()

LOOK_SECONDS = 5.0
"""How often the board's version is looked at, should the word of a change have been lost."""


class Notices:
    """``changed`` is called on the event loop with all notices, by id. While the database is away the last ones stay."""

    def __init__(self, changed: Callable[[dict[str, View]], None]) -> None:
        self._changed = changed
        self._version: int | None = None
        self._loading = asyncio.Lock()

    async def reload(self) -> None:
        """Load and show the notices as they are now. Called again meanwhile, it waits and looks again."""
        async with self._loading:
            try:
                board = await asyncio.to_thread(live.load)
            except DatabaseError as error:
                log.warning("notices not loaded, the database is away", error=type(error).__name__)
                return
            self._version = board.version
            self._changed(board.notices)

    async def watch(self) -> None:
        """Load them, and look at the version now and then, for ever."""
        while True:
            try:
                if await asyncio.to_thread(live.version) != self._version:
                    await self.reload()
            except DatabaseError:
                pass
            await asyncio.sleep(LOOK_SECONDS)


def show(hub: Hub, notices: dict[str, View]) -> None:
    """Tell the consoles of what has changed."""
    for id_ in set(hub.ids("notices")) - set(notices):
        hub.delete("notices", id_)
    for id_, notice in notices.items():
        hub.set("notices", id_, notice, [notice["organisation"]])
