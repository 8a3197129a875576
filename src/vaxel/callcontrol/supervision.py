# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What supervisors do: take calls over, listen in, move operators, call for reinforcement, announce; and calls handed over.

Each is a fact in the journal of the call, or of the desk that it concerns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vaxel.callcontrol.hub import Refusal
from vaxel.callcontrol.views import View
from vaxel.directory.identity_numbers import found_in
from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call, State
from vaxel.domain.draft import Refused
from vaxel.domain.lifecycle import receive
from vaxel.domain.phrases import TOLD_TO_CALLERS
from vaxel.domain.plan import Party, PartyKind
from vaxel.domain.words import _

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

Frame = dict[str, Any]

LONGEST_TEXT = 500
NOT_HERS = _("Only a supervisor of this organisation may do that.")


# ── calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def call_event(controller: Controller, desk: d.Desk, do: str, frame: Frame, call: Call) -> e.CallEvent:
    """What a supervisor, or whose call it is, asks for, as an event of the call. Raises ``Refusal``."""
    at = time.time()
    match do:
        case "take_over":
            must_supervise(desk, call.organisation)
            return e.TakeOver(at=at, seat=controller.desks.seat(desk))
        case "listen":
            _must_be_allowed_to_listen(controller, desk, call)
            return e.Listen(at=at, seat=controller.desks.seat(desk))
        case "stop_listening":
            return e.ListenEnded(at=at, operator=desk.operator)
        case _:
            return _handing_over(controller, desk, frame, call)


CALL_COMMANDS = ("take_over", "listen", "stop_listening", "hand_over")
NEED_TELEPHONE = ("take_over", "listen")


def must_supervise(desk: d.Desk, organisation: str) -> None:
    if organisation not in desk.supervises:
        raise Refusal("forbidden", NOT_HERS)


def _must_be_allowed_to_listen(controller: Controller, desk: d.Desk, call: Call) -> None:
    must_supervise(desk, call.organisation)
    home = controller.snapshot.world.organisations[call.organisation]
    if not home.rules.working_day.listening:
        raise Refusal("forbidden", _("The policy of {name} does not allow calls to be listened to."), name=home.name)


def _handing_over(controller: Controller, desk: d.Desk, frame: Frame, call: Call) -> e.HandOver:
    whose = call.operator if call.state is State.HELD else call.recall_for
    if whose != desk.operator and call.organisation not in desk.supervises:
        raise Refusal("illegal", _("This call is not yours to hand over."), call.operator_name)
    to = controller.desks.get(str(frame.get("to") or ""))
    if to is None or call.organisation not in to.organisations:
        raise Refusal("invalid", _("Say to which operator of this organisation."))
    if to.presence is d.Presence.OFF:
        raise Refusal("unavailable", _("{name} is not logged on."), name=to.name)
    if to.presence is d.Presence.PAUSED:
        raise Refusal("unavailable", _("{name} is on a break."), name=to.name)
    party = Party(kind=PartyKind.OPERATOR, id=to.operator, name=to.name)
    return e.HandOver(at=time.time(), operator=whose, to=party)


def all_handed_over(controller: Controller, desk: d.Desk, to: str) -> list[tuple[Call, Call, e.HandOver]]:
    """Her held and parked calls, as they are, as ``to``'s, and by which event; not yet done. Raises ``Refusal`` if one can't be."""
    handed = []
    for call in controller.calls.values():
        held = call.state is State.HELD and call.operator == desk.operator
        if held or (call.state is State.PARKED and call.recall_for == desk.operator):
            event = _handing_over(controller, desk, {"to": to}, call)
            try:
                handed.append((call, receive(call, event), event))
            except Refused as refused:
                raise Refusal.of(refused) from refused
    return handed


# ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def do(controller: Controller, desk: d.Desk, do: str, frame: Frame) -> View:
    """A command that concerns no call. Raises ``Refusal``."""
    return COMMANDS[do](controller, desk, frame)


def _organisation(controller: Controller, desk: d.Desk, frame: Frame) -> str:
    """The one that the command is about, if she has to do with it."""
    organisation = str(frame.get("organisation") or "")
    known = organisation in controller.snapshot.world.organisations
    if not known or not (
        organisation in controller.desks.sees(desk) or controller.surges.is_trained(desk, organisation)
    ):
        raise Refusal("not_found", _("There is no such organisation that you serve."))
    return organisation


