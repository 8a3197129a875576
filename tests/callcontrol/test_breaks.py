# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Breaks with relief."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from tests.callcontrol.switchboard import OPERATORS, Switchboard, dials
from vaxel.callcontrol.recovery import recover


@pytest.mark.clause("TAN-17")
@pytest.mark.parametrize("reason", ["lunch", "post"])
def test_a_break_that_the_policy_relieves_needs_a_colleague_who_is_there(board: Switchboard, reason: str) -> None:
    board.on_duty("o1")
    refusal = board.refused("o1", "pause", reason=reason)
    assert (refusal.code, refusal.fields) == ("forbidden", {"clause": "TAN-17"})
    assert board.view("o1")["presence"] == "ready"
    board.do("o2", "ready")
    done = board.do("o1", "pause", reason=reason)["operator"]
    assert (done["presence"], done["relief"]) == ("paused", ["o2"])
    assert board.view("o2")["relief_for"] == "o1"
    assert done["pause_seconds"] == (1800 if reason == "lunch" else 0)


@pytest.mark.clause("TAN-17")
def test_the_relief_that_is_named_must_be_able_to_answer(board: Switchboard) -> None:
    board.on_duty("o1", "o3")
    assert board.refused("o1", "pause", reason="lunch", relief="o3").code == "forbidden"
    assert board.refused("o1", "pause", reason="lunch", relief="o2").code == "forbidden"
    board.do("o2", "ready")
    assert board.do("o1", "pause", reason="lunch", relief="o2")["operator"]["relief"] == ["o2"]
    board.do("o1", "ready")
    assert board.view("o2")["relief_for"] == ""
    assert board.view("o1")["back_by"] is None


def counted_on(board: Switchboard) -> None:
    """o1 is at lunch, relieved by o2."""
    board.on_duty("o1", "o2")
    board.do("o1", "pause", reason="lunch")


@pytest.mark.clause("TAN-17")
@pytest.mark.parametrize(
    ("do", "fields"), [("pause", {"reason": "lunch"}), ("pause", {"reason": "meeting"}), ("log_off", {})]
)
def test_who_relieves_a_colleague_can_not_leave_before_somebody_else_is_there(
    board: Switchboard, do: str, fields: dict[str, str]
) -> None:
    counted_on(board)
    refusal = board.refused("o2", do, **fields)
    assert (refusal.code, refusal.fields) == ("forbidden", {"clause": "TAN-17", "name": "Anna"})
    assert "Anna is on a break and counts on you" in str(refusal)
    assert board.view("o2")["presence"] == "ready"
    board.do("o1", "ready")
    board.do("o3", "ready")
    board.do("o1", "assign", operator="o3", organisations=["tana"])
    assert board.do("o1", "pause", reason="lunch", relief="o2")["operator"]["relief"] == ["o2"]
    board.do("o2", do, **fields)
    assert (board.view("o1")["relief"], board.view("o3")["relief_for"]) == (["o3"], "o1")
    found = recover(board.spool.segments())
    assert found.desks["o1"].relief == ("o3",)


@pytest.mark.clause("TAN-17")
def test_who_relieves_is_free_once_the_lunch_is_over(board: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    counted_on(board)
    later = time.time() + 1801
    monkeypatch.setattr(time, "time", lambda: later)
    board.do("o2", "log_off")
    assert board.view("o2")["presence"] == "off"


@pytest.mark.clause("TAN-17")
def test_one_relieves_several_and_who_relieves_fewest_is_found_first(board: Switchboard) -> None:
    board.on_duty("o1", "o2", "o3", "o5")
    for moved in ("o3", "o5"):
        board.reload(**{moved: replace(OPERATORS[moved], organisations=("tana",))})
    assert board.do("o1", "pause", reason="lunch", relief="o3")["operator"]["relief"] == ["o3"]
    assert board.do("o2", "pause", reason="lunch")["operator"]["relief"] == ["o5"]
    board.do("o5", "pause", reason="meeting")
    assert [board.view(away)["relief"] for away in ("o1", "o2")] == [["o3"], ["o3"]]
    assert board.refused("o3", "log_off").fields["name"] == "Anna"


@pytest.mark.clause("TAN-17")
def test_a_relief_whose_telephone_is_lost_is_told_of(board: Switchboard) -> None:
    counted_on(board)
    away = board.client("o1")
    board.registered("o1-desk")
    assert away.state["operators"]["o1"]["relief_missing"] == ["o2"]
    board.registered("o1-desk", "o2-desk")
    assert board.view("o1")["relief_missing"] == []


@pytest.mark.clause("TAN-17")
def test_a_relief_can_not_leave_by_telephone_either(board: Switchboard) -> None:
    board.on_duty("o1")
    board.do("o2", "ready", phone="lobby")
    board.do("o1", "pause", reason="lunch")
    assert dials(board, "lobby", "#12") == ("not-possible",)
    assert board.view("o2")["presence"] == "ready"


def test_other_pauses_and_other_municipalities_need_no_relief(board: Switchboard) -> None:
    board.on_duty("o1", "o4")
    board.do("o1", "pause", reason="meeting")
    board.do("o4", "pause", reason="lunch")
    assert board.view("o4")["presence"] == "paused"


def test_a_break_is_the_same_after_a_restart(board: Switchboard) -> None:
    board.on_duty("o1", "o2")
    call = board.connected("tana", "o1")
    board.message("ChannelHangupRequest", call, cause=16)
    board.do("o1", "pause", reason="lunch")
    before = board.controller.desks["o1"]
    found = recover(board.spool.segments())
    board.controller.desks.adopt(found.desks["o1"])
    after = board.controller.desks["o1"]
    assert (after.relief, after.back_by, after.answered) == (before.relief, before.back_by, 1)
    assert board.view("o1")["calls_today"] == 1
