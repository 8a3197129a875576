# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Any telephone of the house: logging on, and telephones that register."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.callcontrol.switchboard import OPERATORS, Switchboard, dials
from vaxel.callcontrol.hot_desks import WRONG_CODES
from vaxel.domain.commands import Dial
from vaxel.domain.desk import Desk, Presence


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
    rung = board.told[-1][1]
    assert isinstance(rung, Dial)
    assert rung.endpoint == "PJSIP/lobby"
    board.do("o2", "log_off")
    assert board.view("o2")["phone"] == "o2-desk"
    assert board.call(call).offered_to != ["o2"]


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
