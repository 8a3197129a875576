# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Strangers, wrong passwords, malformed SIP and floods, counted: the engine refuses them by itself and tells only its logs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from vaxel.telephony.engine.dialplan import TRUNK_FULL

MOST_BYTES = 1 << 20
"""Read at a time: a flood must not take the controller's memory."""
_REFUSED = re.compile(rb'SecurityEvent="(\w+)",[^\n]*?Severity="Error"')
_MALFORMED = re.compile(rb"pjproject: \s*(?:sip_transport\.c Dropping|sip_endpoint\.c Error processing packet)")

FULL = "Full"
_FULL = re.compile(rb"NOTICE\[[^\n]*: " + TRUNK_FULL.encode() + rb"\n")


def refused(text: bytes) -> list[str]:
    """Refusals in the security log, by their name there: ``InvalidAccountID``, ``ChallengeResponseFailed``."""
    return [name.decode() for name in _REFUSED.findall(text)]


def malformed(text: bytes) -> list[str]:
    """SIP messages that the engine could not read and dropped, in its log ``messages``."""
    return ["Malformed"] * len(_MALFORMED.findall(text))


def beyond_the_trunk(text: bytes) -> list[str]:
    """Calls that a trunk brought beyond what it may, in the engine's log ``messages``."""
    return [FULL] * len(_FULL.findall(text))


def in_messages(text: bytes) -> list[str]:
    """All that is counted of the engine's log ``messages``."""
    return malformed(text) + beyond_the_trunk(text)


class EngineLog:
    """Follows one of Asterisk's logs from its present end, through rotation and truncation. ``find`` names what is to be counted."""

    def __init__(self, path: Path, find: Callable[[bytes], Iterable[str]]) -> None:
        self._path = path
        self._find = find
        self._inode, self._offset = self._end()

    def _end(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return 0, 0
        return status.st_ino, status.st_size

    def news(self) -> Counter[str]:
        """What was found since asked last."""
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
        # The last line may not be whole yet; one longer than we read at a time never will be.
        whole = text[: text.rfind(b"\n") + 1] or (text if len(text) == MOST_BYTES else b"")
        self._offset += len(whole)
        return Counter(self._find(whole))
