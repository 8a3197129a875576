# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One supervisor for each folder: a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import json
import os
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from vaxel.site.config import Config
from vaxel.site.plain import PlainError
from vaxel.site.words import _


def lock_file(config: Config) -> Path:
    return config.var / "run" / "vaxel.lock"


def running(config: Config) -> dict[str, Any] | None:
    """``{"pid": …, "web": …}`` of the supervisor of this folder, or None."""
    try:
        descriptor = os.open(lock_file(config), os.O_RDWR)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _content(file.read())
        return None


def _content(text: str) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(text)
    except ValueError:
        # Between its start and its first write.
        return {"pid": "?", "web": "?"}
    return content


def _lock(file: IO[str]) -> None:
    for _attempt in range(10):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # It may only be someone asking, in running().
            time.sleep(0.02)
        else:
            return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held while the context lasts. Raises ``PlainError`` when another supervisor holds it."""

    def __init__(self, config: Config) -> None:
        self.config = config
        path = lock_file(config)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not truncated yet: the one who holds the lock has written there who it is.
        self.file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+")

    def __enter__(self) -> Self:
        try:
            _lock(self.file)
        except BlockingIOError:
            other = _content(self.file.read())
            self.file.close()
            raise PlainError(
                _(
                    "Vaxel is already running here (process {pid}, {web}): stop it with Ctrl-C in its terminal "
                    "or with `kill {pid}`, or give this one another folder with VAXEL_VAR."
                ).format(pid=other["pid"], web=other["web"])
            ) from None
        self.file.truncate(0)
        json.dump({"pid": os.getpid(), "web": self.config.web_url}, self.file)
        self.file.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.truncate(0)
        self.file.close()
