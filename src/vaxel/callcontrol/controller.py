# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controller: the only writer of a call's state.

Everything here runs on the event loop without awaiting: an event is decided, recorded, told to the engine and shown before the next
one is looked at.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from msgspec.structs import replace

from vaxel.callcontrol import arrivals, failures, metrics, spool
from vaxel.callcontrol.absence_menu import AbsenceMenu
from vaxel.callcontrol.activity import Remembered
from vaxel.callcontrol.announcements import Announcements
from vaxel.callcontrol.desks import Desks
from vaxel.callcontrol.feature_codes import FeatureCodes
from vaxel.callcontrol.hot_desks import HotDesks
from vaxel.callcontrol.hub import Client, Hub
from vaxel.callcontrol.lines import Lines
from vaxel.callcontrol.offers import Offers
from vaxel.callcontrol.operator_commands import OperatorCommands
from vaxel.callcontrol.phone_transfers import PhoneTransfers
from vaxel.callcontrol.record import Record
from vaxel.callcontrol.studio import Studio
from vaxel.callcontrol.surges import Surges
from vaxel.callcontrol.timers import Timers
from vaxel.callcontrol.views import View, call_view, organisation_view
from vaxel.directory.snapshot import Snapshot
from vaxel.directory.tokens import operator_of
from vaxel.domain import arrangement, lifecycle
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import Call, Leg, LegState, MediaKind, State, Timer
from vaxel.domain.journal import Entry
from vaxel.telephony import translate as t
from vaxel.telephony.ari import Answer

log = structlog.get_logger()

Run = Callable[[Call, Sequence[c.EngineCommand]], None]


NO_ROOM = "no room"

MOST_HOLDS = 50
"""Hold and its end, pressed on telephones in one call, that are recorded: a telephone out of order may send hundreds a second."""


