# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controller: the only writer of a call's state.

Everything here runs on the event loop without awaiting: an event is decided, recorded, told to the engine and shown before the next
one is looked at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from msgspec.structs import replace

from vaxel.callcontrol import arrivals, metrics, spool
from vaxel.callcontrol.hub import Hub, Refusal
from vaxel.callcontrol.lines import Lines
from vaxel.callcontrol.requests import REQUESTS
from vaxel.callcontrol.timers import Timers
from vaxel.callcontrol.views import View, call_view, operator_view, organisation_view
from vaxel.directory.snapshot import Snapshot
from vaxel.directory.tokens import operator_of
from vaxel.domain import arrangement
from vaxel.domain import commands as c
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call, LegState, Purpose, State, Timer
from vaxel.domain.draft import Refused
from vaxel.domain.journal import Entry
from vaxel.domain.lifecycle import IllegalEvent, receive, start
from vaxel.domain.plan import Cause, PartyKind, ReasonCode
from vaxel.domain.queueing import LOST_REST, REST, distribute
from vaxel.telephony import translate as t
from vaxel.telephony.ari import Answer

log = structlog.get_logger()

Run = Callable[[Call, Sequence[c.EngineCommand]], None]
Record = Callable[[Entry], None]
GONE_AFTER = 2.0
"""Seconds to wait for the engine's own word on a channel that a command did not find."""


