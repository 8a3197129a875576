# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What supervisors do: see, take over, listen in, move, call in reinforcement, announce."""

from __future__ import annotations

import pytest

from tests.callcontrol.switchboard import Switchboard
from vaxel.callcontrol.recovery import recover
from vaxel.domain.call import State


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
    assert board.view("gnosjo", "organisations")["listening"] == {"allowed": True, "notice": True}
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
    assert board.view("falkenberg", "organisations")["surge"] is None


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
