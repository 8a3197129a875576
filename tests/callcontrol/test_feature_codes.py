# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes dialled on telephones of the house: who may, what is said, whose call is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vaxel.absence import by_phone
from vaxel.callcontrol.controller import Controller
from vaxel.callcontrol.spool import Spool
from vaxel.directory.snapshot import Snapshot
from vaxel.domain import events as e
from vaxel.domain.call import State
from vaxel.domain.plan import Cause
from vaxel.domain.world import Group, Number, NumberKind, Organisation, Person, PhoneOwner, World
from vaxel.telephony.engine.model import EngineModel
from vaxel.telephony.translate import ChannelNews, NewCall

HOME = Organisation(
    id="gnosjo",
    name="Gnosjö",
    language="sv",
    country="SE",
    time_zone="Europe/Stockholm",
    main_number="46370000000",
    welcome_phrase="Välkommen",
)


def person(n: int) -> Person:
    return Person(
        id=f"p{n}", organisation="gnosjo", name=f"Person {n}", unit="", number=f"4637000000{n}", phones=(f"phone{n}",)
    )


PEOPLE = {f"p{n}": person(n) for n in (1, 2, 3)}
WORLD = World(
    organisations={"gnosjo": HOME},
    numbers={
        p.number: Number(number=p.number, organisation="gnosjo", kind=NumberKind.DIRECT, owner=p.id)
        for p in PEOPLE.values()
    },
    people=PEOPLE,
    groups={"g1": Group(id="g1", organisation="gnosjo", name="Bygg", number="", members=("p1", "p2"))},
    operators={},
    phones={
        **{f"phone{n}": PhoneOwner(organisation="gnosjo", person=f"p{n}") for n in (1, 2, 3)},
        "visitor": PhoneOwner(),
        "desk": PhoneOwner(organisation="gnosjo", operator="o1"),
    },
)


class Desk:
    """A controller, and what it asked to be carried out."""

    def __init__(self, folder: Path) -> None:
        snapshot = Snapshot(world=WORLD, engine=EngineModel(phones=(), trunks=(), numbers=()), tokens={})
        spool = Spool(folder)
        self.controller = Controller("n1", snapshot, spool, lambda entry: None)
        spool.begin([], [])
        self.asked: list[tuple[str, str, Callable[[tuple[str, ...]], None]]] = []
        self.controller.feature_codes.carry_out = lambda *asked: self.asked.append(asked)

    def dials(self, phone: str, dialled: str, channel: str = "n1-1.1", source: str = "phone") -> None:
        self.controller.begin(
            NewCall(channel=channel, source=source, name=phone, dialled=dialled, number="", caller_name="")
        )

    def hears(self, channel: str = "n1-1.1") -> tuple[str, ...]:
        media = self.controller.calls[channel].subject.media
        return media.items if media else ()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Timers are armed on an event loop, which never comes to run them."""
    loop = asyncio.new_event_loop()
    asyncio.events._set_running_loop(loop)
    yield Desk(tmp_path)
    asyncio.events._set_running_loop(None)
    loop.close()


def test_the_call_begins_when_there_is_an_answer_and_ends_when_it_is_heard(desk: Desk) -> None:
    desk.dials("phone1", "*23*2*1300#")
    desk.dials("phone1", "*23*2*1300#")
    ((who, dialled, done),) = desk.asked
    assert (who, dialled) == ("p1", "*23*2*1300#")
    assert not desk.controller.calls
    done(("absence-set",))
    call = desk.controller.calls["n1-1.1"]
    assert (call.organisation, call.reason.code, call.internal) == ("gnosjo", "feature_code", True)
    assert desk.hears() == ("absence-set",)
    desk.controller.apply("n1-1.1", e.MediaEnded(at=call.since + 3, n=1))
    assert desk.controller.calls["n1-1.1"].state is State.ENDED


def test_who_hangs_up_before_the_answer_has_no_call(desk: Desk) -> None:
    desk.dials("phone1", "#23#")
    gone = e.LegEnded(at=1.0, leg=-1, cause=Cause.HANGUP)
    desk.controller.news(ChannelNews(channel="n1-1.1", event=gone))
    desk.asked[0][2](("absence-ended",))
    assert not desk.controller.calls


def test_who_hangs_up_while_hearing_it_is_no_lost_caller(desk: Desk) -> None:
    desk.dials("phone1", "#23#")
    desk.asked[0][2](("absence-ended",))
    call = desk.controller.calls["n1-1.1"]
    ended = desk.controller.apply("n1-1.1", e.LegEnded(at=call.since + 1, leg=0, cause=Cause.HANGUP))
    assert ended.facts[-1].code == "ended"


def test_only_telephones_of_people_of_the_house_have_codes(desk: Desk) -> None:
    assert not desk.controller.feature_codes.takes(
        NewCall(channel="c", source="phone", name="visitor", dialled="#23#", number="", caller_name="")
    )
    assert not desk.controller.feature_codes.takes(
        NewCall(channel="c", source="trunk", name="phone1", dialled="#23#", number="", caller_name="")
    )
    desk.dials("desk", "#23#")
    assert desk.asked == []
    assert desk.hears() == by_phone.NOT_POSSIBLE


@pytest.mark.clause("AAB-24")
def test_a_colleague_of_the_group_takes_the_ringing_call(desk: Desk) -> None:
    desk.dials("carrier", "46370000001", channel="n1-5.1", source="trunk")
    assert desk.controller.calls["n1-5.1"].state is State.RINGING
    desk.dials("phone2", "*8", channel="n1-6.1")
    call = desk.controller.calls["n1-5.1"]
    assert call.state is State.CONNECTED
    assert call.facts[-1].who is not None
    assert call.facts[-1].who.id == "p2"
    assert "n1-6.1" not in desk.controller.calls
    assert desk.controller.knows("n1-6.1")
    desk.controller.news(ChannelNews(channel="n1-6.1", event=e.LegEnded(at=call.since + 5, leg=-1, cause=Cause.HANGUP)))
    ended = desk.controller.calls["n1-5.1"]
    assert ended.state is State.ENDED


def test_one_who_is_not_of_the_group_takes_nothing(desk: Desk) -> None:
    desk.dials("carrier", "46370000001", channel="n1-5.1", source="trunk")
    desk.dials("phone3", "*8", channel="n1-6.1")
    assert desk.controller.calls["n1-5.1"].state is State.RINGING
    assert desk.hears("n1-6.1") == ("nothing-to-pick-up",)
