# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operators' working day: breaks with relief, hand-over, supervisors, reinforcement, hot-desking."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.callcontrol.switchboard import OPERATORS, Switchboard
from vaxel.callcontrol.hot_desks import WRONG_CODES
from vaxel.callcontrol.recovery import recover
from vaxel.domain import events as e
from vaxel.domain.call import State
from vaxel.domain.desk import Desk, Presence
from vaxel.telephony.translate import NewCall


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Switchboard]:
    with Switchboard(tmp_path / "journal") as board:
        yield board


# ── breaks ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── handing over ────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── supervisors ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_supervisor_sees_all_that_she_supervises_and_an_operator_what_she_serves(board: Switchboard) -> None:
    board.on_duty("o4")
    boss, dag, bo = board.client("o1"), board.client("o4"), board.client("o2")
    call = board.waits("falkenberg")
    assert call in boss.state["calls"]
    assert call in dag.state["calls"]
    assert call not in bo.state["calls"]
    assert board.view("o1")["supervisor"] is True
    assert "calls" not in board.view("o4")


def test_a_call_is_taken_over_only_by_a_supervisor_of_its_organisation(board: Switchboard) -> None:
    board.on_duty("o1", "o3", "o4", "o5")
    call = board.connected("falkenberg", "o4")
    assert board.refused("o5", "take_over", call=call).code == "forbidden"
    assert board.refused("o2", "take_over", call=call).code == "not_found"
    board.do("o1", "take_over", call=call)
    assert board.call(call).operator == "o4"
    board.picks_up(call, "o1")
    view = board.controller.hub.get("calls", call)
    assert view is not None
    assert (view["operator"], view["taken_from"]) == ("o1", "o4")
    # Not one of those that she serves: hers all the same now.
    board.do("o1", "hold", call=call)
    assert board.call(call).state is State.HELD


def test_listening_needs_the_policy_and_a_caller_who_was_told(board: Switchboard) -> None:
    board.on_duty("o1", "o3", "o4", "o5")
    unheard = board.connected("falkenberg", "o4")
    assert board.refused("o1", "listen", call=unheard).code == "forbidden"
    call = board.connected("gnosjo", "o3")
    assert board.controller.hub.get("organisations", "gnosjo")["listening"] == {"allowed": True, "notice": True}  # type: ignore[index]
    assert board.refused("o4", "listen", call=call).code == "not_found"
    board.do("o5", "listen", call=call)
    board.picks_up(call, "o5")
    (leg,) = board.call(call).listeners
    board.message("StasisStart", f"{call}-s{leg.n}", args=["ear"])
    assert board.call(call).listeners[0].ear
    assert board.view("o5")["state"] == "listening"
    assert board.view("o3")["state"] == "talking"
    assert board.refused("o5", "answer", call=board.waits("gnosjo")).code == "busy"
    board.do("o5", "stop_listening", call=call)
    assert board.view("o5")["state"] == "ready"


def test_an_operator_is_moved_until_she_logs_off(board: Switchboard) -> None:
    board.on_duty("o1", "o3")
    cia, boss = board.client("o3"), board.client("o1")
    assert board.refused("o5", "assign", operator="o3", organisations=["tana"]).code == "forbidden"
    assert board.refused("o1", "assign", operator="o2", organisations=["gnosjo"]).code == "illegal"
    board.do("o1", "assign", operator="o3", organisations=["tana"])
    call = board.waits("tana")
    assert board.call(call).offered_to
    assert call in cia.state["calls"]
    assert (board.view("o3")["serves"], board.view("o3")["home"]) == (["tana"], ["gnosjo"])
    there = board.waits("gnosjo")
    assert there not in cia.state["calls"]
    assert there in boss.state["calls"]
    board.do("o3", "log_off")
    assert board.view("o3")["serves"] == ["gnosjo"]
    assert there in cia.state["calls"]


def test_nobody_is_moved_to_where_she_is_not_trained(board: Switchboard) -> None:
    board.on_duty("o1", "o2")
    refusal = board.refused("o1", "assign", operator="o2", organisations=["falkenberg"])
    assert (refusal.code, refusal.fields["name"]) == ("forbidden", "Bo")