class Controller:
    """All calls of one engine node.

    ``run`` sends commands to the engine, ``journal`` is where events are written first, ``ship`` hands entries on to the database.
    What operators ask for is in ``commands``, where they are in ``desks``, which call is offered to whom in ``offers``.
    """

    def __init__(self, node: str, snapshot: Snapshot, journal: spool.Spool, ship: Callable[[Entry], None]) -> None:
        self.node = node
        self.hub = Hub()
        self.calls: dict[str, Call] = {}
        self.run: Run = lambda call, commands: None
        self.connected = False
        self.room = True
        self.record = Record(journal, ship)
        self.activity = Remembered()
        self.desks = Desks(self)
        self.lines = Lines(self)
        self.offers = Offers(self)
        self.commands = OperatorCommands(self)
        self.phone_transfers = PhoneTransfers(self)
        self.feature_codes = FeatureCodes(self)
        self.studio = Studio(self)
        self.absence_menu = AbsenceMenu(self)
        self.surges = Surges(self)
        self.announcements = Announcements(self)
        self.hot_desks = HotDesks(self)
        self._legs: dict[str, tuple[str, int]] = {}
        self._timers = Timers(self._timer_due)
        self.snapshot = snapshot
        self.load(snapshot)

    def load(self, snapshot: Snapshot) -> None:
        """Use a new snapshot of the directory for calls from now on; calls that are up keep what was decided."""
        self.snapshot = snapshot
        world = snapshot.world
        for id_ in set(self.hub.ids("organisations")) - set(world.organisations):
            self.hub.delete("organisations", id_)
        self.desks.load(world)
        for id_ in world.organisations:
            self.show_organisation(id_)
        self.hub.drop(self._is_stale)
        self.look_again()
        self.desks.phones_changed(self.desks.registered)

    def stop(self) -> None:
        self._timers.forget()
        self.lines.stop()

    def show_organisation(self, id_: str) -> None:
        view = organisation_view(
            self.snapshot.world.organisations[id_], self.surges.view(id_), self.announcements.of(id_)
        )
        self.hub.set("organisations", id_, view, [id_])

    def look_again(self) -> None:
        """Somebody may see other organisations than before."""
        self.hub.look_again(lambda client: self.organisations_of(client.operator))

    def _is_stale(self, client: Client) -> bool:
        """Whether it must come back to be refused: its token has been revoked, or its user is no operator any more."""
        return not self.organisations_of(client.operator) or self.operator_of(client.token) != client.operator

    def look_for_room(self, enough: bool) -> None:
        """Whether the disk has room for recordings: from now on, for calls that come and for recordings that would begin."""
        if self.room and not enough:
            log.warning("the disk has too little room for recordings: no messages are taken")
        elif enough and not self.room:
            log.info("the disk has room for recordings again")
        self.room = enough
        metrics.ROOM.set(enough)

    # ── for the server ──────────────────────────────────────────────────────────────────────────────────────────────

    def operator_of(self, token: str) -> str | None:
        operator = operator_of(token, self.snapshot.tokens, self.snapshot.tokens_from)
        return operator if operator is not None and operator in self.desks else None

    def organisations_of(self, operator: str) -> frozenset[str]:
        desk = self.desks.get(operator)
        return self.desks.sees(desk) if desk else frozenset()

    def command(self, operator: str, frame: dict[str, Any]) -> dict[str, Any]:
        """Do what an operator asks. Raises ``Refusal``."""
        return self.commands.do(operator, frame)

    def ready(self) -> dict[str, Any]:
        return {
            "ok": self.connected,
            "engine": "connected" if self.connected else "not connected",
            "calls": len(self.calls),
            "recordings": "room" if self.room else "no room",
        }

    # ── the engine's news ───────────────────────────────────────────────────────────────────────────────────────────

    def message(self, message: dict[str, Any]) -> None:
        """One message of the engine. Whatever is in it, the controller goes on."""
        try:
            news = t.translate(message, time.time())
        except (KeyError, TypeError, ValueError, AttributeError):
            metrics.UNKNOWN.labels(str(message.get("type"))[:40]).inc()
            log.warning("engine message not understood", type=str(message.get("type"))[:40])
            return
        if news is not None:
            self.news(news)
        elif message.get("type") not in t.READERS:
            metrics.UNKNOWN.labels(str(message.get("type"))[:40]).inc()

    def news(self, news: t.News) -> None:
        match news:
            case t.NewCall():
                self.begin(news)
            case t.OwnLeg():
                if not self.lines.up(news.channel) and not self._ear_ready(news.channel):
                    self._leg_event(news.channel, e.LegAnswered(at=time.time(), leg=-1))
            case t.ChannelNews():
                if isinstance(news.event, e.LegEnded):
                    self.lines.down(news.channel, news.event.cause)
                    self.feature_codes.gone(news.channel)
                self._leg_event(news.channel, news.event)
            case t.TransferAsked():
                self.phone_transfers.asked(news)
            case t.Registration():
                self.desks.phone_changed(news.user, news.registered)
            case t.Replaced():
                log.error("another controller has taken over the engine's application")
            case _:
                self._media_news(news)

    def _ear_ready(self, channel: str) -> bool:
        """What somebody listens in by; False when the channel isn't one."""
        call, found, n = channel.rpartition("-s")
        if not found or not n.isdecimal() or call not in self.calls:
            return False
        self.apply(call, e.EarReady(at=time.time(), leg=int(n)))
        return True

    def _media_news(self, news: t.Heard | t.RecordingDone) -> None:
        match news:
            case t.Heard():
                self._numbered(news.playback, "-p", lambda n: e.MediaEnded(at=time.time(), n=n))
            case t.RecordingDone():
                self._numbered(news.recording, "-r", lambda n: _recording_event(news, n))

    def begin(self, news: t.NewCall) -> None:
        """A caller is here."""
        if news.channel in self.calls or self.knows(news.channel):
            return
        if self.feature_codes.takes(news):
            self.feature_codes.begin(news)
            return
        event = arrivals.arrived(news, self.snapshot.world, time.time(), self.activity.now)
        if not event.organisation:
            metrics.UNKNOWN_NUMBER.inc()
        metrics.CALLS.labels(event.organisation, event.direction).inc()
        self.start(event)

    def _leg_event(self, channel: str, event: e.LegAnswered | t.ChannelEvent) -> None:
        call, leg = self.find(channel)
        if call is None or leg is None:
            return
        if leg.state is LegState.GONE or (isinstance(event, e.LegRinging) and leg.state is not LegState.DIALLING):
            return
        if isinstance(event, e.DigitPressed) and not lifecycle.asks_for_digits(call.state):
            # Neither decided nor recorded: it may be part of a secret meant for somebody else.
            metrics.DIGITS.inc()
            return
        # The end of the last hold that counts must count, too: else it would be for ever.
        most = MOST_HOLDS + isinstance(event, e.PhoneResumed)
        if isinstance(event, e.PhoneHeld | e.PhoneResumed) and _holds(call) >= most:
            # Each would make the call's story, which every console is sent at every change, longer still.
            metrics.HOLDS.inc()
            return
        self.apply(call.id, replace(event, leg=leg.n))

    def find(self, channel: str) -> tuple[Call, Leg] | tuple[None, None]:
        """The call of which this channel is a leg, and that leg."""
        known = self._legs.get(channel)
        call = self.calls.get(known[0]) if known else None
        leg = call.leg(known[1]) if call and known else None
        return (call, leg) if call is not None and leg is not None else (None, None)

    def _numbered(self, id_: str, separator: str, make: Callable[[int], e.CallEvent]) -> None:
        call, found, n = id_.rpartition(separator)
        if found and n.isdecimal() and call in self.calls:
            self.apply(call, make(int(n)))

    def failed(self, id_: str, command: c.EngineCommand, answer: Answer) -> None:
        """The engine did not carry out ``command`` for call ``id_``."""
        failures.failed(self, id_, command, answer)

    def _timer_due(self, id_: str, timer: Timer) -> None:
        call = self.calls.get(id_)
        if call is not None and timer in call.timers:
            self.apply(id_, e.TimerFired(at=time.time(), name=timer.name))

    # ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, event: e.Arrived | e.Dialled) -> Call:
        """The call that begins with ``event``."""
        if not self.room:
            event = replace(event, limits=replace(event.limits, messages=False))
        call = lifecycle.start(event)
        self.commit(None, call, event)
        return call

    def apply(self, id_: str, event: e.CallEvent) -> Call:
        """Decide one event of a call. A failure of ours never leaves the caller with nobody.

        Operators' requests raise ``Refusal`` through ``command``; the engine's and the timers' events that the table does not
        know are counted and left.
        """
        before = self.calls[id_]
        try:
            after = lifecycle.receive(before, event)
        except lifecycle.IllegalEvent:
            metrics.ILLEGAL.labels(type(event).__name__).inc()
            log.warning("event not possible in this state", call=id_, state=before.state, kind=type(event).__name__)
            return before
        except Exception:
            log.exception("event could not be decided", call=id_, kind=type(event).__name__)
            return self._abandon(before)
        self.commit(before, after, event)
        return after

    def _abandon(self, before: Call) -> Call:
        event = e.Abandoned(at=time.time(), why="internal error")
        metrics.ABANDONED.inc()
        after = lifecycle.receive(before, event)
        self.commit(before, after, event)
        return after

    def commit(self, before: Call | None, after: Call, event: e.CallEvent) -> None:
        """Record, act, show: in this order. ``event`` has led from ``before`` to ``after``."""
        was = arrangement.at_start(after) if before is None else arrangement.wanted(before)
        view = call_view(after)
        self.record.call(after, event, view)
        self.activity.follow(before, after, event.at)
        self._keep(after)
        commands = arrangement.difference(was, after)
        refused = [] if self.room else [command for command in commands if isinstance(command, c.Record)]
        if commands:
            self.run(after, [command for command in commands if command not in refused])
        self._follow(before, after, event)
        self._show(before, after, view)
        if before is not None and isinstance(event, e.RecordingFinished):
            metrics.CUT.inc(_was_cut(before, event))
        for command in refused:
            # It was to be begun when the caller came, while there was room.
            self.news(t.RecordingDone(recording=command.recording, seconds=0.0, failed=NO_ROOM))

    def adopt(self, call: Call) -> None:
        """Take over a call read from the journal."""
        self._keep(call)
        self._follow(None, call, None)
        self._show(None, call, call_view(call))

    def _follow(self, before: Call | None, after: Call, event: e.CallEvent | None) -> None:
        self._timers.follow(after)
        self.studio.follow(before, after)
        self.absence_menu.follow(before, after)
        self.surges.follow(before, after)
        self.announcements.follow(before, after)
        changed = self.desks.follow(before, after)
        self.offers.follow(before, after, event)
        if changed or after.state is State.WAITING:
            self.offers.look()

    def _keep(self, call: Call) -> None:
        """Remember the call and which channels are its; forget it once nothing of it is left."""
        if call.finished:
            self.calls.pop(call.id, None)
        else:
            self.calls[call.id] = call
        for leg in call.legs:
            if leg.state is LegState.GONE or (leg.line and not leg.wanted):
                # The channel of an open line, or of a leg that has gone to another call, may be another's already.
                if self._legs.get(leg.channel) == (call.id, leg.n):
                    del self._legs[leg.channel]
            else:
                self._legs.setdefault(leg.channel, (call.id, leg.n))
        self.offers.keep(call)

    def knows(self, channel: str) -> bool:
        """Is it a leg of a call here?"""
        return channel in self._legs

    def _show(self, before: Call | None, after: Call, view: View) -> None:
        metrics.LIVE.set(len(self.calls))
        metrics.WAITING.set(len(self.offers.waiting))
        known = len(before.facts) if before else 0
        metrics.NO_ROOM.inc(sum(fact.code == "no_room" or fact.cause == NO_ROOM for fact in after.facts[known:]))
        if after.state is State.ENDED:
            if before is None or before.state is not State.ENDED:
                metrics.ENDED.labels(after.organisation, "lost" if after.facts[-1].code == "lost" else "ended").inc()
            self.hub.delete("calls", after.id)
        else:
            self.hub.set("calls", after.id, view, [after.organisation])
            if after.answered and (before is None or not before.answered):
                metrics.WAITED.observe(after.answered - after.started)


def _recording_event(news: t.RecordingDone, n: int) -> e.CallEvent:
    at = time.time()
    if news.failed:
        return e.RecordingFailed(at=at, n=n, why=news.failed)
    return e.RecordingFinished(at=at, n=n, duration=news.seconds)


def _was_cut(call: Call, event: e.RecordingFinished) -> bool:
    """Did the recording last as long as it may? The engine tells whole seconds."""
    media = (leg.media for leg in call.legs if leg.media is not None and leg.media.kind is MediaKind.RECORDING)
    return any(one.n == event.n and event.duration > one.seconds - 1 for one in media)


def _holds(call: Call) -> int:
    return sum(fact.code in ("phone_held", "phone_resumed") for fact in call.facts)
