# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is offered whom."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain import builders as b
from vaxel.domain import events as e
from vaxel.domain.call import Call
from vaxel.domain.desk import Desk, LoggedOff, LoggedOn, Paused, Presence, work
from vaxel.domain.lifecycle import receive, start
from vaxel.domain.plan import Queue, Reason, ReasonCode
from vaxel.domain.queueing import distribute
from vaxel.domain.routing import EXTERNAL, INTERNAL

NOW = 1000.0


def waiting(id_: str, since: float = 0.0, priority: int = EXTERNAL, **changes: Any) -> Call:
    plan = Queue(reason=Reason(code=ReasonCode.MAIN_NUMBER), priority=priority)
    call = start(replace(b.arrived(plan, since), call=id_, channel=id_))
    for name, value in changes.items():
        setattr(call, name, value)
    return call


def desk(operator: str, **more: Any) -> Desk:
    usual: dict[str, Any] = {
        "operator": operator,
        "name": operator,
        "organisations": ("gnosjo",),
        "phone": operator,
        "registered": True,
        "presence": Presence.READY,
    }
    return Desk(**{**usual, **more})


def pairs(calls: list[Call], desks: list[Desk]) -> list[tuple[str, str]]:
    return [(call.id, desk.operator) for call, desk in distribute(calls, desks, NOW)]


def test_who_has_rested_longest_is_offered_the_next_call() -> None:
    assert pairs([waiting("a")], [desk("o1", idle_since=20.0), desk("o2", idle_since=10.0)]) == [("a", "o2")]


def test_who_has_waited_longest_is_offered_first() -> None:
    assert pairs([waiting("a", 5.0), waiting("b", 3.0)], [desk("o1")]) == [("b", "o1")]


@pytest.mark.clause("FAL-16")
def test_external_calls_go_before_internal_ones() -> None:
    recent = NOW - 60
    assert pairs([waiting("colleague", recent, INTERNAL), waiting("citizen", NOW - 1)], [desk("o1")]) == [
        ("citizen", "o1")
    ]


@pytest.mark.clause("FAL-16")
def test_a_colleague_who_has_waited_beyond_the_limit_is_no_longer_passed_by() -> None:
    assert pairs([waiting("colleague", NOW - 121, INTERNAL), waiting("citizen", NOW - 60)], [desk("o1")]) == [
        ("colleague", "o1")
    ]


def test_who_was_sent_back_goes_before_all_others_and_to_whom_sent_him() -> None:
    recalled = waiting("b", 9.0, priority=0, recall_for="o2")
    assert pairs([waiting("a", 1.0), recalled], [desk("o1"), desk("o2", idle_since=50.0)]) == [("b", "o2"), ("a", "o1")]


def test_nobody_is_offered_two_calls_at_once() -> None:
    assert pairs([waiting("a", 1.0), waiting("b", 2.0)], [desk("o1")]) == [("a", "o1")]


def test_a_call_is_offered_to_one_operator_at_a_time() -> None:
    call = receive(waiting("a"), e.Offered(at=1.0, seat=b.seat("o1")))
    assert pairs([call], [desk("o2")]) == []


def test_an_operator_of_another_municipality_is_not_asked() -> None:
    assert pairs([waiting("a")], [desk("o1", organisations=("tana",))]) == []


@pytest.mark.parametrize(
    "away",
    [
        {"presence": Presence.PAUSED},
        {"registered": False},
        {"calls": ("other",)},
        {"rest_until": NOW + 1.0},
    ],
    ids=["pause", "no telephone", "in a call", "has just let one ring"],
)
def test_one_who_can_not_answer_is_not_asked(away: dict[str, Any]) -> None:
    assert pairs([waiting("a")], [desk("o1", **away), desk("o2")]) == [("a", "o2")]


def test_who_let_it_ring_is_asked_again_only_after_the_others() -> None:
    assert pairs([waiting("a", tried=("o1",))], [desk("o1"), desk("o2", idle_since=99.0)]) == [("a", "o2")]


def test_an_open_line_is_as_good_as_a_registered_telephone() -> None:
    assert pairs([waiting("a")], [desk("o1", registered=False, line="n1-line-o1-1")]) == [("a", "o1")]


@pytest.mark.clause("AAB-7")
def test_where_nobody_has_logged_on_a_registered_telephone_rings() -> None:
    assert pairs([waiting("a")], [desk("o1", presence=Presence.OFF)]) == [("a", "o1")]


def test_where_somebody_has_logged_on_the_telephones_of_others_stay_silent() -> None:
    others = [desk("o1", presence=Presence.OFF), desk("o2", presence=Presence.PAUSED)]
    assert pairs([waiting("a")], others) == []


def test_logging_on_pausing_and_logging_off() -> None:
    start_of_day = desk("o1", presence=Presence.OFF)
    ready = work(start_of_day, LoggedOn(at=10.0, phone="o1"))
    paused = work(ready, Paused(at=20.0, reason="lunch"))
    back = work(paused, LoggedOn(at=30.0, phone="o1"))
    off = work(back, LoggedOff(at=40.0))
    assert [at.presence for at in (ready, paused, back, off)] == ["ready", "paused", "ready", "off"]
    assert paused.reason == "lunch"
    assert back.idle_since == 30.0, "a pause does not count as waiting for calls"
    assert [at.n for at in (ready, paused, back, off)] == [1, 2, 3, 4]
