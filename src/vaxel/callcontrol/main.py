# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controller's process: recover, serve, and stay connected to the engine."""

from __future__ import annotations

import asyncio
import functools
import gc
import signal
import sys
import time
from collections.abc import Coroutine, Sequence
from typing import Any

import structlog
import uvloop

from vaxel.absence import codes
from vaxel.callcontrol import metrics, notices, studio
from vaxel.callcontrol.controller import Controller
from vaxel.callcontrol.feature_codes import Worker
from vaxel.callcontrol.notices import Notices
from vaxel.callcontrol.reconcile import follow_phones, prepare, reconcile
from vaxel.callcontrol.recovery import Recovered, recover
from vaxel.callcontrol.refusals import FULL, EngineLog, in_messages, refused
from vaxel.callcontrol.server import Server
from vaxel.callcontrol.shipper import Shipper
from vaxel.callcontrol.spool import Spool
from vaxel.callcontrol.views import View
from vaxel.callcontrol.voices import Announcer
from vaxel.callcontrol.world import Directory
from vaxel.calls import projection
from vaxel.directory.snapshot import Snapshot
from vaxel.domain import commands as c
from vaxel.domain.call import Call
from vaxel.domain.journal import Entry
from vaxel.site.config import Config, config
from vaxel.site.plain import PlainError
from vaxel.telephony import engine, execute
from vaxel.telephony.ari import Answer, Ari, Unreachable, path

log = structlog.get_logger()

RETRY_SECONDS = 0.25
HOUSEKEEPING_SECONDS = 2.0
SHIP_AT_STOP_SECONDS = 5.0
SWITCH_SECONDS = 0.0005
"""How long the shipper's thread may keep the interpreter from the event loop. Python's 5 ms would show between one call and the next."""


def main() -> int:
    """Run until SIGTERM. Calls in the engine go on without us. Raises ``PlainError``."""
    sys.setswitchinterval(SWITCH_SECONDS)
    uvloop.run(Process(config()).run())
    return 0


