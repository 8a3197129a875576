# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The transition table, row by row: each is gone through, and leads where the table says, everywhere it says, and nowhere else.

That every other pair is refused is in ``test_any_sequence``.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from msgspec import structs
from msgspec.structs import replace

from tests.domain import builders as b
from tests.domain.test_any_sequence import Run
from vaxel.domain import events as e
from vaxel.domain.call import Leg, LegState, Limits, MediaKind, Purpose, State
from vaxel.domain.handlers.operators import taken
from vaxel.domain.lifecycle import TABLE
from vaxel.domain.plan import (
    Announce,
    Cause,
    Dictate,
    Enter,
    HangUp,
    Keep,
    Menu,
    Option,
    Party,
    PartyKind,
    Ring,
    Step,
    Target,
)

THEN: tuple[Step, ...] = (b.WELCOME, b.MENU, b.RING, b.QUEUE, b.MAILBOX, HangUp())
"""A step of a plan that leads to each of ``lifecycle.STEPS``."""
DIGITS = tuple("19#")
O2 = Party(kind=PartyKind.OPERATOR, id="o2", name="O2")
BY_OPERATOR = Target(party=b.seat("o1").party, endpoint="PJSIP/o1")
BRINGS = Leg(n=1, channel="n1-2.1-l1", party=b.PERSON, purpose=Purpose.RING, endpoint="PJSIP/b", state=LegState.UP)

Then = Callable[[Run], e.CallEvent]
"""What happens next, told of the call as it stands."""


def told(kind: type, **fields: object) -> Then:
    return lambda run: kind(at=run.at, **fields)


def picks_up(who: str) -> Then:
    return lambda run: e.LegAnswered(at=run.at, leg=next(n.n for n in reversed(run.call.legs) if n.party.id == who))


def hears_it_out(run: Run) -> e.CallEvent:
    media = run.call.subject.media
    return e.MediaEnded(at=run.at, n=media.n if media else 0)


ANSWER, ON_LINE = told(e.Answer, seat=b.seat("o1")), told(e.Answer, seat=b.seat("o1", line=True))
TALKS = (ANSWER, picks_up("o1"))
HOLD, PARK = told(e.Hold, operator="o1"), told(e.Park, operator="o1")
TRANSFER = told(e.Transfer, operator="o1", targets=(b.TARGET,))
CONSULT = told(e.Consult, seat=b.seat("o1"), targets=(b.TARGET,))
OFFER = told(e.Offered, seat=b.seat("o1"))
O2_WANTS_IT = told(e.TakeOver, seat=b.seat("o2"))
LISTEN = told(e.Listen, seat=b.seat("o3"))
HAND_OVER = told(e.HandOver, operator="o1", to=O2)
ENDS = told(e.HangUpAsked, operator="o1")
NOBODY_THERE = told(e.Unattended)
KEYED = told(e.DigitPressed, leg=0, digit="#")

LIVES: list[tuple[e.Arrived | e.Dialled, tuple[Then, ...]]] = [
    *((b.arrived(Announce(prompts=("welcome",), then=step)), ()) for step in THEN),
    *((b.arrived(Keep(what="/x", then=step, otherwise=step)), ()) for step in THEN),
    *((b.arrived(Enter(what="until", prompts=("x",), longest=4, otherwise=step)), (KEYED,)) for step in THEN),
    *(
        (
            b.arrived(Menu(prompts=("x",), options=(Option(digit="1", code="x", then=step),), otherwise=step, times=1)),
            more,
        )
        for step in THEN
        for more in ((), (hears_it_out,))
    ),
    *((b.arrived(Ring(targets=(b.TARGET,), seconds=25.0, then=step, party=b.PERSON)), ()) for step in THEN),
    *((b.arrived(Dictate(prompts=("x",), seconds=60.0, then=step)), (hears_it_out,)) for step in THEN),
    (b.arrived(b.MAILBOX), ()),
    (b.arrived(), ()),
    (b.arrived(), (OFFER, told(e.Tell, prompts=("told-busy",)))),
    (replace(b.arrived(), limits=Limits(messages=False)), (NOBODY_THERE,)),
    (b.arrived(), TALKS),
    (b.arrived(), (ON_LINE,)),
    (b.arrived(), (*TALKS, O2_WANTS_IT)),
    (b.arrived(b.TOLD), (hears_it_out, *TALKS)),
    (b.arrived(b.TOLD), (hears_it_out, *TALKS, LISTEN)),
    (b.arrived(b.TOLD), (hears_it_out, *TALKS, HOLD)),
    (b.arrived(), (*TALKS, HOLD, HAND_OVER)),
    (b.arrived(), (ON_LINE, HOLD, told(e.Resume, seat=b.seat("o1")))),
    (b.arrived(), (*TALKS, CONSULT)),
    (b.arrived(), (*TALKS, CONSULT, picks_up("p1"))),
    (b.arrived(), (*TALKS, TRANSFER)),
    (b.arrived(), (*TALKS, TRANSFER, O2_WANTS_IT)),
    (b.arrived(), (*TALKS, PARK)),
    (b.arrived(), (*TALKS, PARK, told(e.Fetch, seat=b.seat("o2")))),
    (b.dialled(), ()),
    (b.dialled(), (picks_up("o1"),)),
    (b.arrived(), (OFFER, ENDS)),
    (b.arrived(b.MAILBOX), (hears_it_out, ENDS)),
]
"""How calls get into each state, and how they may stand in it."""