class Controller:
    """All calls of one engine node.

    ``run`` sends commands to the engine, ``journal`` is where events are written first, ``record`` hands entries on to the database.
    """

    def __init__(self, node: str, snapshot: Snapshot, journal: spool.Spool, record: Record) -> None:
        self.node = node
        self.hub = Hub()
        self.calls: dict[str, Call] = {}
        self.desks: dict[str, d.Desk] = {}
        self.registered: set[str] = set()
        self.run: Run = lambda call, commands: None
        self.connected = False
        self.lines = Lines(self)
        self._journal = journal
        self._record = record
        self._legs: dict[str, tuple[str, int]] = {}
        self._waiting: set[str] = set()
        self._timers = Timers(self._timer_due)
        self._distributing: asyncio.TimerHandle | None = None
        self._dialled = 0
        self.snapshot = snapshot
        self.load(snapshot)

    # ── the world ───────────────────────────────────────────────────────────────────────────────────────────────────

    def load(self, snapshot: Snapshot) -> None:
        """Use a new snapshot of the directory for calls from now on; calls that are up keep what was decided."""
        self.snapshot = snapshot
        world = snapshot.world
        self.operator_phones = {phone for operator in world.operators.values() for phone in operator.phones}
        for id_ in set(self.hub.ids("organisations")) - set(world.organisations):
            self.hub.delete("organisations", id_)
        for home in world.organisations.values():
            self.hub.set("organisations", home.id, organisation_view(home), [home.id])
        for id_ in set(self.desks) - set(world.operators):
            del self.desks[id_]
            self.hub.delete("operators", id_)
        for operator in world.operators.values():
            known = self.desks.get(operator.id) or d.Desk(operator=operator.id, name="", organisations=())
            phone = known.phone if known.phone in operator.phones else operator.phone
            self.set_desk(replace(known, name=operator.name, organisations=operator.organisations, phone=phone))
        self.hub.drop(lambda client: client.organisations != self.organisations_of(client.operator))
        self.phones_changed(self.registered)

    def phones_changed(self, registered: set[str]) -> None:
        """The engine's word on which operators' telephones it can reach."""
        self.registered = registered
        for desk in list(self.desks.values()):
            self.set_desk(self._at_phone(desk))
        self.look_for_operators()

    def _at_phone(self, desk: d.Desk) -> d.Desk:
        """One who has not logged on is at whichever of her telephones is registered."""
        phone = desk.phone
        if desk.presence is d.Presence.OFF and phone not in self.registered:
            operator = self.snapshot.world.operators[desk.operator]
            phone = next((other for other in operator.phones if other in self.registered), phone)
        return replace(desk, phone=phone, registered=phone in self.registered)

    # ── for the server ──────────────────────────────────────────────────────────────────────────────────────────────

    def operator_of(self, token: str) -> str | None:
        operator = operator_of(token, self.snapshot.tokens)
        return operator if operator in self.desks else None

    def organisations_of(self, operator: str) -> frozenset[str]:
        desk = self.desks.get(operator)
        return frozenset(desk.organisations) if desk else frozenset()

    def ready(self) -> dict[str, Any]:
        return {
            "ok": self.connected,
            "engine": "connected" if self.connected else "not connected",
            "calls": len(self.calls),
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

    def news(self, news: t.News) -> None:
        match news:
            case t.NewCall():
                self.begin(news)
            case t.OwnLeg():
                if not self.lines.up(news.channel):
                    self._leg_event(news.channel, e.LegAnswered(at=time.time(), leg=-1))
            case t.ChannelNews():
                if isinstance(news.event, e.LegEnded):
                    self.lines.down(news.channel, news.event.cause)
                self._leg_event(news.channel, news.event)
            case t.Heard():
                self._numbered(news.playback, "-p", lambda n: e.MediaEnded(at=time.time(), n=n))
            case t.RecordingDone():
                self._numbered(news.recording, "-r", lambda n: _recording_event(news, n))
            case t.Registration():
                self._registration(news)
            case t.Replaced():
                log.error("another controller has taken over the engine's application")

    def begin(self, news: t.NewCall) -> None:
        """A caller is here."""
        if news.channel in self.calls:
            return
        at = time.time()
        event = arrivals.arrived(news, self.snapshot.world, at)
        if not event.organisation:
            metrics.UNKNOWN_NUMBER.inc()
        metrics.CALLS.labels(event.organisation, event.direction).inc()
        self._commit(None, start(event), event)

    def _leg_event(self, channel: str, event: e.LegAnswered | t.ChannelEvent) -> None:
        known = self._legs.get(channel)
        call = self.calls.get(known[0]) if known else None
        leg = call.leg(known[1]) if call and known else None
        if call is None or leg is None:
            return
        if leg.state is LegState.GONE or (isinstance(event, e.LegRinging) and leg.state is not LegState.DIALLING):
            return
        self.apply(call.id, replace(event, leg=leg.n))

    def _numbered(self, id_: str, separator: str, make: Callable[[int], e.CallEvent]) -> None:
        call, found, n = id_.rpartition(separator)
        if found and n.isdecimal() and call in self.calls:
            self.apply(call, make(int(n)))

    def _registration(self, news: t.Registration) -> None:
        if news.user in self.operator_phones and (news.user in self.registered) != news.registered:
            changed = self.registered ^ {news.user}
            self.phones_changed(changed)

    # ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, id_: str, event: e.CallEvent) -> Call:
        """Decide one event of a call. A failure of ours never leaves the caller with nobody.

        Operators' requests raise ``Refusal`` through ``command``; the engine's and the timers' events that the table does not
        know are counted and left.
        """
        before = self.calls[id_]
        try:
            after = receive(before, event)
        except IllegalEvent:
            metrics.ILLEGAL.labels(type(event).__name__).inc()
            log.warning("event not possible in this state", call=id_, state=before.state, kind=type(event).__name__)
            return before
        except Exception:
            log.exception("event could not be decided", call=id_, kind=type(event).__name__)
            return self._abandon(before)
        self._commit(before, after, event)
        return after

    def _abandon(self, before: Call) -> Call:
        event = e.Abandoned(at=time.time(), why="internal error")
        metrics.ABANDONED.inc()
        after = receive(before, event)
        self._commit(before, after, event)
        return after

    def _commit(self, before: Call | None, after: Call, event: e.CallEvent) -> None:
        """Record, act, show: in this order."""
        was = arrangement.at_start(after) if before is None else arrangement.wanted(before)
        view = call_view(after)
        self._write(after, event, view)
        self._keep(after)
        commands = arrangement.difference(was, after)
        if commands:
            self.run(after, commands)
        self._timers.follow(after)
        self._follow_operators(before, after, event)
        self._show(before, after, view)

    def _write(self, call: Call, event: e.CallEvent, view: View) -> None:
        try:
            self._journal.append(spool.CallLine(id=call.id, n=call.events, event=event))
        except OSError as error:
            metrics.SPOOL_FAILED.inc()
            log.error("journal line not written to disk", error=str(error))
        self._record(
            Entry(
                stream=call.id,
                n=call.events,
                at=event.at,
                kind=spool.kind(event),
                organisation=call.organisation,
                data=spool.plain(event),
                view=view,
            )
        )

    def _keep(self, call: Call) -> None:
        """Remember the call and which channels are its; forget it once nothing of it is left."""
        if call.finished:
            self.calls.pop(call.id, None)
            for leg in call.legs:
                self._legs.pop(leg.channel, None)
        else:
            self.calls[call.id] = call
            for leg in call.legs:
                if leg.line and not leg.wanted:
                    # The open line is its operator's again, or already another call's.
                    if self._legs.get(leg.channel) == (call.id, leg.n):
                        del self._legs[leg.channel]
                elif leg.state is not LegState.GONE:
                    self._legs.setdefault(leg.channel, (call.id, leg.n))
        if call.state is State.WAITING and not call.finished:
            self._waiting.add(call.id)
        else:
            self._waiting.discard(call.id)

    def knows(self, channel: str) -> bool:
        """Is it a leg of a call here?"""
        return channel in self._legs

    def adopt_desk(self, desk: d.Desk) -> None:
        """Take over what an operator was doing, read from the journal."""
        known = self.desks.get(desk.operator)
        if known is not None:
            own = replace(
                desk,
                name=known.name,
                organisations=known.organisations,
                calls=(),
                registered=False,
                line="",
                line_calling="",
            )
            self.set_desk(own)

    def adopt(self, call: Call) -> None:
        """Take over a call read from the journal."""
        self._keep(call)
        self._timers.follow(call)
        self._follow_operators(None, call, None)
        self._show(None, call, call_view(call))

    def _show(self, before: Call | None, after: Call, view: View) -> None:
        metrics.LIVE.set(len(self.calls))
        metrics.WAITING.set(len(self._waiting))
        if after.state is State.ENDED:
            if before is None or before.state is not State.ENDED:
                metrics.ENDED.labels(after.organisation, "lost" if after.facts[-1].code == "lost" else "ended").inc()
            self.hub.delete("calls", after.id)
        else:
            self.hub.set("calls", after.id, view, [after.organisation])
            if after.answered and (before is None or not before.answered):
                metrics.WAITED.observe(after.answered - after.started)

    def _timer_due(self, id_: str, timer: Timer) -> None:
        call = self.calls.get(id_)
        if call is not None and timer in call.timers:
            self.apply(id_, e.TimerFired(at=time.time(), name=timer.name))

    # ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────

    def set_desk(self, desk: d.Desk) -> None:
        self.desks[desk.operator] = desk
        self.hub.set("operators", desk.operator, operator_view(desk, self.calls), desk.organisations)

    def _follow_operators(self, before: Call | None, after: Call, event: e.CallEvent | None) -> None:
        """Keep every desk's list of calls, and look whom to offer next."""
        old, new = _with(before), _with(after)
        # Who is with the call, and who of them talks, is all that a desk shows of it.
        for operator in old ^ new if before is not None and before.operator == after.operator else old | new:
            desk = self.desks.get(operator)
            if desk is None:
                continue
            calls = tuple(id_ for id_ in desk.calls if id_ != after.id)
            if operator in new:
                calls = (*calls, after.id)
            idle = after.since if desk.calls and not calls else desk.idle_since
            self.set_desk(replace(desk, calls=calls, idle_since=idle))
        if (
            isinstance(event, e.LegEnded | e.TimerFired)
            and before is not None
            and after.tried != before.tried
            and after.tried
        ):
            self._rest(after.tried[-1], event)
        if before is not None and before.operator and after.state is State.WAITING and not after.operator:
            self._rest_if_lost(before.operator, after)
        if old != new or after.state is State.WAITING:
            self.look_for_operators()

    def _rest(self, operator: str, event: e.LegEnded | e.TimerFired) -> None:
        """She let it ring, or declined: others first. A telephone that isn't there is asked no more until it registers."""
        desk = self.desks.get(operator)
        if desk is None:
            return
        if isinstance(event, e.LegEnded) and event.cause is Cause.UNREGISTERED:
            self.registered = self.registered - {desk.phone}
            desk = replace(desk, registered=False)
        self.set_desk(replace(desk, rest_until=event.at + REST))
        asyncio.get_running_loop().call_later(REST, self.look_for_operators)

    def _rest_if_lost(self, operator: str, call: Call) -> None:
        """Her telephone went away in the middle of the call: to ring it before it is back would be to ring nobody."""
        desk = self.desks.get(operator)
        if desk is not None and call.reason.code is ReasonCode.OPERATOR_LOST:
            self.set_desk(replace(desk, rest_until=call.since + LOST_REST))
            asyncio.get_running_loop().call_later(LOST_REST, self.look_for_operators)

    def look_for_operators(self) -> None:
        """Distribute waiting calls once the present event has been dealt with."""
        if self._distributing is None and self._waiting:
            self._distributing = asyncio.get_running_loop().call_later(0, self._distribute)

    def _distribute(self) -> None:
        self._distributing = None
        if not self.connected:
            return
        at = time.time()
        waiting = [self.calls[id_] for id_ in self._waiting]
        for call, desk in distribute(waiting, self.desks.values(), at):
            self.apply(call.id, e.Offered(at=at, seat=self.seat(desk)))
        attended = {home for desk in self.desks.values() if desk.reachable for home in desk.organisations}
        for call in waiting:
            if call.organisation not in attended and not call.unattended and call.id in self._waiting:
                self.apply(call.id, e.Unattended(at=at))

    def seat(self, desk: d.Desk) -> e.Seat:
        owner = self.snapshot.world.phones.get(desk.phone)
        return e.Seat(
            operator=desk.operator,
            name=desk.name,
            endpoint=f"PJSIP/{desk.phone}" if desk.phone else "",
            line=desk.line,
            console=owner is not None and owner.browser,
        )

    # ── operators' commands ─────────────────────────────────────────────────────────────────────────────────────────

    def command(self, operator: str, frame: dict[str, Any]) -> dict[str, Any]:
        """Do what an operator asks. Raises ``Refusal``."""
        try:
            return self._command(operator, frame)
        except Refusal as refusal:
            metrics.REFUSED.labels(refusal.code).inc()
            raise

    def _command(self, operator: str, frame: dict[str, Any]) -> dict[str, Any]:
        desk = self.desks.get(operator)
        if desk is None:
            raise Refusal("forbidden", "You are not an operator here.")
        do = frame.get("do")
        if do == "ping":
            return {"at": time.time()}
        if do == "dial":
            return self._dial(desk, frame)
        if do in DESK_COMMANDS:
            return self._desk_command(desk, str(do), frame)
        make = REQUESTS.get(do) if isinstance(do, str) else None
        if make is None:
            raise Refusal("invalid", f"There is no command “{str(do)[:40]}”.")
        call = self.calls.get(str(frame.get("call")))
        if call is None or call.organisation not in desk.organisations:
            raise Refusal("not_found", "There is no such call now: it may have ended.")
        self._must_be_connected()
        if do in ("answer", "resume", "fetch", "return") and not desk.reachable:
            raise Refusal("unavailable", "Your telephone is not registered: start it, or choose another.")
        event = make(time.time(), self.seat(desk), frame, call, self.snapshot.world)
        return {"call": call_view(self._request(call, event))}

    def _request(self, before: Call, event: e.CallEvent) -> Call:
        try:
            after = receive(before, event)
        except Refused as refused:
            raise Refusal(refused.code, refused.detail, refused.by) from refused
        except IllegalEvent as illegal:
            raise Refusal(
                "illegal", f"That can't be done while the call is {before.state}.", before.operator_name
            ) from illegal
        self._commit(before, after, event)
        return after

    def _must_be_connected(self) -> None:
        if not self.connected:
            raise Refusal("unavailable", "The telephone engine is not reached just now; try again in a moment.")

    def _dial(self, desk: d.Desk, frame: dict[str, Any]) -> dict[str, Any]:
        self._must_be_connected()
        world = self.snapshot.world
        organisation = str(frame.get("organisation") or next(iter(desk.organisations), ""))
        if organisation not in desk.organisations:
            raise Refusal("forbidden", "You don't serve this organisation.")
        found = arrivals.targets(str(frame.get("to") or ""), organisation, world)
        found = tuple(target for target in found if target.endpoint)
        if not found:
            raise Refusal("invalid", "That is neither a person with a telephone nor a number that can be dialled.")
        if not desk.reachable:
            raise Refusal("unavailable", "Your telephone is not registered: start it, or choose another.")
        at = time.time()
        self._dialled += 1
        home = world.organisations[organisation]
        event = e.Dialled(
            at=at,
            call=f"{self.node}-{int(at)}.{self._dialled}o",
            organisation=organisation,
            language=home.language,
            seat=self.seat(desk),
            target=found[0],
            limits=arrivals.limits(home),
            shown_number=home.main_number,
        )
        call = start(event)
        metrics.CALLS.labels(organisation, "out").inc()
        self._commit(None, call, event)
        return {"call": call_view(call)}

    def _desk_command(self, desk: d.Desk, do: str, frame: dict[str, Any]) -> dict[str, Any]:
        event = self._desk_event(desk, do, frame)
        before, desk = desk, d.work(desk, event)
        self._write_desk(desk, event)
        self.set_desk(self._at_phone(desk))
        if not isinstance(event, d.LineAsked) and before.presence is not desk.presence:
            self._withdraw_offers(desk)
        self.lines.follow(self.desks[desk.operator])
        self.look_for_operators()
        return {"operator": operator_view(self.desks[desk.operator], self.calls)}

    def _desk_event(self, desk: d.Desk, do: str, frame: dict[str, Any]) -> d.OperatorEvent:
        at = time.time()
        if do == "ready":
            return d.LoggedOn(at=at, phone=self._chosen_phone(desk, str(frame.get("phone") or "")))
        if do == "pause":
            return d.Paused(at=at, reason=str(frame.get("reason") or "")[:80])
        if do == "log_off":
            return d.LoggedOff(at=at)
        if do == "open_line" and not desk.reachable:
            raise Refusal("unavailable", "Your telephone is not registered: start it, or choose another.")
        return d.LineAsked(at=at, wanted=do == "open_line")

    def _chosen_phone(self, desk: d.Desk, phone: str) -> str:
        mine = self.snapshot.world.operators[desk.operator].phones
        if phone and phone not in mine:
            raise Refusal("invalid", "That telephone is not yours.")
        if phone:
            return phone
        if desk.phone in self.registered or not self.registered.intersection(mine):
            return desk.phone
        return next(other for other in mine if other in self.registered)

    def _write_desk(self, desk: d.Desk, event: d.OperatorEvent) -> None:
        try:
            self._journal.append(spool.DeskLine(id=desk.operator, n=desk.n, event=event))
        except OSError as error:
            metrics.SPOOL_FAILED.inc()
            log.error("journal line not written to disk", error=str(error))
        self._record(
            Entry(
                stream=f"operator:{desk.operator}",
                n=desk.n,
                at=event.at,
                kind=spool.kind(event),
                organisation="",
                data=spool.plain(event),
                view=operator_view(desk, self.calls),
            )
        )

    def _withdraw_offers(self, desk: d.Desk) -> None:
        for id_ in desk.calls:
            call = self.calls.get(id_)
            if call is not None and call.state is State.WAITING and desk.operator in call.offered_to:
                self.apply(id_, e.OfferWithdrawn(at=time.time(), operator=desk.operator))

    # ── what the engine refused ─────────────────────────────────────────────────────────────────────────────────────

    def failed(self, id_: str, command: c.EngineCommand, answer: Answer) -> None:
        """The engine did not do it. A channel that has gone meanwhile is normal: its end is, or will be, reported."""
        name = str(type(command).__struct_config__.tag)
        metrics.FAILED.labels(name, str(answer.status)).inc()
        call = self.calls.get(id_)
        if answer.status == 0 or call is None:
            return
        leg = call.leg(command.leg)
        if isinstance(command, c.Dial):
            if leg is not None and leg.state is not LegState.GONE:
                cause = Cause.UNREGISTERED if leg.party.kind is not PartyKind.NUMBER else Cause.FAILED
                self.apply(id_, e.LegEnded(at=time.time(), leg=leg.n, cause=cause))
        elif isinstance(command, UNIMPORTANT) or (leg is not None and leg.state is LegState.GONE):
            return
        elif leg is not None and answer.status in _channel_gone(command):
            asyncio.get_running_loop().call_later(GONE_AFTER, self._gone, id_, leg.n)
        else:
            log.warning("engine refused a command", call=id_, command=name, status=answer.status)
            self.apply(id_, e.CommandFailed(at=time.time(), command=name, status=answer.status, leg=command.leg))

    def _gone(self, id_: str, n: int) -> None:
        call = self.calls.get(id_)
        leg = call.leg(n) if call else None
        if leg is not None and leg.state is not LegState.GONE:
            self.apply(id_, e.LegEnded(at=time.time(), leg=n, cause=Cause.GONE))

    def stop(self) -> None:
        self._timers.forget()
        self.lines.stop()


DESK_COMMANDS = ("ready", "pause", "log_off", "open_line", "close_line")


def _with(call: Call | None) -> set[str]:
    """Operators to whom the call belongs now: connected, holding it, or being offered it."""
    if call is None or call.state is State.ENDED:
        return set()
    ringing = {leg.party.id for leg in call.legs if leg.purpose is Purpose.OPERATOR and leg.wanted}
    return {operator for operator in {call.operator, call.accepted_by, *call.offered_to, *ringing} if operator}


def _recording_event(news: t.RecordingDone, n: int) -> e.CallEvent:
    at = time.time()
    if news.failed:
        return e.RecordingFailed(at=at, n=n, why=news.failed)
    return e.RecordingFinished(at=at, n=n, duration=news.seconds)


UNIMPORTANT = (c.StopPlayback, c.StopRecording, c.DestroyBridge, c.RemoveFromBridge)
"""Commands that are refused when what they would end has ended by itself."""


def _channel_gone(command: c.EngineCommand) -> tuple[int, ...]:
    """The statuses by which ARI says that the channel isn't there, or no longer ours."""
    return (400, 404, 409, 412, 422) if isinstance(command, c.AddToBridge) else (404, 409, 412, 422)