# ── reinforcement ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("FAL-18")
def test_reinforcement_is_asked_of_those_who_are_trained_and_who_comes_serves(board: Switchboard) -> None:
    board.on_duty("o1", "o3")
    board.registered("o1-desk", "o3-desk", "o4-desk")
    board.do("o1", "surge", organisation="falkenberg")
    assert board.rung == [("o4", "o4-desk", "falkenberg")]
    view = board.controller.hub.get("organisations", "falkenberg")
    assert view is not None
    assert (view["surge"]["by"], sorted(view["surge"]["asked"])) == ("o1", ["o3", "o4", "o5"])
    assert [asked["organisation"] for asked in board.view("o3")["asked"]] == ["falkenberg"]
    assert board.refused("o2", "join_surge", organisation="falkenberg").code == "not_found"
    assert board.refused("o1", "join_surge", organisation="falkenberg").code == "illegal"
    board.do("o3", "join_surge", organisation="falkenberg")
    assert board.view("o3")["serves"] == ["gnosjo", "falkenberg"]
    assert board.view("o3")["asked"] == []
    assert board.refused("o5", "join_surge", organisation="falkenberg").code == "unavailable"
    board.do("o5", "decline_surge", organisation="falkenberg")
    call = board.waits("falkenberg")
    assert board.call(call).offered_to == ["o3"]
    board.do("o1", "end_surge", organisation="falkenberg")
    assert board.view("o3")["serves"] == ["gnosjo"]
    assert board.controller.hub.get("organisations", "falkenberg")["surge"] is None  # type: ignore[index]


@pytest.mark.clause("FAL-18")
def test_who_is_rung_comes_by_pressing_a_key(board: Switchboard) -> None:
    board.on_duty("o1")
    board.do("o1", "surge", organisation="falkenberg")
    board.message("StasisStart", "n1-ask-o4-1", args=["phone", "o4-desk", "*14"])
    call = board.call("n1-ask-o4-1")
    assert call.subject.media is not None
    assert call.subject.media.items[0] == "surge-asked"
    board.message("ChannelDtmfReceived", call.id, digit="1")
    board.hears_to_the_end(call.id)
    board.message("ChannelHangupRequest", call.id, cause=16)
    assert (board.view("o4")["presence"], board.view("o4")["phone"]) == ("ready", "o4-desk")
    board.message("StasisStart", "n1-ask-o2-1", args=["phone", "o2-desk", "*14"])
    media = board.call("n1-ask-o2-1").subject.media
    assert media is not None
    assert media.items == ("not-possible",)


def test_a_surge_is_on_after_a_restart(board: Switchboard) -> None:
    board.on_duty("o1", "o3")
    board.do("o1", "surge", organisation="falkenberg")
    board.do("o3", "join_surge", organisation="falkenberg")
    found = recover(board.spool.segments())
    assert [surge.organisation for surge in found.desks["o1"].surges] == ["falkenberg"]
    assert found.desks["o3"].reinforces == ("falkenberg",)


# ── announcing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_announcement_reaches_operators_and_callers(board: Switchboard) -> None:
    board.on_duty("o1", "o4")
    waiting = board.waits("falkenberg")
    assert board.refused("o4", "announce", organisation="falkenberg", text="x").code == "forbidden"
    assert board.refused("o1", "announce", organisation="falkenberg", text="19121212-1212").code == "invalid"
    assert board.refused("o1", "announce", organisation="falkenberg", prompt="welcome").code == "invalid"
    board.do("o1", "announce", organisation="falkenberg", text="The water is off in Glommen")
    assert board.published == [("o1", "falkenberg", "The water is off in Glommen")]
    board.do("o1", "announce", organisation="falkenberg", prompt="told-fault")
    media = board.call(waiting).subject.media
    assert media is not None
    assert media.items == ("told-fault",)
    later = board.waits("falkenberg")
    board.turn()
    media = board.call(later).subject.media
    assert media is not None
    assert media.items == ("told-fault",)
    view = board.controller.hub.get("organisations", "falkenberg")
    assert view is not None
    assert (view["announcement"]["text"], view["callers_hear"]) == ("The water is off in Glommen", "told-fault")
    board.do("o1", "end_announcement", organisation="falkenberg", callers=True)
    after = board.waits("falkenberg")
    board.turn()
    assert not [fact for fact in board.call(after).facts if fact.code == "told"]


