# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The directory as the controller uses it: loaded from the database, kept on disk for when the database is away."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import structlog
from django.db import Error as DatabaseError

from vaxel.directory import snapshot
from vaxel.directory.snapshot import Snapshot
from vaxel.site.config import Config
from vaxel.site.plain import PlainError
from vaxel.telephony import engine

log = structlog.get_logger()

LOOK_SECONDS = 5.0
"""How often the world's version is looked at, should the word of a change have been lost."""


class Directory:
    """``changed`` is called on the event loop with each new snapshot, once the engine knows it too."""

    def __init__(self, config: Config, changed: Callable[[Snapshot], None]) -> None:
        self._config = config
        self._changed = changed
        self._copy = config.var / "directory.json"
        self._version: int | None = None
        self._loading = asyncio.Lock()

    async def first(self) -> Snapshot:
        """The directory at start. Raises ``PlainError``."""
        try:
            return await self._load()
        except DatabaseError as error:
            log.warning("the database is away, using the copy of the directory on disk", error=type(error).__name__)
        try:
            return await asyncio.to_thread(self._read_copy)
        except (OSError, msgspec.MsgspecError) as error:
            raise PlainError(
                f"The database can't be read, and there is no copy of the directory in {self._copy}: "
                "start the database, or run “vaxel migrate”."
            ) from error

    async def reload(self) -> None:
        """Load and use the directory as it is now. Called again meanwhile, it waits and looks again."""
        async with self._loading:
            try:
                self._changed(await self._load())
            except DatabaseError as error:
                log.warning("directory not loaded, the database is away", error=type(error).__name__)

    async def watch(self) -> None:
        """Look at the version now and then, for ever."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                version = await asyncio.to_thread(snapshot.version)
            except DatabaseError:
                continue
            if version != self._version:
                await self.reload()

    async def _load(self) -> Snapshot:
        loaded = await asyncio.to_thread(self._load_and_tell_engine)
        self._version = loaded.world.version
        return loaded

    def _load_and_tell_engine(self) -> Snapshot:
        loaded = snapshot.load()
        self._write_copy(loaded)
        try:
            changed = engine.write(loaded.engine, self._config)
            if changed and engine.status(self._config).ready:
                engine.reload(self._config, changed)
        except (engine.EngineError, OSError) as error:
            log.warning("the engine's configuration could not be renewed", error=str(error))
        return loaded

    def _write_copy(self, loaded: Snapshot) -> None:
        draft = self._copy.with_suffix(f".{os.getpid()}")
        try:
            # It holds the telephones' passwords.
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(loaded))
            draft.rename(self._copy)
        except OSError as error:
            log.warning("copy of the directory not written", error=str(error))

    def _read_copy(self) -> Snapshot:
        return msgspec.json.decode(Path(self._copy).read_bytes(), type=Snapshot)