def _settle_memory() -> None:
    """What was made at the start stays. To look through it for garbage again and again stops all calls for a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Process:
    """Everything that the controller consists of, put together."""

    def __init__(self, settings: Config) -> None:
        self._config = settings
        self._ari = Ari(settings.ari_url, engine.ARI_USER, settings.secrets["ari"], execute.APPLICATION)
        self._spool = Spool(settings.var / "journal")
        self._shipper = Shipper(projection.ship, self._shipped)
        self._directory = Directory(settings, self._world_changed)
        self._notices = Notices(self._notices_changed)
        self._lost_at = time.time()
        self._codes = Worker()
        self._studio = studio.Worker(engine.places(settings).recordings)
        self._sounds = engine.places(settings).sounds
        self._background: set[asyncio.Future[None]] = set()
        self._controller: Controller

    async def run(self) -> None:
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        self._recover(await self._directory.first())
        _settle_memory()
        secret = self._config.secrets["internal"]
        server = Server(self._controller, secret, self._directory.reload, self._notices.reload)
        host, port = self._config.live_host, self._config.live_port
        try:
            await server.start(host, port)
        except OSError as error:
            raise PlainError(
                f"The controller can't listen on {host}:{port} ({error.strerror}): set VAXEL_LIVE_PORT."
            ) from error
        self._shipper.start()
        tasks = [
            asyncio.ensure_future(task)
            for task in (
                self._stay_connected(),
                self._directory.watch(),
                self._notices.watch(),
                self._keep_house(),
            )
        ]
        stopped = asyncio.ensure_future(stopping.wait())
        await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                # None of them ends by itself: an error here must end the process, so that the supervisor starts it afresh.
                task.result()
            task.cancel()
        await server.stop()
        await self._stop()

    def _recover(self, snapshot: Snapshot) -> None:
        found: Recovered = recover(self._spool.segments())
        self._lost_at = found.at or time.time()
        self._controller = Controller(self._config.node, snapshot, self._spool, self._record)
        self._controller.run = self._run_commands
        self._controller.lines.dial = self._dial_line
        self._controller.feature_codes.carry_out = self._codes.carry_out
        self._controller.feature_codes.try_out = self._codes.try_out
        self._controller.desks.follow_phone = lambda phone: self._in_background(self._follow_phone(phone))
        self._controller.surges.ring = self._ring_for_help
        self._controller.announcements.publish = self._codes.announce
        self._studio.join(self._controller.studio)
        self._controller.lines.hang_up = lambda channel: self._ari.send(0, "DELETE", path("channels", channel))
        self._controller.phone_transfers.decline = self._decline_transfer
        for desk in found.desks.values():
            self._controller.desks.adopt(desk)
        for call in found.calls.values():
            self._controller.adopt(call)
        self._spool.begin(found.calls.values(), self._controller.desks)
        for entry in found.entries:
            self._shipper.put(self._spool.number - 1, entry)
        if found.calls:
            log.info("calls read from the journal", calls=len(found.calls))

    def _record(self, entry: Entry) -> None:
        self._shipper.put(self._spool.number, entry)

    def _shipped(self, segment: int) -> None:
        """Called in the shipper's thread: everything up to ``segment``, and perhaps some of it, is in the database."""
        self._spool.discard_before(segment)

    def _world_changed(self, snapshot: Snapshot) -> None:
        before = self._controller.desks.phones
        self._controller.load(snapshot)
        # Who must read a notice follows from who serves the switchboard.
        self._in_background(self._notices.reload())
        if self._controller.desks.phones - before and self._controller.connected:
            self._in_background(self._follow_phones())

    def _notices_changed(self, views: dict[str, View]) -> None:
        notices.show(self._controller.hub, views)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _follow_phone(self, phone: str) -> None:
        await follow_phones(self._ari, {phone})

    async def _follow_phones(self) -> None:
        self._controller.desks.phones_changed(await prepare(self._ari, self._controller.desks.phones))

    # ── the engine ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def _stay_connected(self) -> None:
        while True:
            try:
                await self._connection()
            except Unreachable as error:
                log.debug("engine not reached", error=str(error))
            if self._controller.connected:
                self._lost_at = time.time()
                log.warning("connection to the engine lost")
            self._connected(False)
            await asyncio.sleep(RETRY_SECONDS)

    async def _connection(self) -> None:
        """One connection's life: put everything right, then read until it ends."""
        await self._ari.connect()
        registered = await prepare(self._ari, self._controller.desks.phones)
        metrics.CONNECTIONS.inc()
        self._controller.desks.phones_changed(registered)
        await reconcile(self._ari, self._controller, time.time() - self._lost_at)
        self._connected(True)
        log.info("engine connected", calls=len(self._controller.calls), phones=len(registered))
        async for message in self._ari.events():
            self._controller.message(message)

    def _connected(self, connected: bool) -> None:
        self._controller.connected = connected
        metrics.CONNECTED.set(connected)
        if connected:
            self._controller.offers.look()

    def _run_commands(self, call: Call, commands: Sequence[c.EngineCommand]) -> None:
        media = Announcer(self._sounds, call, self._controller.snapshot.world, time.time())
        execute.run(self._ari, call.id, commands, media, functools.partial(self._failed, call.id))

    def _failed(self, call: str, command: c.EngineCommand, answer: Answer) -> None:
        self._controller.failed(call, command, answer)

    def _dial_line(self, channel: str, endpoint: str) -> None:
        command = c.Dial(channel=channel, endpoint=endpoint, originator="", number="", name="Vaxel", auto_answer=True)
        request = execute.requests(command, tuple)[0]
        lines = self._controller.lines
        self._ari.send(
            0, request.method, request.uri, request.body, lambda answer: None if answer.ok else lines.failed(channel)
        )

    def _ring_for_help(self, operator: str, phone: str, organisation: str) -> None:
        """Ring, and let the telephone, once it is answered, be as if it had dialled the code of one who comes."""
        home = self._controller.snapshot.world.organisations[organisation]
        request = execute.ring_to_dial(
            f"{self._config.node}-ask-{operator}-{time.time_ns() // 1_000_000}",
            f"PJSIP/{phone}",
            codes.COME,
            (home.name, home.main_number),
        )
        self._ari.send(0, request.method, request.uri)

    def _decline_transfer(self, channel: str) -> None:
        request = execute.transfer_answer(channel, done=False)
        self._ari.send(0, request.method, request.uri)

    # ── housekeeping ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _keep_house(self) -> None:
        logs = engine.places(self._config).log
        followed = (EngineLog(logs / "security", refused), EngineLog(logs / "messages", in_messages))
        while True:
            for log_file in followed:
                for why, count in (await asyncio.to_thread(log_file.news)).items():
                    (metrics.TRUNK_FULL if why == FULL else metrics.STRANGERS.labels(why)).inc(count)
            try:
                enough = (await asyncio.to_thread(engine.tell_dialplan, self._config)).enough
            except FileNotFoundError:
                # The engine hasn't made its folders yet.
                enough = self._controller.room
            except OSError:
                # Not even the mark can be written.
                enough = False
            self._controller.look_for_room(enough)
            metrics.PUT_ASIDE.set(len(engine.places(self._config).put_aside()))
            metrics.UNSHIPPED.set(self._shipper.waiting)
            metrics.CONSOLES.set(self._controller.hub.clients)
            if self._spool.full:
                self._spool.begin(self._controller.calls.values(), self._controller.desks)
            await asyncio.sleep(HOUSEKEEPING_SECONDS)

    async def _stop(self) -> None:
        self._controller.stop()
        self._codes.stop()
        self._studio.stop()
        await self._ari.close()
        await asyncio.to_thread(self._shipper.stop, SHIP_AT_STOP_SECONDS)
        self._spool.close()
