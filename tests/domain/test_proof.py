# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof proves what it says: nothing is overlooked by its short cuts, and calls go the ways that it walks."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.test_calls import Story
from tests.domain.worlds import END, GROUPS, HOUR, MAIN, PEOPLE, SCHEDULES, START, UNITS, worlds
from vaxel.domain import events as e
from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.call import State
from vaxel.domain.plan import Cause, Menu, Step
from vaxel.domain.proof import Ending, Finding, Kind, Way, prove, ways
from vaxel.domain.proof.prover import prove_number
from vaxel.domain.proof.stretches import Stretches
from vaxel.domain.routing import plan
from vaxel.domain.world import World

# A failure is told as it is found: making it small takes minutes.
NOT_SHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
slow = settings(
    phases=NOT_SHRUNK,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def kinds(findings: Iterator[Finding] | list[Finding] | tuple[Finding, ...]) -> set[tuple[Kind, tuple[str, ...]]]:
    return {(finding.kind, finding.way) for finding in findings}


# ── short cuts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@slow
@given(world=worlds())
def test_one_number_stands_for_all_of_its_shape(world: World) -> None:
    proof = prove(world, START, END)
    stretches = Stretches(START, END)
    for number, shape in proof._shape.items():
        alone = prove_number(world.numbers[number], world, stretches)
        assert kinds(alone.findings) == kinds(proof._verdicts[shape].findings)


@slow
@given(world=worlds(), moments=st.lists(st.floats(START, END - 1), min_size=5, max_size=20))
def test_no_moment_is_overlooked(world: World, moments: list[float]) -> None:
    """At whatever moment somebody rings, if the call can end nowhere the proof says so."""
    proof = prove(world, START, END)
    broken = {finding.kind for finding in proof.findings}
    for at in moments:
        for number in world.numbers:
            for way in ways(plan(number, False, world, at).plan):
                if way.ending is Ending.DEAD:
                    assert Kind.DEAD_END in broken or Kind.NEVER_OPENS in broken
                if way.ringing > world.organisations["home"].rules.longest_ringing:
                    assert Kind.RINGS_TOO_LONG in broken


CHANGES = st.sampled_from([*PEOPLE, *GROUPS, *UNITS, "home", MAIN])


@slow
@given(old=worlds(), new=worlds(), keys=st.sets(CHANGES, min_size=1, max_size=3))
def test_after_a_change_the_proof_is_what_a_fresh_one_would_be(old: World, new: World, keys: set[str]) -> None:
    changed = old
    for key in sorted(keys):
        changed = with_change(changed, new, key)
    after = prove(old, START, END).after(changed, keys)
    fresh = prove(replace(changed), START, END)
    assert [without_representative(f) for f in after.findings] == [without_representative(f) for f in fresh.findings]
    assert (after.summary.numbers, after.summary.shapes) == (fresh.summary.numbers, fresh.summary.shapes)


def without_representative(finding: Finding) -> tuple[object, ...]:
    """Any number may stand for those of its shape."""
    return (finding.kind, finding.way, finding.others, finding.at)


def with_change(world: World, other: World, key: str) -> World:
    if key in PEOPLE:
        absences = {who: known for who, known in world.absences.items() if who != key}
        absences |= {key: other.absences[key]} if key in other.absences else {}
        people = {**world.people, key: replace(other.people[key], schedule=world.people[key].schedule)}
        return replace(world, people=people, absences=absences)
    if key in GROUPS:
        return replace(world, groups={**world.groups, key: other.groups[key]})
    if key in UNITS:
        return replace(world, units={**world.units, key: other.units[key]})
    if key == "home":
        schedules = {**world.schedules, "s0": other.schedules["s0"]}
        owned = [owner.schedule for owners in (world.people, world.groups, world.units) for owner in owners.values()]
        return replace(
            world, organisations=other.organisations, schedules=world.schedules if "s0" in owned else schedules
        )
    return world


# ── the proof and the call ──────────────────────────────────────────────────────────────────────────────────────────────

ENDS_IN = {
    Ending.PERSON: State.CONNECTED,
    Ending.OPERATOR: State.WAITING,
    Ending.MAILBOX: State.RECORDING,
    Ending.MESSAGE: State.RECORDING,
    Ending.TOLD: State.ENDED,
    Ending.DEAD: State.ENDED,
}


@slow
@given(world=worlds(), at=st.floats(START, END), number=st.integers(0, 8), seed=st.integers(0, 1000))
def test_a_call_goes_every_way_that_the_proof_walks(world: World, at: float, number: int, seed: int) -> None:
    step = plan(list(world.numbers)[number], False, world, at).plan
    chance = random.Random(seed)
    for way in ways(step):
        call = go(step, way, chance)
        assert call.is_in(ENDS_IN[way.ending]), way


@slow
@given(world=worlds(), at=st.floats(START, END), number=st.integers(0, 8), seed=st.integers(0, 1000))
def test_whatever_a_caller_does_is_one_of_the_ways(world: World, at: float, number: int, seed: int) -> None:
    step = plan(list(world.numbers)[number], False, world, at).plan
    hops = wander(Story(step), random.Random(seed))
    assert hops in {tuple(hop for hop in way.hops if hop != "no_telephone") for way in ways(step)}


def go(step: Step, way: Way, chance: random.Random) -> Story:
    """A call that is driven along ``way``."""
    call = Story(step)
    for hop in way.hops:
        take(call, hop, chance)
    return call


def take(call: Story, hop: str, chance: random.Random) -> None:
    match hop.partition(":"):
        case ("announced", _, _):
            call.hears_it_out()
        case ("answered", _, _):
            call.then(e.LegAnswered, leg=ringing_legs(call)[0])
        case ("unanswered", _, _):
            nobody_answers(call, chance)
        case ("chose", _, "nothing"):
            menu = call.call.step
            while call.call.step is menu:
                call.hears_it_out().then(e.TimerFired, name="choice")
        case ("chose", _, code):
            assert isinstance(call.call.step, Menu)
            digit = next(option.digit for option in call.call.step.options if option.code == code)
            call.then(e.DigitPressed, leg=0, digit=digit)
        case ("recorded", _, _):
            call.hears_it_out()


def ringing_legs(call: Story) -> list[int]:
    return [leg.n for leg in call.call.legs if leg.attempting and leg.n != 0]


def nobody_answers(call: Story, chance: random.Random) -> None:
    """Busy, declined, switched off, or rung in vain: round after round."""
    step = call.call.step
    while call.call.step is step and call.is_in(State.RINGING):
        if chance.random() < 0.5:
            call.then(e.TimerFired, name="ring")
        else:
            leg = call.call.leg(chance.choice(ringing_legs(call)))
            assert leg is not None
            call.engine.gone(leg.channel)
            cause = chance.choice([Cause.BUSY, Cause.REJECTED, Cause.UNREGISTERED, Cause.NO_ANSWER])
            call.then(e.LegEnded, leg=leg.n, cause=cause)


def wander(call: Story, chance: random.Random) -> tuple[str, ...]:
    hops: list[str] = []
    for _ in range(50):
        # A telephone that nobody has is passed over at once: the call is already where it would have led.
        match call.call.state:
            case State.ANNOUNCING:
                hop = "announced"
            case State.CHOOSING:
                menu = call.call.step
                assert isinstance(menu, Menu)
                hop = f"chose:{chance.choice([*(option.code for option in menu.options), 'nothing'])}"
            case State.RINGING:
                hop = chance.choice(["answered", "unanswered"])
            case State.GREETING:
                hop = "recorded"
            case State.WAITING:
                return (*hops, "waited")
            case State.ENDED:
                return (*hops, "ended")
            case _:
                return tuple(hops)
        take(call, hop, chance)
        hops.append(hop)
    raise AssertionError(hops)


# ── what it finds ───────────────────────────────────────────────────────────────────────────────────────────────────────


def away(person: str, to: str, hours: float = 8.0) -> Absence:
    return Absence(
        id=f"{person}-a",
        person=person,
        reason=AbsenceReason.MEETING,
        start=START + 8 * HOUR,
        end=START + (8 + hours) * HOUR,
        refer=ReferTo.COLLEAGUE,
        refer_id=to,
    )


@pytest.mark.clause("AAB-24")
@settings(max_examples=10, deadline=None)
@given(world=worlds(safe=True))
def test_referrals_in_a_ring_are_found(world: World) -> None:
    people = {id_: replace(person, ended=None) for id_, person in world.people.items()}
    absences = {"p0": (away("p0", "p1"),), "p1": (away("p1", "p0"),)}
    found = [f for f in prove(replace(world, people=people, absences=absences), START, END).findings]
    assert {f.subject for f in found if f.kind is Kind.REFERRAL_RING} == {people["p0"].number, people["p1"].number}


@pytest.mark.clause("AAB-2", "AAB-7", "AAB-24")
@settings(max_examples=20, deadline=None)
@given(world=worlds(safe=True))
def test_where_the_switchboard_opens_no_call_ends_nowhere(world: World) -> None:
    """The rules that a municipality may choose among can't make a dead end, whatever it chooses."""
    home = replace(world.organisations["home"], schedule="s0")
    closing = [schedule for schedule in SCHEDULES[2:] if not any(world.schedules[schedule].week)]
    if not closing:
        proof = prove(replace(world, organisations={"home": home}), START, END)
        assert not [f for f in proof.findings if f.kind is Kind.DEAD_END]
