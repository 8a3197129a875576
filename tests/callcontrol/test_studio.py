# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording on one's own telephone: which code leads where, what is kept and by whom, and that it survives the controller."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.callcontrol.test_feature_codes import PEOPLE, WORLD, Desk
from vaxel.domain import events as e
from vaxel.domain.call import Call, State
from vaxel.domain.plan import Cause, Keep
from vaxel.telephony.translate import ChannelNews

CHANNEL = "n1-1.1"


class Booth(Desk):
    """What the studio asked for: look-ups, things to keep, calls whose recordings are to be erased."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sought: list[tuple[str, int, Callable[[tuple[str, str] | None], None]]] = []
        self.kept: list[tuple[str, str, str, Callable[[bool], None]]] = []
        self.erased: list[str] = []
        studio = self.controller.studio
        studio.look_up = lambda *asked: self.sought.append(asked)
        studio.keep = lambda *asked: self.kept.append(asked)
        studio.erase = self.erased.append

    @property
    def call(self) -> Call:
        return self.controller.calls[CHANNEL]

    def heard_out(self) -> None:
        media = self.call.subject.media
        assert media is not None
        self.controller.apply(CHANNEL, e.MediaEnded(at=self.call.since + 1, n=media.n))

    def speaks(self) -> None:
        """Until she presses #."""
        while self.call.state is not State.RECORDING:
            self.heard_out()
        recording = self.call.recording
        assert recording is not None
        self.controller.apply(CHANNEL, e.RecordingFinished(at=self.call.since + 4, n=recording, duration=4.0))

    def presses(self, digit: str) -> None:
        self.controller.apply(CHANNEL, e.DigitPressed(at=self.call.since + 1, leg=0, digit=digit))

    def hangs_up(self) -> None:
        event = e.LegEnded(at=1.0, leg=-1, cause=Cause.HANGUP)
        self.controller.news(ChannelNews(channel=CHANNEL, event=event))


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Booth]:
    loop = asyncio.new_event_loop()
    asyncio.events._set_running_loop(loop)
    yield Booth(tmp_path)
    asyncio.events._set_running_loop(None)
    loop.close()


@pytest.mark.parametrize(("code", "what", "now"), [("*72#", "greeting", "greeting:p1"), ("*73", "name", "name:p1")])
def test_ones_own_greeting_and_name(booth: Booth, code: str, what: str, now: str) -> None:
    booth.dials("phone1", code)
    assert booth.hears() == ("record-now", now)
    booth.heard_out()
    assert booth.hears() == (f"record-{what}",)
    booth.speaks()
    assert booth.hears() == ("record-heard", "recorded", "option:keep:1", "option:again:2", "option:drop:3")
    booth.presses("1")
    ((who, kept, name, done),) = booth.kept
    assert (who, kept, name) == ("p1", f"/{what}-p1", f"{CHANNEL}-r{booth.call.recorded}")
    done(True)
    assert booth.hears() == ("record-kept",)
    booth.heard_out()
    booth.hangs_up()
    assert booth.erased == [CHANNEL]


def test_it_can_be_said_again_but_not_for_ever(booth: Booth) -> None:
    booth.dials("phone1", "*72#")
    names = set()
    for _ in range(3):
        booth.speaks()
        names.add(booth.call.recorded)
        booth.presses("2")
    booth.speaks()
    assert "option:again:2" not in booth.hears()
    assert len(names) == 3
    booth.presses("3")
    assert booth.hears() == ("record-dropped",)
    assert booth.kept == []


def test_what_could_not_be_kept_is_said(booth: Booth) -> None:
    booth.dials("phone1", "*72#")
    booth.speaks()
    booth.presses("1")
    booth.kept[0][3](False)
    assert booth.hears() == ("try-later",)


def test_an_announcement_is_looked_up_first(booth: Booth) -> None:
    booth.dials("phone1", "*71*1001#")
    ((who, number, done),) = booth.sought
    assert (who, number) == ("p1", 1001)
    assert not booth.controller.calls
    done(("se", "welcome"))
    assert booth.hears() == ("record-now", "welcome")
    booth.speaks()
    booth.presses("1")
    assert booth.kept[0][1] == "se/welcome"


def test_who_may_not_is_told_so(booth: Booth) -> None:
    booth.dials("phone1", "*71*2#")
    booth.sought[0][2](None)
    assert booth.hears() == ("not-possible",)


def test_who_hangs_up_while_it_is_looked_up_has_no_call(booth: Booth) -> None:
    booth.dials("phone1", "*71*2#")
    booth.hangs_up()
    booth.sought[0][2](("sv", "closed"))
    assert not booth.controller.calls


def test_the_name_of_a_protected_identity_is_not_recorded(booth: Booth) -> None:
    people = {**PEOPLE, "p1": replace(PEOPLE["p1"], protected=True)}
    booth.controller.load(replace(booth.controller.snapshot, world=replace(WORLD, people=people)))
    booth.dials("phone1", "*73#")
    assert booth.hears() == ("not-possible",)


def test_a_restarted_controller_keeps_what_was_to_be_kept(booth: Booth, tmp_path: Path) -> None:
    booth.dials("phone1", "*72#")
    booth.speaks()
    booth.presses("1")
    call = booth.call
    assert isinstance(call.step, Keep)
    after = Booth(tmp_path / "after")
    after.controller.adopt(call)
    assert after.kept[0][:2] == ("p1", "/greeting-p1")
    after.kept[0][3](True)
    assert after.hears() == ("record-kept",)


def test_a_hang_up_keeps_nothing_and_leaves_nothing(booth: Booth) -> None:
    booth.dials("phone1", "*72#")
    booth.speaks()
    booth.hangs_up()
    assert booth.kept == []
    assert booth.erased == [CHANNEL]
