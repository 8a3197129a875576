# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls that an operator has are handed over, or go back, when she leaves."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from tests.callcontrol.switchboard import OPERATORS, Switchboard
from vaxel.domain import events as e
from vaxel.domain.call import State


def test_a_held_call_is_handed_over_to_a_colleague_who_serves_the_same(board: Switchboard) -> None:
    board.on_duty("o1", "o2", "o4")
    call = board.connected("tana", "o1")
    board.do("o1", "hold", call=call)
    assert board.refused("o1", "hand_over", call=call, to="o4").code == "invalid"
    assert board.refused("o2", "hand_over", call=call, to="o2").code == "illegal"
    view = board.do("o1", "hand_over", call=call, to="o2")["call"]
    assert (view["state"], view["held_by"]) == ("held", "o2")
    board.do("o1", "log_off")
    assert board.call(call).operator == "o2"
    board.do("o2", "resume", call=call)
    board.picks_up(call, "o2")
    assert board.call(call).state is State.CONNECTED


def test_nobody_is_left_on_hold_by_who_logs_off(board: Switchboard) -> None:
    board.on_duty("o1", "o2")
    call = board.connected("tana", "o1")
    board.do("o1", "hold", call=call)
    board.do("o1", "log_off")
    assert board.call(call).state is State.WAITING
    board.turn()
    assert board.call(call).offered_to == ["o2"]


def test_who_pauses_says_first_who_has_the_callers_whom_she_holds(board: Switchboard) -> None:
    board.on_duty("o1", "o2", "o4")
    held = board.connected("tana", "o1")
    board.do("o1", "hold", call=held)
    parked = board.connected("tana", "o1")
    board.do("o1", "park", call=parked)
    refusal = board.refused("o1", "pause", reason="break")
    assert (refusal.code, refusal.fields) == ("illegal", {"count": "1", "calls": held})
    assert board.refused("o1", "pause", reason="break", hand_over="o4").code == "invalid"
    assert (board.view("o1")["presence"], board.call(held).operator) == ("ready", "o1")
    board.do("o1", "pause", reason="break", hand_over="o2")
    assert (board.view("o1")["state"], board.call(held).operator, board.call(parked).recall_for) == (
        "paused",
        "o2",
        "o2",
    )


@pytest.mark.parametrize("do", ["pause", "log_off"])
def test_who_is_held_goes_back_to_the_queue_if_she_says_so(board: Switchboard, do: str) -> None:
    board.on_duty("o1", "o2")
    call = board.connected("tana", "o1")
    board.do("o1", "hold", call=call)
    board.do("o1", do, hand_over="queue")
    board.turn()
    assert (board.call(call).state, board.call(call).offered_to) == (State.WAITING, ["o2"])


@pytest.mark.clause("TAN-17")
def test_who_may_not_leave_hands_nothing_over(board: Switchboard) -> None:
    board.on_duty("o2", "o5")
    board.reload(o5=replace(OPERATORS["o5"], organisations=("gnosjo", "falkenberg", "tana")))
    call = board.connected("tana", "o2")
    board.do("o2", "hold", call=call)
    board.do("o1", "ready")
    board.do("o1", "pause", reason="lunch", relief="o2")
    board.registered("o2-desk")
    assert board.refused("o2", "log_off", hand_over="o5").fields["name"] == "Anna"
    assert board.call(call).operator == "o2"


def test_a_colleague_on_a_break_gets_no_call(board: Switchboard) -> None:
    board.on_duty("o1", "o2")
    call = board.connected("tana", "o1")
    board.do("o1", "hold", call=call)
    board.do("o2", "pause", reason="break")
    assert board.refused("o1", "hand_over", call=call, to="o2").code == "unavailable"


def test_the_console_is_told_when_a_held_call_goes_back(board: Switchboard) -> None:
    board.on_duty("o1")
    call = board.connected("tana", "o1")
    board.do("o1", "hold", call=call)
    anna = board.client("o1")
    assert anna.state["calls"][call]["returns_at"] is None
    board.controller.apply(call, e.TimerFired(at=time.time(), name="hold"))
    shown = anna.state["calls"][call]["returns_at"]
    assert abs(shown - time.time() - 90) < 5


def test_a_colleague_who_is_not_logged_on_gets_no_call(board: Switchboard) -> None:
    board.on_duty("o1")
    call = board.connected("tana", "o1")
    board.do("o1", "park", call=call)
    assert board.refused("o1", "hand_over", call=call, to="o2").code == "unavailable"


def test_two_operators_answer_in_the_same_millisecond_and_one_gets_it(board: Switchboard) -> None:
    board.on_duty("o1", "o2")
    call = board.waits("tana")
    board.do("o2", "answer", call=call)
    refusal = board.refused("o1", "answer", call=call)
    assert (refusal.code, refusal.by) == ("taken", "Bo")
    board.picks_up(call, "o2")
    assert (board.refused("o1", "answer", call=call).by, board.call(call).operator) == ("Bo", "o2")


def test_a_browser_phone_that_lost_what_rang_is_rung_anew(board: Switchboard) -> None:
    board.registered("o1-web")
    board.do("o1", "ready")
    call = board.waits("tana")
    board.do("o1", "answer", call=call)
    assert len(board.call(call).operator_legs) == 1, "it answers by itself what rings"
    before = board.call(call).operator_legs[0].n
    board.do("o1", "answer", call=call, anew=True)
    (leg,) = board.call(call).operator_legs
    assert (leg.n > before, leg.auto_answer) == (True, True)
    board.picks_up(call, "o1")
    assert board.call(call).state is State.CONNECTED


def test_a_call_is_not_held_without_end(board: Switchboard) -> None:
    board.on_duty("o1")
    call = board.connected("tana", "o1")
    for _ in range(50):
        board.do("o1", "hold", call=call)
        board.do("o1", "resume", call=call)
    assert board.refused("o1", "hold", call=call).code == "illegal"
    assert board.call(call).state is State.CONNECTED


def test_who_lost_her_telephone_in_a_call_is_offered_it_as_soon_as_the_telephone_is_back(board: Switchboard) -> None:
    phones = {f"{id_}-desk" for id_ in OPERATORS}
    board.on_duty("o1")
    call = board.connected("tana", "o1")
    (leg,) = board.call(call).operator_legs
    board.message("ChannelDestroyed", leg.channel, cause=20)
    board.turn()
    assert board.call(call).offered_to == [], "whether her telephone is there isn't known yet"
    board.registered(*(phones - {"o1-desk"}))
    board.registered(*phones)
    board.turn()
    assert board.call(call).offered_to == ["o1"]
