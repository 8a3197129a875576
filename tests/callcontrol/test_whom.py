# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom people mean by what they write or dial."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.callcontrol import switchboard
from tests.callcontrol.switchboard import Switchboard
from vaxel.callcontrol import whom
from vaxel.directory.snapshot import Snapshot
from vaxel.domain import commands as c
from vaxel.domain.world import Number, NumberKind, Person, PhoneOwner, Unit, World

DIRECTORY = Path(__file__).parents[1] / "traces/directory.json"
WORLD = msgspec.json.decode(DIRECTORY.read_bytes(), type=Snapshot).world


@pytest.mark.parametrize("organisation", sorted(WORLD.organisations))
def test_an_operator_who_dials_or_passes_on_to_112_reaches_112(organisation: str) -> None:
    """It once became +46 112, as any national number does."""
    [target] = whom.targets("112", organisation, WORLD)
    assert target.endpoint == f"PJSIP/112@trunk-{WORLD.trunk}"
    [transferred] = whom.transfer_targets("112", organisation, organisation, WORLD)
    assert transferred.endpoint == target.endpoint


BERIT = Person(
    id="p1",
    organisation="falkenberg",
    name="Berit Ström",
    unit="Building",
    unit_id="u1",
    number="46346886001",
    phones=("berit",),
)
MUTE = replace(BERIT, id="p2", name="Mute Person", number="46346886002", phones=())


def world(*people: Person, transfer_to: str = "", **more: object) -> World:
    known = switchboard.WORLD
    numbers = {
        person.number: Number(
            number=person.number, organisation=person.organisation, kind=NumberKind.DIRECT, owner=person.id
        )
        for person in people
    }
    phones = {
        user: PhoneOwner(organisation=person.organisation, person=person.id)
        for person in people
        for user in person.phones
    }
    return replace(
        known,
        people={person.id: person for person in people},
        numbers={**known.numbers, **numbers},
        phones={**known.phones, **phones},
        units={"u1": Unit(id="u1", organisation="falkenberg", name="Building", transfer_to=transfer_to)},
        **more,
    )


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Switchboard]:
    with Switchboard(tmp_path, world(BERIT, MUTE)) as running:
        yield running


def dialled(board: Switchboard, call: str) -> list[c.Dial]:
    return [command for id_, command in board.told if id_ == call and isinstance(command, c.Dial)]


@pytest.mark.parametrize("do", ["transfer", "consult"])
def test_an_operator_of_two_municipalities_connects_a_caller_of_one_with_a_person_of_the_other(
    board: Switchboard, do: str
) -> None:
    board.on_duty("o5")
    call = board.connected("gnosjo", "o5")
    view = board.do("o5", do, call=call, to="p1")["call"]
    assert dialled(board, call)[-1].endpoint == "PJSIP/berit"
    assert (view["legs"][-1]["party"], view["legs"][-1]["name"]) == ("p1", "Falkenberg")


def test_who_doesnt_serve_her_municipality_sees_neither_her_name_nor_her_number_in_the_call(board: Switchboard) -> None:
    board.on_duty("o5")
    colleague = board.client("o3")
    call = board.connected("gnosjo", "o5")
    board.do("o5", "transfer", call=call, to="p1")
    board.message("ChannelDestroyed", dialled(board, call)[-1].channel, cause=19)
    seen = json.dumps([colleague.state, [[entry.data, entry.view] for entry in board.entries]], ensure_ascii=False)
    assert "Falkenberg" in seen
    assert not [word for word in ("Berit", "berit", BERIT.number) if word in seen]
    assert board.call(call).reason.person == "Falkenberg", "the call is back, and tells from where"


def test_an_operator_who_supervises_her_municipality_reaches_her_too(board: Switchboard) -> None:
    board.on_duty("o1")
    call = board.connected("tana", "o1")
    board.do("o1", "transfer", call=call, to="p1")
    assert dialled(board, call)[-1].endpoint == "PJSIP/berit"


def test_nobody_of_a_municipality_that_she_doesnt_serve_is_rung_or_named(board: Switchboard) -> None:
    board.on_duty("o3")
    call = board.connected("gnosjo", "o3")
    refusals = {str(board.refused("o3", "transfer", call=call, to=to)) for to in ("p1", "p2", "p999")}
    assert refusals == {whom.NOBODY}


def test_a_refusal_names_the_person_and_never_the_key(board: Switchboard) -> None:
    board.on_duty("o5")
    call = board.connected("gnosjo", "o5")
    for do in ("transfer", "consult"):
        assert str(board.refused("o5", do, call=call, to="p2")) == "Mute Person has no telephone that can be rung."
    board.do("o5", "hangup", call=call)
    refused = board.refused("o5", "dial", organisation="gnosjo", to="p2")
    assert str(refused) == "Mute Person has no telephone that can be rung."
    assert "“hello” is neither" in str(board.refused("o5", "dial", organisation="gnosjo", to="hello"))


