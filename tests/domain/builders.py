# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls, seats and events for tests, with what a test doesn't care about filled in."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import Limits
from vaxel.domain.lifecycle import receive, start
from vaxel.domain.plan import (
    Announce,
    Dictate,
    Enter,
    HangUp,
    Keep,
    Menu,
    Option,
    Party,
    PartyKind,
    Queue,
    Reason,
    ReasonCode,
    Ring,
    Step,
    Target,
    Voicemail,
)

CALL = "n1-1764000000.1"
QUEUE = Queue(reason=Reason(code=ReasonCode.MAIN_NUMBER))
WELCOME = Announce(prompts=("welcome",), then=QUEUE)
TOLD = Announce(prompts=("welcome", "listening-notice"), then=QUEUE)
MAILBOX = Voicemail(person="p1", name="Berit", prompts=("voicemail-greeting",), seconds=180.0)
PERSON = Party(kind=PartyKind.PERSON, id="p1", name="Berit", number="4680000001")
CALLER = Party(kind=PartyKind.CALLER, number="46701740601")


def queue(code: ReasonCode) -> Queue:
    return Queue(reason=Reason(code=code, person="Berit"))


RING = Ring(
    targets=(Target(party=PERSON, endpoint="PJSIP/berit"),),
    seconds=25.0,
    then=MAILBOX,
    party=PERSON,
)
RING_TWO = Ring(
    targets=(Target(party=PERSON, endpoint="PJSIP/berit"), Target(party=PERSON, endpoint="PJSIP/berit-2")),
    seconds=25.0,
    then=queue(ReasonCode.NOT_REACHED),
    party=PERSON,
)
RING_THEN_DESK = Ring(
    targets=(Target(party=PERSON, endpoint="PJSIP/berit"),),
    seconds=25.0,
    then=queue(ReasonCode.NOT_REACHED),
    party=PERSON,
)
IN_TURN = Ring(
    targets=(Target(party=PERSON, endpoint="PJSIP/berit"),),
    more=((Target(party=PERSON, endpoint="PJSIP/berit-2"),),),
    seconds=10.0,
    then=queue(ReasonCode.NOT_REACHED),
    party=PERSON,
)
MENU = Menu(
    prompts=("name:p1", "absent:meeting"),
    options=(Option(digit="1", code="message", then=MAILBOX), Option(digit="2", code="switchboard", then=QUEUE)),
    otherwise=QUEUE,
)
DICTATION = Dictate(
    prompts=("record-greeting",),
    seconds=60.0,
    then=Menu(
        prompts=("record-heard", "recorded", "option:keep:1"),
        options=(
            Option(digit="1", code="keep", then=Keep(what="/greeting-p1", then=HangUp(), otherwise=HangUp(told=True))),
        ),
        otherwise=HangUp(),
    ),
)
ENTRY = Enter(what="until", prompts=("enter-until",), longest=4, otherwise=HangUp())
REFUSE = HangUp()
TARGET = Target(party=PERSON, endpoint="PJSIP/berit")


def seat(operator: str = "o1", line: bool = False, console: bool = False) -> e.Seat:
    channel = f"n1-line-{operator}-1" if line else ""
    return e.Seat(operator=operator, name=operator.upper(), endpoint=f"PJSIP/{operator}", line=channel, console=console)


def arrived(plan: Step = QUEUE, at: float = 0.0) -> e.Arrived:
    return e.Arrived(
        at=at,
        call=CALL,
        channel=CALL,
        organisation="gnosjo",
        language="sv",
        direction="in",
        caller=CALLER,
        internal=False,
        dialled="46370000000",
        dialled_name="Gnosjö kommun",
        reason=Reason(code=ReasonCode.MAIN_NUMBER),
        plan=plan,
        limits=Limits(),
        shown_number="46370000000",
    )


def dialled(line: bool = False) -> e.Dialled:
    return e.Dialled(
        at=0.0,
        call=CALL,
        organisation="gnosjo",
        language="sv",
        seat=seat(line=line),
        target=TARGET,
        limits=Limits(),
    )


__all__ = ["CALL", "receive", "start"]
