# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel run``: everything on one machine, started, kept running, and stopped together.

Each part is a process in a session of its own, so that Ctrl-C at the terminal reaches the supervisor alone, which stops the parts in
order, the engine last. A part that ends is started again, at once the first time, then after a growing pause. When the
supervisor itself is killed, the parts go on; the next start takes the engine over, with the calls in it, and replaces the
others.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from typing import Protocol

from vaxel.site import preflight, processes
from vaxel.site.config import Config
from vaxel.site.lock import Lock
from vaxel.site.logfiles import Watch, last_words, log_file, open_log
from vaxel.site.parts import Part, notify, parts, vaxel
from vaxel.site.plain import PlainError, explain
from vaxel.site.terminal import say, write
from vaxel.site.words import _

PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before a part is started again, by how often it ended lately."""
STEADY_SECONDS = 60.0
FIRST_TRIES = 3
ONE_REQUEST_SECONDS = 1.0
"""``make`` passes on the signal that its whole process group got: two so close together are one request, not impatience."""


class Running(Protocol):
    """A process that can be waited for: our own child, or one taken over."""

    pid: int

    async def wait(self) -> int | None: ...


class Adopted:
    """A process that an earlier supervisor started. Its exit code can't be known."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.descriptor = os.pidfd_open(pid)

    async def wait(self) -> None:
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        loop.add_reader(self.descriptor, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self.descriptor)


def run(config: Config, *, demonstration: bool) -> int:
    """Starts everything, waits, stops everything. Raises ``PlainError`` when it can't start; nothing is left running then."""
    try:
        preparation = vaxel("prepare", *(["--demo"] if demonstration else []))
        return asyncio.run(Supervisor(config, parts(config), preparation).run())
    except OSError as error:
        raise explain(error, config.var) from error


