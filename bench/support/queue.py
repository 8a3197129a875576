# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's own ``Queue()`` beside our controller: in the same engine, with the same telephones, on a number of its own."""

from __future__ import annotations

from collections.abc import Iterator

from bench.support.installation import Installation
from bench.support.population import MAIN_NUMBER
from vaxel.telephony import engine

NUMBER = "46313900699"

SETTINGS = {
    # As our controller: who has been idle longest is rung first, one telephone a caller.
    "strategy": "leastrecent",
    "ringinuse": "no",
    "wrapuptime": "0",
    # The shortest pause there is: 0 means the default of 5.
    "retry": "1",
    # Long enough that no telephone of ours is given up on.
    "timeout": "20",
    "autofill": "yes",
    "joinempty": "yes",
    "leavewhenempty": "no",
    "reportholdtime": "no",
    "announce-frequency": "0",
    "timeoutrestart": "no",
}
"""The settings that let ``Queue()`` be quickest."""


def add(installation: Installation) -> None:
    """Have the running engine answer ``NUMBER`` by ``Queue()``, the telephones of all operators being its members.

    The call takes the same way through the trunk's context as one to the main number. The caller hears ringing, told by 180.
    """
    at = engine.places(installation.config).etc
    members = "".join(f"member = PJSIP/{operator['user']}\n" for operator in installation.operators)
    settings = "".join(f"{name} = {value}\n" for name, value in SETTINGS.items())
    with (at / "queues.conf").open("a") as file:
        file.write(f"\n[bench]\n{settings}{members}")
    with (at / "extensions.conf").open("a") as file:
        file.write(f"\n[from-trunk](+)\nexten => {NUMBER},1,Queue(bench,r)\n same => n,Hangup(34)\n")
    # Our controller has no such log: like for like.
    logger = at / "logger.conf"
    logger.write_text(logger.read_text().replace("[general]\n", "[general]\nqueue_log = no\n"))
    engine.reload(installation.config, {"queues.conf", "extensions.conf", "logger.conf"})


def alternating(installation: Installation) -> Iterator[str]:
    """The number to call in each of four rounds: ours, theirs, theirs, ours. ``Queue()`` has the engine for itself."""
    yield MAIN_NUMBER
    with installation.engine_alone():
        yield NUMBER
        yield NUMBER
    yield MAIN_NUMBER
