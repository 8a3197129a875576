# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The announcements, spoken once a checkout and lent to every installation that a test makes: there are thousands of them.

``python -m tests.engine.announcements`` makes them, for those who don't want the first test to wait for it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from vaxel.site.config import Config
from vaxel.telephony import engine, prompts

CACHE = Path(__file__).parents[2] / ".tools/engine"
"""The engine that is fetched for tests, and the announcements, kept for the next time."""


def engine_root() -> Path | None:
    """Where the engine's programs are; fetched when this machine has none. None when the system's own is used."""
    config = Config(var=CACHE)
    found = engine.install(config)
    assert found.asterisk is not None
    return None if found.asterisk.command[0].startswith("/usr") else engine.places(config).root


def make() -> None:
    """Speak what is missing. Done by several processes at once it is only done twice."""
    prompts.build([], Config(var=CACHE))


def lend(config: Config) -> None:
    """Lay them where ``config``'s installation looks for them. It replaces files that it wants otherwise, and never writes into them."""
    source, target = (engine.places(one).prompts for one in (Config(var=CACHE), config))
    shutil.copytree(source, target, copy_function=_link, dirs_exist_ok=True)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        # On another disk.
        shutil.copy2(source, target)
    return target


if __name__ == "__main__":
    make()