class Supervisor:
    """Runs ``preparation`` to its end, then keeps ``parts`` running until asked to stop."""

    def __init__(self, config: Config, parts: tuple[Part, ...], preparation: tuple[str, ...]) -> None:
        self.config = config
        self.parts = parts
        self.preparation = preparation
        self.children: dict[str, Running] = {}
        self.stopping = asyncio.Event()
        self.asked = 0.0
        self.hurry = asyncio.Event()
        self.fatal: PlainError | None = None

    async def run(self) -> int:
        begun = time.monotonic()
        preflight.check_folder(self.config.var)
        preflight.check_room(self.config.var, preflight.room_needed(self.config))
        with Lock(self.config):
            self._listen_to_signals()
            try:
                await self._until_stopped(begun)
            finally:
                await self._stop_all()
        if self.fatal:
            raise self.fatal
        return 0

    async def _until_stopped(self, begun: float) -> None:
        engine = await asyncio.to_thread(self._take_stock)
        preflight.check_addresses(preflight.addresses(self.config, engine_runs=engine is not None))
        if not await self._prepare():
            return
        keepers: list[asyncio.Task[None]] = []
        try:
            # All at once: none needs another to start, and each has an idle core's worth of imports to do.
            for part in self.parts:
                adopted = engine if part.outlives else None
                keepers.append(asyncio.create_task(self._keep_or_give_up(part, adopted)))
            for part in self.parts:
                if not await self._wait_until_ready(part):
                    return
            self._announce(begun)
            keepers.append(asyncio.create_task(self._watch_logs()))
            await self.stopping.wait()
        finally:
            self.stopping.set()
            for keeper in keepers:
                keeper.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._asked_to_stop)

    def _asked_to_stop(self) -> None:
        if not self.stopping.is_set():
            say("vaxel", _("stopping …"))
            self.asked = time.monotonic()
            self.stopping.set()
        elif time.monotonic() - self.asked > ONE_REQUEST_SECONDS:
            self.hurry.set()

    def _take_stock(self) -> Adopted | None:
        """The engine that a killed supervisor left running. All else that it left is ended."""
        outliving = {part.name for part in self.parts if part.outlives}
        found = processes.ours(self.config.var)
        others = [process.pid for process in found if process.part not in outliving or not process.leads]
        if others:
            say("vaxel", _("ending {count} processes that an interrupted run left behind").format(count=len(others)))
            processes.end(others, patience=5)
        left = (process.pid for process in found if process.part in outliving and process.leads)
        started = (part.find() for part in self.parts if part.outlives)
        engine = next(left, None) or next(started, None)
        if engine is None:
            return None
        say("engine", _("already running (process {pid}): taken over, calls go on").format(pid=engine))
        return Adopted(engine)

    async def _prepare(self) -> bool:
        """In a process of its own: the supervisor stays small, and what it prepares with may be stopped at any point."""
        process = await asyncio.create_subprocess_exec(
            *self.preparation,
            stdin=asyncio.subprocess.DEVNULL,
            env=self._environment("prepare"),
            start_new_session=True,
        )
        ended = asyncio.create_task(process.wait())
        asked = asyncio.create_task(self.stopping.wait())
        await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if not ended.done():
            _signal_group(process.pid, signal.SIGTERM)
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(ended), 10)
            _signal_group(process.pid, signal.SIGKILL)
            await ended
            return False
        if process.returncode != 0:
            # It has said why on stderr.
            raise PlainError(_("Nothing was started."))
        return True

    def _environment(self, part: str) -> dict[str, str]:
        return {**self._of_the_demonstration(part), **os.environ, **processes.mark(self.config.var, part)}

    def _of_the_demonstration(self, part: str) -> dict[str, str]:
        """Its people's calendars are served by its own web, which the worker may otherwise not ask."""
        if part == "worker" and not self.config.calendar_networks and (self.config.var / "demo.json").exists():
            return {"VAXEL_CALENDAR_NETWORKS": "127.0.0.1/32"}
        return {}

    async def _start(self, part: Part) -> Running:
        with open_log(self.config.var, part.name) as log:
            return await asyncio.create_subprocess_exec(
                *part.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment(part.name),
                start_new_session=True,
            )

    async def _keep_or_give_up(self, part: Part, adopted: Adopted | None) -> None:
        try:
            await self._keep(part, adopted)
        except OSError as error:
            self.fatal = explain(error, self.config.var)
            self.stopping.set()

    async def _keep(self, part: Part, adopted: Adopted | None) -> None:
        ended = 0
        while not self.stopping.is_set():
            child: Running = adopted or await self._start(part)
            adopted = None
            self.children[part.name] = child
            since = time.monotonic()
            code = await child.wait()
            # What it started itself must not hold its addresses.
            _signal_group(child.pid, signal.SIGKILL)
            if self.stopping.is_set():
                return
            ended = 0 if time.monotonic() - since > STEADY_SECONDS else ended
            pause = PAUSES[min(ended, len(PAUSES) - 1)]
            ended += 1
            self._say_ended(part, code, pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)

    def _say_ended(self, part: Part, code: int | None, pause: float) -> None:
        reason = _("ended") if code is None else _("killed by {signal}").format(signal=_name(-code)) if code < 0 else ""
        reason = reason or _("ended with code {code}").format(code=code)
        words = self._last_words(part)
        again = _("starting it again") if not pause else _("starting it again in {pause} s").format(pause=pause)
        say(part.name, f"{reason}{f' ({words})' if words else ''}: {again}; {log_file(self.config.var, part.name)}")

    async def _wait_until_ready(self, part: Part) -> bool:
        """False when asked to stop meanwhile. Raises ``PlainError`` when the part doesn't get ready."""
        begun = time.monotonic()
        said = False
        seen: set[int] = set()
        while not self.stopping.is_set():
            child = self.children.get(part.name)
            if child is not None:
                seen.add(child.pid)
                if await asyncio.to_thread(part.ready) and self.children[part.name] is child:
                    say(part.name, _("ready ({seconds:.1f} s)").format(seconds=time.monotonic() - begun))
                    return True
            waited = time.monotonic() - begun
            if waited > part.start_limit or len(seen) > FIRST_TRIES:
                raise PlainError(self._did_not_start(part))
            if waited > 2 and not said:
                say(part.name, _("waiting for it to get ready"))
                said = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), 0.1)
        return False

    def _did_not_start(self, part: Part) -> str:
        return _("The {part} didn't start: {words} See {file}. Everything was stopped.").format(
            part=part.title,
            words=self._last_words(part).rstrip(".") + ".",
            file=log_file(self.config.var, part.name),
        )

    def _last_words(self, part: Part) -> str:
        return last_words(*([part.own_log] if part.own_log else []), log_file(self.config.var, part.name))

    async def _watch_logs(self) -> None:
        watches = [Watch(self.config.var, part.name) for part in self.parts]
        while True:
            await asyncio.sleep(0.5)
            for watch in watches:
                for line in watch.news():
                    say(watch.part, line)
                watch.rotate()

    def _announce(self, begun: float) -> None:
        from vaxel.site.welcome import welcome

        say("vaxel", _("everything runs ({seconds:.1f} s)").format(seconds=time.monotonic() - begun))
        write(welcome(self.config))
        notify("READY=1")

    async def _stop_all(self) -> None:
        notify("STOPPING=1")
        outliving = [part for part in self.parts if part.outlives]
        others = [part for part in self.parts if not part.outlives]
        for group in (others, outliving):
            await asyncio.gather(*(self._stop(part) for part in group))
        # Whatever left its part's process group carries the mark all the same.
        rest = [process.pid for process in await asyncio.to_thread(processes.ours, self.config.var)]
        await asyncio.to_thread(processes.end, rest, 2.0)
        if self.children:
            say("vaxel", _("stopped"))

    async def _stop(self, part: Part) -> None:
        child = self.children.get(part.name)
        if child is None:
            return
        _signal_group(child.pid, signal.SIGTERM)
        ended = asyncio.create_task(_wait(child))
        hurry = asyncio.create_task(self.hurry.wait())
        await asyncio.wait({ended, hurry}, timeout=part.stop_limit, return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()
        if not ended.done() and self.hurry.is_set():
            say(part.name, _("killed: asked to stop a second time"))
        elif not ended.done():
            say(part.name, _("didn't stop within {seconds:.0f} s and was killed").format(seconds=part.stop_limit))
        _signal_group(child.pid, signal.SIGKILL)
        await ended


async def _wait(child: Running) -> None:
    await child.wait()


def _signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def _name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return str(number)
