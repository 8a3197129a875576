# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a telephone of the house dials instead of a number: ``absence.codes``.

A code that changes the directory is carried out in a thread, for the database may be slow or away; meanwhile the telephone hears ringing,
and then, as a call of its own, what came of it. A pick-up needs no database: the telephone becomes a leg of the call that rings.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import structlog
from msgspec.structs import replace

from vaxel.absence import by_phone, codes
from vaxel.callcontrol import absence_menu, announcing, arrivals, metrics, surges, whom
from vaxel.domain import events as e
from vaxel.domain.call import Call, Leg, State
from vaxel.domain.lifecycle import IllegalEvent, receive
from vaxel.domain.plan import PartyKind, Ring
from vaxel.domain.world import World
from vaxel.telephony.translate import NewCall

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

log = structlog.get_logger()

Said = tuple[str, ...]
"""Prompts of a plan."""
CarryOut = Callable[[str, str, Callable[[Said], None]], None]

PATIENCE = 5.0
"""Seconds that a telephone waits for the database; then it is told to try later."""
THREADS = 2

NOTHING_RINGS: Said = ("nothing-to-pick-up",)


class FeatureCodes:
    """``carry_out(person, dialled, done)`` does what was keyed and calls ``done`` on the event loop with what is to be said.

    ``try_out`` only tells what would come of it (``by_phone.tried``).
    """

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._waiting: set[str] = set()
        self.carry_out: CarryOut = lambda person, dialled, done: done(())
        self.try_out: CarryOut = lambda person, dialled, done: done(())

    def takes(self, news: NewCall) -> bool:
        """Is it a code, from a telephone of the house?"""
        owner = self._controller.snapshot.world.phones.get(news.name)
        return news.source == "phone" and owner is not None and bool(owner.organisation) and codes.is_code(news.dialled)

    def begin(self, news: NewCall) -> None:
        """Carry it out; the telephone's call begins when there is something to say."""
        if news.channel in self._waiting:
            return
        world = self._controller.snapshot.world
        person = world.phones[news.name].person
        metrics.FEATURE_CODES.inc()
        code = codes.parse(news.dialled)
        if isinstance(code, codes.LogOnHere | codes.LogOffHere | codes.Come):
            self._of_operator(news, code)
        elif not person:
            self._say(news, by_phone.NOT_POSSIBLE)
        elif isinstance(code, codes.PickUp):
            self._pick_up(news, person)
        elif isinstance(code, codes.AbsenceMenu):
            self._waiting.add(news.channel)
            self.carry_out(person, codes.STATUS, partial(self._menu, news))
        elif self._controller.studio.takes(news):
            self._controller.studio.begin(news, person)
        else:
            self._waiting.add(news.channel)
            self.carry_out(person, news.dialled, partial(self._done, news))

    def gone(self, channel: str) -> None:
        """The telephone was put down before there was an answer. What was keyed is done all the same."""
        self._waiting.discard(channel)
        self._controller.studio.gone(channel)

    def _done(self, news: NewCall, said: Said) -> None:
        if news.channel in self._waiting:
            self._waiting.discard(news.channel)
            self._say(news, said)

    def _menu(self, news: NewCall, standing: Said) -> None:
        """She hears whether she is away, and is asked; unless even that can't be told."""
        if standing[:1] not in (by_phone.HERE, by_phone.AWAY):
            self._done(news, standing)
        elif news.channel in self._waiting:
            self._waiting.discard(news.channel)
            plan = absence_menu.menu(standing)
            self._controller.start(arrivals.coded(news, plan, self._controller.snapshot.world, time.time()))

    def _say(self, news: NewCall, said: Said) -> None:
        shown = replace(news, dialled=codes.without_secret(news.dialled))
        self._controller.start(arrivals.said(shown, said, self._controller.snapshot.world, time.time()))

    def _of_operator(self, news: NewCall, code: codes.LogOnHere | codes.LogOffHere | codes.Come) -> None:
        controller, at = self._controller, time.time()
        match code:
            case codes.LogOnHere():
                self._say(news, controller.hot_desks.log_on(news.name, code.code, at))
            case codes.LogOffHere():
                self._say(news, controller.hot_desks.log_off(news.name))
            case codes.Come():
                operator = controller.snapshot.world.phones[news.name].operator
                asked = bool(controller.surges.asked(operator))
                plan = surges.ASKED if asked else surges.NOT_ASKED
                controller.start(arrivals.coded(news, plan, controller.snapshot.world, at))

    # ── pick-up ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _pick_up(self, news: NewCall, person: str) -> None:
        world = self._controller.snapshot.world
        colleagues = pick_up_colleagues(person, world)
        ringing = sorted(
            (call for call in self._controller.calls.values() if _rings_at(call, colleagues)),
            key=lambda call: call.since,
        )
        for call in ringing:
            taker = whom.party_in(world.people[person], call.organisation, world)
            event = e.PickUp(at=time.time(), channel=news.channel, party=taker)
            try:
                after = receive(call, event)
            except IllegalEvent:
                continue
            self._controller.commit(call, after, event)
            return
        self._say(news, NOTHING_RINGS)


def pick_up_colleagues(person: str, world: World) -> frozenset[str]:
    """Those whose ringing calls ``person`` may take, and the groups themselves (AAB-24)."""
    groups = [world.groups[id_] for id_ in world.groups_of.get(person, ()) if world.groups[id_].pick_up]
    members = {member for group in groups for member in group.members}
    return frozenset(members | {group.id for group in groups}) - {person}


def _rings_at(call: Call, colleagues: frozenset[str]) -> bool:
    if call.state not in (State.RINGING, State.TRANSFERRING):
        return False
    sought = call.step.party.id if isinstance(call.step, Ring) and call.step.party else ""
    return (call.state is State.RINGING and sought in colleagues) or any(
        _is_rung(leg) and leg.party.id in colleagues for leg in call.legs
    )


def _is_rung(leg: Leg) -> bool:
    return leg.attempting and leg.party.kind is PartyKind.PERSON


class Worker:
    """Threads that carry codes out, so that the event loop never waits for the database."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="feature-codes")
        self._tasks: set[asyncio.Task[None]] = set()

    def carry_out(self, person: str, dialled: str, done: Callable[[Said], None]) -> None:
        """To be called on the event loop, as ``FeatureCodes.carry_out``."""
        self._run(partial(by_phone.carry_out, person, dialled), done)

    def try_out(self, person: str, dialled: str, done: Callable[[Said], None]) -> None:
        """To be called on the event loop, as ``FeatureCodes.try_out``."""
        self._run(partial(by_phone.tried, person, dialled), done)

    def _run(self, work: Callable[[], Said], done: Callable[[Said], None]) -> None:
        task = asyncio.get_running_loop().create_task(self._answer(work, done))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def announce(self, operator: str, organisation: str, text: str) -> None:
        """To be called on the event loop, as ``Announcements.publish``."""
        task = asyncio.get_running_loop().create_task(self._announce(operator, organisation, text))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _announce(self, operator: str, organisation: str, text: str) -> None:
        work = partial(announcing.publish, operator, organisation, text)
        await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def _answer(self, work: Callable[[], Said], done: Callable[[Said], None]) -> None:
        working = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            said = await asyncio.wait_for(asyncio.shield(working), PATIENCE)
        except TimeoutError:
            log.warning("a feature code takes too long, the telephone is told to try later")
            said = by_phone.TRY_LATER
        done(said)

    def stop(self) -> None:
        """What is begun is finished."""
        self._threads.shutdown(wait=False)