@cache
def in_state(state: State) -> list[Run]:
    runs = []
    for first, then in LIVES:
        run = Run(first, lines=False)
        for what in then:
            assert happens(run, what(run)), "the way there is barred"
        if run.call.state is state:
            runs.append(run)
    return runs


def happens(run: Run, event: e.CallEvent) -> bool:
    """In the engine first, as far as it comes from there; false when it is refused."""
    match event:
        case e.LegEnded(leg=n):
            run.engine.gone(run.channel(n))
        case e.MediaEnded(n=n):
            run.engine.heard(f"{run.call.id}-p{n}")
        case e.RecordingFinished(n=n) | e.RecordingFailed(n=n):
            run.engine.heard(f"{run.call.id}-r{n}")
    run.at += 1.0
    return run.send(event)


def variants(run: Run, kind: type) -> Iterator[dict[str, object]]:
    """The fields with which such an event may come to the call."""
    call = run.call
    legs = [leg.n for leg in call.legs if leg.state is not LegState.GONE] or [0]
    media = call.subject.media
    played = media.n if media and media.kind is MediaKind.PROMPTS else call.heard
    fields: dict[str, list[object]] = {
        "leg": [*legs],
        "cause": [Cause.HANGUP, Cause.FAILED] if kind is e.LegEnded else [""],
        "digit": [*DIGITS],
        "n": [played if kind is e.MediaEnded else call.recording or 1],
        "name": [timer.name for timer in call.timers] or ["recording"],
        "operator": ["o1", "o2", "o3"],
        "seat": [b.seat(who, line) for who in ("o1", "o2", "o3") for line in (False, True)],
        "targets": [(), (b.TARGET,)],
        "by": [b.TARGET, BY_OPERATOR],
        "legs": [()] if kind is e.JoinedInto else [(), (BRINGS,), (replace(BRINGS, state=LegState.RINGING),)],
        "to": [O2],
        "party": [b.PERSON],
        "channel": ["n1-3.1"],
        "other": ["n1-2.1"],
        "asked": [True],
        "ok": [True, False],
        "step": [*THEN],
        "prompts": [("told-busy",)],
        "duration": [1.0],
        "away": [1.0],
        "command": ["play"],
        "status": [500],
        "why": [""],
    }
    if kind is e.HangUpAsked:
        fields["name"] = ["O1"]
    combined: list[dict[str, object]] = [{}]
    for name in (field.name for field in structs.fields(kind) if field.name in fields):
        combined = [{**sofar, name: value} for sofar in combined for value in fields[name]]
    yield from combined


@pytest.mark.parametrize(("state", "kind"), TABLE, ids=lambda told: told if isinstance(told, State) else told.__name__)
def test_each_row_leads_where_the_table_says(state: State, kind: type) -> None:
    row, reached = TABLE[state, kind], set()
    for before in in_state(state):
        for fields in variants(before, kind):
            run = copy.copy(before)
            run.engine = copy.deepcopy(before.engine)
            if happens(run, kind(at=run.at, **fields)):
                reached.add(run.call.state)
                run.finish()
                assert run.call.finished
                assert not run.engine.channels
    assert bool(reached) is (row.handler is not taken), "only who comes too late is always refused"
    assert reached - {state} == row.leads_to - {state}
