# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a channel that has come in to the event that begins its call."""

from __future__ import annotations

from msgspec import Struct

from vaxel.directory import numbers
from vaxel.directory.text import visible
from vaxel.domain import events as e
from vaxel.domain import routing
from vaxel.domain.call import Limits
from vaxel.domain.plan import Announce, HangUp, Party, PartyKind, Reason, ReasonCode, Step
from vaxel.domain.rules import Topic
from vaxel.domain.world import Organisation, World
from vaxel.telephony.engine.model import EMERGENCY
from vaxel.telephony.translate import NewCall


class Caller(Struct, frozen=True, kw_only=True):
    """``organisation`` is that of the telephone, "" from outside."""

    party: Party
    organisation: str = ""


def arrived(news: NewCall, world: World, at: float, activity: routing.Activity = routing.IDLE) -> e.Arrived:
    """Who calls, whom, and what to do about it."""
    caller = _caller(news, world)
    route = _route(news, caller, world, at, activity)
    home = world.organisations.get(route.organisation)
    direction = "in" if not caller.organisation else "internal" if home and news.dialled else "out"
    if route.reason.code == "outgoing":
        direction = "out"
    return e.Arrived(
        at=at,
        call=news.channel,
        channel=news.channel,
        organisation=route.organisation,
        language=home.language if home else "en",
        direction=direction,
        caller=caller.party,
        internal=bool(caller.organisation) and caller.organisation == route.organisation,
        dialled=_number(news, caller, world),
        dialled_name=route.dialled_name,
        reason=route.reason,
        plan=route.plan,
        limits=limits(home),
        shown_number=shown_number(caller.organisation or route.organisation, world),
    )


def said(news: NewCall, prompts: tuple[str, ...], world: World, at: float) -> e.Arrived:
    """A telephone of the house that hears ``prompts``, for what it has dialled, and is hung up on."""
    end = HangUp(told=True, why="The code is answered.")
    step = Announce(prompts=prompts, then=end, why="A feature code: what came of it.") if prompts else end
    return coded(news, step, world, at)


def coded(news: NewCall, plan: Step, world: World, at: float) -> e.Arrived:
    """A telephone of the house that has dialled a code, and what follows."""
    caller = _caller(news, world)
    home = world.organisations.get(caller.organisation)
    return e.Arrived(
        at=at,
        call=news.channel,
        channel=news.channel,
        organisation=caller.organisation,
        language=home.language if home else "en",
        direction="internal",
        caller=caller.party,
        internal=True,
        dialled=news.dialled,
        dialled_name="",
        reason=Reason(code=ReasonCode.FEATURE_CODE),
        plan=plan,
        limits=limits(home),
    )


def limits(home: Organisation | None) -> Limits:
    if home is None:
        return Limits()
    return Limits(
        offer=home.offer_seconds,
        recall=home.recall_seconds,
        park=home.park_seconds,
        hold=home.hold_seconds,
        wait=home.rules.wait,
        starve=home.rules.starve,
        message_clause=home.rules.clause(Topic.MESSAGE_OFFER),
    )


def shown_number(organisation: str, world: World) -> str:
    """What the outside world sees of a call from here: the main number, which is always answered."""
    home = world.organisations.get(organisation)
    return home.main_number if home else ""


def _caller(news: NewCall, world: World) -> Caller:
    outside = Caller(
        party=Party(kind=PartyKind.CALLER, name=visible(news.caller_name), number=news.number.removeprefix("+"))
    )
    owner = world.phones.get(news.name) if news.source == "phone" else None
    if owner is None or not owner.organisation:
        return outside
    if person := world.people.get(owner.person):
        party = Party(kind=PartyKind.PERSON, id=person.id, name=person.shown, number=person.number)
    elif operator := world.operators.get(owner.operator):
        party = Party(kind=PartyKind.OPERATOR, id=operator.id, name=operator.name, number=news.number)
    else:
        party = outside.party
    return Caller(party=party, organisation=owner.organisation)


def _number(news: NewCall, caller: Caller, world: World) -> str:
    """What was dialled, as E.164 digits when it can be read so."""
    return e164(news.dialled, caller.organisation, world) or news.dialled


def e164(text: str, organisation: str, world: World) -> str:
    """A number as someone of ``organisation`` writes it, as E.164 digits; "" when it can't be one. An emergency number stays as it is."""
    if text in world.numbers or text in EMERGENCY:
        return text
    home = world.organisations.get(organisation)
    try:
        return numbers.international(text, home.country if home else "SE")
    except (ValueError, KeyError):
        return ""


def _route(news: NewCall, caller: Caller, world: World, at: float, activity: routing.Activity) -> routing.Route:
    number = _number(news, caller, world)
    known = world.numbers.get(number)
    internal = known is not None and known.organisation == caller.organisation
    if known is None and caller.organisation and number.isdecimal():
        return routing.outside(number, world, caller.organisation)
    return routing.plan(number, internal, world, at, activity)