# ── hot-desking ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_she_logs_on_at_any_telephone_of_the_house_that_is_nobodys(board: Switchboard) -> None:
    board.on_duty()
    assert board.refused("o2", "ready", phone="abroad").code == "invalid"
    assert board.refused("o2", "ready", phone="o3-desk").code == "invalid"
    board.do("o2", "ready", phone="lobby")
    assert (board.view("o2")["phone"], board.view("o2")["phone_registered"]) == ("lobby", True)
    assert (board.refused("o1", "ready", phone="lobby").code, board.refused("o1", "ready", phone="lobby").by) == (
        "taken",
        "Bo",
    )
    call = board.waits("tana")
    assert board.told[-1][1].endpoint == "PJSIP/lobby"  # type: ignore[union-attr]
    board.do("o2", "log_off")
    assert board.view("o2")["phone"] == "o2-desk"
    assert board.call(call).offered_to != ["o2"]


def dials(board: Switchboard, phone: str, dialled: str, n: int = 1) -> tuple[str, ...]:
    """What the telephone hears."""
    channel = f"n1-9.{n}"
    board.controller.begin(
        NewCall(channel=channel, source="phone", name=phone, dialled=dialled, number="", caller_name="")
    )
    call = board.call(channel)
    assert "471100" not in call.dialled
    assert call.subject.media is not None
    heard = call.subject.media.items
    board.message("ChannelHangupRequest", channel, cause=16)
    return heard


def test_she_logs_on_by_dialling_her_code_and_the_code_is_kept_nowhere(board: Switchboard) -> None:
    board.on_duty()
    assert dials(board, "lobby", "*12*471100#") == ("logged-on",)
    assert (board.view("o1")["presence"], board.view("o1")["phone"]) == ("ready", "lobby")
    assert dials(board, "lobby", "*12*4712", 2) == ("logged-on",)
    assert (board.view("o1")["presence"], board.view("o2")["phone"]) == ("off", "lobby")
    assert dials(board, "lobby", "#12", 3) == ("logged-off",)
    assert board.controller.desks["o2"].presence is Presence.OFF
    assert dials(board, "lobby", "#12", 4) == ("not-possible",)
    assert "471100" not in "".join(str((entry.data, entry.view)) for entry in board.entries)


def test_codes_are_not_found_by_trying(board: Switchboard) -> None:
    board.on_duty()
    for n in range(WRONG_CODES):
        assert dials(board, "lobby", f"*12*00000{n}#", n) == ("not-possible",)
    assert dials(board, "lobby", "*12*471100#", 90) == ("not-possible",)
    assert dials(board, "o2-desk", "*12*471100#", 91) == ("logged-on",)


def test_the_directory_changes_and_who_sits_elsewhere_stays_there(board: Switchboard) -> None:
    board.on_duty()
    board.do("o2", "ready", phone="lobby")
    board.reload(o2=replace(OPERATORS["o2"], name="Bosse"))
    assert (board.view("o2")["name"], board.view("o2")["phone"]) == ("Bosse", "lobby")


# ── telephones ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_telephone_that_registers_concerns_only_the_desk_at_it(
    board: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a failure of the network all telephones register in turn: each must not be looked at by every desk."""
    desks = board.controller.desks
    looked_at: list[str] = []
    view = desks.view

    def looked(desk: Desk) -> dict[str, Any]:
        looked_at.append(desk.operator)
        return view(desk)

    monkeypatch.setattr(desks, "view", looked)
    for operator in OPERATORS:
        desks.phone_changed(f"{operator}-desk", True)
    assert looked_at == list(OPERATORS)
    assert all(board.view(operator)["phone_registered"] for operator in OPERATORS)
