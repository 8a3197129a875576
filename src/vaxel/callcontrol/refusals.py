# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Strangers and wrong passwords, counted: the engine refuses them by itself and tells only its security log."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

MOST_BYTES = 1 << 20
"""Read at a time: a flood must not take the controller's memory."""
_REFUSED = re.compile(rb'SecurityEvent="(\w+)",[^\n]*?Severity="Error"')


class SecurityLog:
    """Follows Asterisk's security log from its present end, through rotation and truncation."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inode, self._offset = self._end()

    def _end(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return 0, 0
        return status.st_ino, status.st_size

    def news(self) -> Counter[str]:
        """Refusals by their name in the log (``InvalidAccountID``, ``ChallengeResponseFailed``), since asked last."""
        inode, size = self._end()
        if inode != self._inode or size < self._offset:
            self._inode, self._offset = inode, 0
        if size <= self._offset:
            return Counter()
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                text = file.read(MOST_BYTES)
        except OSError:
            return Counter()
        # The last line may not be whole yet.
        whole = text[: text.rfind(b"\n") + 1]
        self._offset += len(whole)
        return Counter(name.decode() for name in _REFUSED.findall(whole))
