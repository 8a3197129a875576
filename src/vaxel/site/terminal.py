# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines for the person who started Vaxel at a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH = 12


def say(subject: str, text: str) -> None:
    """``subject`` is a part or a step; the line comes at once, also through a pipe."""
    write(f"  {subject:<{WIDTH}}{text}\n")


def write(text: str) -> None:
    """To the terminal, as long as there is one: whoever closes it must not stop the telephones."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 — for the rest of the process's life


@contextmanager
def step(subject: str, done: str) -> Iterator[None]:
    """Says ``done`` and how long it took, when the block ends well."""
    begun = time.monotonic()
    yield
    say(subject, f"{done} ({time.monotonic() - begun:.1f} s)")


class Progress:
    """Says how far a step has come, but not more often than every two seconds: a log must stay readable."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.last = ""
        self.at = 0.0

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        if text != self.last and now - self.at >= 2:
            say(self.subject, text)
            self.last, self.at = text, now