def test_an_operator_rings_a_person_of_her_other_municipality(board: Switchboard) -> None:
    board.on_duty("o5")
    call = board.do("o5", "dial", organisation="gnosjo", to="p1")["call"]["id"]
    board.picks_up(call, "o5")
    assert dialled(board, call)[-1].endpoint == "PJSIP/berit"


@pytest.mark.clause("AAB-29")
def test_what_her_unit_prefers_counts_for_callers_of_another_municipality_as_well(tmp_path: Path) -> None:
    other = replace(BERIT, id="p3", name="Cilla", number="46346886003", phones=("cilla",))
    with Switchboard(tmp_path, world(BERIT, other, transfer_to="p3")) as board:
        board.on_duty("o5")
        call = board.connected("gnosjo", "o5")
        board.do("o5", "transfer", call=call, to="p1")
        assert dialled(board, call)[-1].endpoint == "PJSIP/cilla"
        assert "Cilla" not in json.dumps([entry.view for entry in board.entries])


# ── mobiles ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

MOBILE = "46701740688"
ONLY_MOBILE = replace(BERIT, phones=(), mobile=MOBILE)


def refused_for(person: Person, folder: Path, trunk: str = "trunk", **frame: object) -> str:
    with Switchboard(folder, world(person, trunk=trunk)) as board:
        board.on_duty("o4")
        call = board.connected("falkenberg", "o4")
        return str(board.refused("o4", "transfer", call=call, to="p1", **frame))


@pytest.mark.clause("GNO-15")
@pytest.mark.parametrize("do", ["transfer", "consult"])
@pytest.mark.parametrize(
    ("person", "frame", "rung"),
    [
        (ONLY_MOBILE, {}, f"PJSIP/{MOBILE}@trunk-trunk"),
        (replace(BERIT, mobile=MOBILE), {"mobile": True}, f"PJSIP/{MOBILE}@trunk-trunk"),
        (replace(BERIT, mobile=MOBILE), {}, "PJSIP/berit"),
    ],
    ids=["she has no desk phone", "the operator chooses the mobile", "the desk phone first"],
)
def test_an_operator_reaches_a_mobile_whose_user_has_agreed_and_nobody_learns_its_number(
    tmp_path: Path, do: str, person: Person, frame: dict[str, bool], rung: str
) -> None:
    with Switchboard(tmp_path, world(person, trunk="trunk")) as board:
        board.on_duty("o4")
        console = board.client("o4")
        call = board.connected("falkenberg", "o4")
        view = board.do("o4", do, call=call, to="p1", **frame)["call"]
        dial = dialled(board, call)[-1]
        assert dial.endpoint == rung
        assert (view["legs"][-1]["name"], view["legs"][-1]["number"]) == (BERIT.name, BERIT.number)
        board.message("ChannelDestroyed", dial.channel, cause=19)
        seen = json.dumps([console.state, [[entry.data, entry.view] for entry in board.entries]])
        assert MOBILE not in seen
        assert BERIT.number in seen
        if MOBILE in rung:
            assert (dial.number, dial.name) == (switchboard.MAIN["falkenberg"], ""), "the mobile shows the main number"


@pytest.mark.clause("GNO-15")
def test_an_operator_rings_a_mobile_herself(tmp_path: Path) -> None:
    with Switchboard(tmp_path, world(replace(BERIT, mobile=MOBILE), trunk="trunk")) as board:
        board.on_duty("o4")
        view = board.do("o4", "dial", organisation="falkenberg", to="p1", mobile=True)["call"]
        board.picks_up(view["id"], "o4")
        dial = dialled(board, view["id"])[-1]
        assert (dial.endpoint, dial.number) == (f"PJSIP/{MOBILE}@trunk-trunk", switchboard.MAIN["falkenberg"])
        assert MOBILE not in json.dumps([view, [[entry.data, entry.view] for entry in board.entries]])


@pytest.mark.clause("GNO-15")
def test_a_refusal_says_why_a_mobile_is_not_rung(tmp_path: Path) -> None:
    withheld = replace(BERIT, phones=(), mobile_withheld=True)
    assert "Berit Ström hasn't agreed" in refused_for(withheld, tmp_path / "1")
    assert "Berit Ström hasn't agreed" in refused_for(replace(BERIT, mobile_withheld=True), tmp_path / "2", mobile=True)
    assert "no mobile number" in refused_for(BERIT, tmp_path / "3", mobile=True)
    assert "no trunk" in refused_for(ONLY_MOBILE, tmp_path / "4", trunk="")
