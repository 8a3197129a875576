# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel worker``: work that has minutes of patience. Everything it knows is in the database and on disk."""

from __future__ import annotations

import logging
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from vaxel.absence.calendars.poll import Poller
from vaxel.duties import alone, fallback, retention
from vaxel.exchange import upkeep as exchange
from vaxel.notices.upkeep import Upkeep as NoticeBoard
from vaxel.policy import actions as policies
from vaxel.prompts.upkeep import Upkeep
from vaxel.proof import runs as proofs
from vaxel.site.config import config
from vaxel.site.heart import Heart
from vaxel.staffing import actions as staffing
from vaxel.telephony.engine import EngineError, rotate_logs, tell_dialplan

log = logging.getLogger(__name__)

IMPORT_SECONDS = 5.0
RETENTION_SECONDS = 3600.0
CALENDAR_SECONDS = 5.0
"""So long a calendar that is being read is waited for at the end."""


def main() -> int:
    """Work until SIGTERM or SIGINT. A database that is away is waited for."""
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    calendars = Poller(stop)
    calendars.start()
    run(stop, config().var / "engine" / "spool", Heart(config().var, "worker"), Upkeep(config()))
    calendars.join(timeout=CALENDAR_SECONDS)
    return 0


def run(stop: threading.Event, spool: Path, heart: Heart, prompts: Upkeep | None = None) -> None:
    """Work until ``stop`` is set, importing from the engine's ``spool`` and keeping up the ``prompts``."""
    log.info("worker started")
    next_retention = time.monotonic()
    notice_board = NoticeBoard()
    while not stop.is_set():
        close_old_connections()
        try:
            _import(spool)
            if begun := policies.begin_due(timezone.now()):
                log.info("policies came into force", extra={"count": begun})
            heart.beat()
            if time.monotonic() >= next_retention:
                next_retention = time.monotonic() + RETENTION_SECONDS
                if erased := retention.erase(spool, timezone.now()):
                    log.info("old calls erased", extra={"count": erased})
            notice_board.work()
            exchange.work(timezone.now())
            if made := staffing.carry_out_due(timezone.now()):
                log.info("changes of staff carried out", extra={"count": made})
            if made := proofs.keep_up(timezone.now()):
                log.info("proofs made", extra={"count": made})
            if prompts is not None:
                prompts.work()
        except DatabaseError:
            heart.stop()
            log.warning("the database can't be used; trying again")
        _keep_engine_logs_small()
        # The controller does so too; when it is away the dialplan takes the messages.
        with suppress(OSError):
            tell_dialplan(config())
        stop.wait(IMPORT_SECONDS)
    heart.stop()
    close_old_connections()
    log.info("worker stopped")


def _import(spool: Path) -> None:
    """What the engine did alone. Calls first: their own record tells more of them than their recordings do."""
    if made := alone.import_all(spool):
        log.info("calls that the engine served alone are in the record", extra={"count": made})
    if made := fallback.import_all(spool):
        log.info("recordings became messages", extra={"count": made})


def _keep_engine_logs_small() -> None:
    try:
        if rotate_logs(config()):
            log.info("new engine logs begun")
    except EngineError as error:
        log.warning("the engine's logs can't be rotated", extra={"reason": str(error)})