def _assign(controller: Controller, desk: d.Desk, frame: Frame) -> View:
    # The web's requests name in "operator" who asks.
    moved = controller.desks.get(str(frame.get("whom") or frame.get("operator") or ""))
    wanted = frame.get("organisations")
    organisations = tuple(dict.fromkeys(str(home) for home in wanted)) if isinstance(wanted, list) else ()
    if moved is None or not {*moved.home, *moved.organisations} & set(desk.supervises):
        raise Refusal("not_found", _("There is no such operator in the organisations that you supervise."))
    if not set(organisations) <= set(desk.supervises):
        raise Refusal("forbidden", NOT_HERS)
    if moved.presence is d.Presence.OFF:
        raise Refusal("illegal", _("{name} is not logged on."), name=moved.name)
    _must_be_trained(controller, moved, organisations)
    event = d.Assigned(at=time.time(), organisations=organisations, by=desk.operator)
    return {"operator": controller.desks.work(moved, event)}


def _must_be_trained(controller: Controller, moved: d.Desk, organisations: tuple[str, ...]) -> None:
    world = controller.snapshot.world
    knows = {*moved.home, *world.operators[moved.operator].reserve_for}
    for home in organisations:
        if home not in knows:
            text = _("{name} is not trained for {organisation}: the directory tells for whom she is.")
            raise Refusal("forbidden", text, name=moved.name, organisation=world.organisations[home].name)


# ── reinforcement ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _surge(controller: Controller, desk: d.Desk, frame: Frame) -> View:
    organisation = _organisation(controller, desk, frame)
    must_supervise(desk, organisation)
    controller.surges.call(desk, organisation)
    return {"surge": controller.surges.view(organisation)}


def _end_surge(controller: Controller, desk: d.Desk, frame: Frame) -> View:
    organisation = _organisation(controller, desk, frame)
    must_supervise(desk, organisation)
    controller.surges.end(desk, organisation)
    return {"surge": None}


def _join_surge(controller: Controller, desk: d.Desk, frame: Frame) -> View:
    controller.surges.join(desk, _organisation(controller, desk, frame))
    return {"operator": controller.desks.view(controller.desks[desk.operator])}


def _decline_surge(controller: Controller, desk: d.Desk, frame: Frame) -> View:
    controller.surges.decline(desk, _organisation(controller, desk, frame))
    return {"operator": controller.desks.view(controller.desks[desk.operator])}


# ── announcing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _announce(controller: Controller, desk: d.Desk, frame: Frame) -> View:
    organisation = _organisation(controller, desk, frame)
    must_supervise(desk, organisation)
    text, prompt = str(frame.get("text") or "").strip(), str(frame.get("prompt") or "")
    if found_in(text):
        raise Refusal(
            "invalid", _("This looks like a personal identity number. Remove it: such numbers may not be written here.")
        )
    if len(text) > LONGEST_TEXT:
        raise Refusal("invalid", _("The text is too long."))
    if bool(text) == bool(prompt):
        raise Refusal("invalid", _("Say what is to be announced: a text to operators, or an announcement to callers."))
    if prompt and prompt not in TOLD_TO_CALLERS:
        raise Refusal("invalid", _("There is no announcement “{prompt}”."), prompt=prompt[:40])
    controller.announcements.begin(desk, organisation, text, prompt)
    return {}


def _end_announcement(controller: Controller, desk: d.Desk, frame: Frame) -> View:
    organisation = _organisation(controller, desk, frame)
    must_supervise(desk, organisation)
    controller.announcements.end(organisation, callers=bool(frame.get("callers")))
    return {}


COMMANDS: dict[str, Callable[[Controller, d.Desk, Frame], View]] = {
    "assign": _assign,
    "surge": _surge,
    "end_surge": _end_surge,
    "join_surge": _join_surge,
    "decline_surge": _decline_surge,
    "announce": _announce,
    "end_announcement": _end_announcement,
}
"""Commands that concern no call, by the hub's ``do``."""
