# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording on one's own telephone (``prompts.by_phone``): the plan of such a call, and keeping what was said in it.

The call is one like any other: it hears, is recorded, chooses by keys. Only what needs the database is done in a thread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from django.db import Error as DatabaseError

from vaxel.callcontrol import arrivals
from vaxel.domain import events as e
from vaxel.domain.call import Call
from vaxel.domain.plan import Announce, Dictate, HangUp, Keep, Menu, Option, Step
from vaxel.prompts import by_phone
from vaxel.telephony.translate import NewCall

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

log = structlog.get_logger()

AGAIN = 3
"""Times that one may record anew within a call."""
SECONDS = {"greeting": 60.0, "name": 10.0, "announcement": 120.0}
"""Of what is recorded, at most."""


def plan(kind: str, what: str, now: tuple[str, ...]) -> Step:
    """Hear ``now``, say it anew, hear what was said, keep it as ``what`` or not. ``kind``: one of ``SECONDS``."""
    end = HangUp(told=True, why="The code is answered.")
    kept = Announce(prompts=("record-kept",), then=end, why="The recording is kept.")
    failed = Announce(prompts=("try-later",), then=end, why="The recording could not be kept.")
    dropped = Announce(prompts=("record-dropped",), then=end, why="The recording is not wanted.")
    keep = Option(digit="1", code="keep", then=Keep(what=what, then=kept, otherwise=failed, why="Keep the recording."))

    def attempt(more: int) -> Step:
        again = (Option(digit="2", code="again", then=attempt(more - 1)),) if more else ()
        options = (keep, *again, Option(digit="3", code="drop", then=dropped))
        prompts = ("record-heard", "recorded", *(f"option:{option.code}:{option.digit}" for option in options))
        review = Menu(prompts=prompts, options=options, otherwise=dropped, seconds=10.0, why="Keep it, or not?")
        return Dictate(prompts=(f"record-{kind}",), seconds=SECONDS[kind], then=review, why="What callers will hear.")

    return Announce(prompts=("record-now", *now), then=attempt(AGAIN), why="What callers hear now.")


class Studio:
    """``look_up`` and ``keep`` are carried out where waiting does no harm, and call back on the event loop."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._waiting: set[str] = set()
        self.look_up: Callable[[str, int, Callable[[tuple[str, str] | None], None]], None] = lambda who, n, done: done(
            None
        )
        self.keep: Callable[[str, str, str, Callable[[bool], None]], None] = lambda who, what, name, done: done(False)
        self.erase: Callable[[str], None] = lambda call: None

    def takes(self, news: NewCall) -> bool:
        """Is it one of these codes?"""
        keyed = news.dialled.strip().removesuffix("#")
        return keyed in (by_phone.GREETING, by_phone.NAME) or by_phone.number_of(keyed) is not None

    def begin(self, news: NewCall, person: str) -> None:
        """The telephone's call, once it is known what is to be recorded."""
        keyed = news.dialled.strip().removesuffix("#")
        number = by_phone.number_of(keyed)
        if number is not None:
            self._waiting.add(news.channel)
            self.look_up(person, number, partial(self._announcement, news))
        elif keyed == by_phone.GREETING:
            self._start(news, plan("greeting", f"/greeting-{person}", (f"greeting:{person}",)))
        elif self._controller.snapshot.world.people[person].protected:
            self._say(news, ("not-possible",))
        else:
            self._start(news, plan("name", f"/name-{person}", (f"name:{person}",)))

    def gone(self, channel: str) -> None:
        """The telephone was put down before it was known."""
        self._waiting.discard(channel)

    def _announcement(self, news: NewCall, found: tuple[str, str] | None) -> None:
        if news.channel not in self._waiting:
            return
        self._waiting.discard(news.channel)
        if found is None:
            self._say(news, ("not-possible",))
        else:
            language, name = found
            self._start(news, plan("announcement", f"{language}/{name}", (name,)))

    def _start(self, news: NewCall, step: Step) -> None:
        self._controller.start(arrivals.coded(news, step, self._controller.snapshot.world, time.time()))

    def _say(self, news: NewCall, prompts: tuple[str, ...]) -> None:
        self._controller.start(arrivals.said(news, prompts, self._controller.snapshot.world, time.time()))

    def follow(self, before: Call | None, after: Call) -> None:
        """Keep what a call wants kept; erase what it has recorded once it is over."""
        step = after.step
        if isinstance(step, Keep) and after.ended is None and (before is None or before.step is not step):
            self.keep(after.caller.id, step.what, f"{after.id}-r{after.recorded}", partial(self._kept, after.id))
        if after.finished and any(fact.code == "dictated" for fact in after.facts):
            self.erase(after.id)

    def _kept(self, call: str, ok: bool) -> None:
        if call in self._controller.calls:
            self._controller.apply(call, e.Kept(at=time.time(), ok=ok))


class Worker:
    """A thread for what needs the database. ``recordings`` is the folder of the engine's recordings."""

    def __init__(self, recordings: Path) -> None:
        self._recordings = recordings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="studio")
        self._tasks: set[asyncio.Task[None]] = set()

    def join(self, studio: Studio) -> None:
        """Work for ``studio``."""
        studio.look_up, studio.keep, studio.erase = self._look_up, self._keep, self._erase

    def _look_up(self, person: str, number: int, done: Callable[[tuple[str, str] | None], None]) -> None:
        self._run(done, _announcement, person, number)

    def _keep(self, person: str, what: str, name: str, done: Callable[[bool], None]) -> None:
        self._run(done, by_phone.keep, person, what, self._recordings / f"{name}.wav")

    def _erase(self, call: str) -> None:
        self._thread.submit(_erase, self._recordings, call)

    def _run(self, done: Callable[[Any], None], work: Callable[..., Any], *facts: Any) -> None:
        async def answer() -> None:
            done(await asyncio.get_running_loop().run_in_executor(self._thread, work, *facts))

        task = asyncio.get_running_loop().create_task(answer())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        """What is begun is finished."""
        self._thread.shutdown(wait=False)


def _announcement(person: str, number: int) -> tuple[str, str] | None:
    try:
        return by_phone.announcement(person, number)
    except DatabaseError as error:
        log.warning("a code could not be looked up, the database is away", error=type(error).__name__)
        return None


def _erase(recordings: Path, call: str) -> None:
    """What was said and heard in the call lies among the prompts now, or isn't wanted."""
    for path in recordings.glob(f"{call}-r*.wav"):
        path.unlink(missing_ok=True)
