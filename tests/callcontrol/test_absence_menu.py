# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The spoken menu of one's own absence: what is asked, what is tried and what is carried out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.callcontrol.test_feature_codes import PEOPLE, WORLD, Desk
from vaxel.absence import by_phone, codes
from vaxel.domain import events as e
from vaxel.domain.call import Call, State
from vaxel.domain.plan import Cause

CHANNEL = "n1-1.1"
AWAY = ("you-are-away", "name:p1", "absent:meeting")
HEARD = (by_phone.CALLERS_WILL_HEAR, "name:p1", "absent:lunch", "back:1796047200")

pytestmark = pytest.mark.clause("GNO-3")


class Menu(Desk):
    """``tried`` is what was only looked at, ``asked`` what was carried out."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.tried: list[tuple[str, str, Callable[[tuple[str, ...]], None]]] = []
        self.controller.feature_codes.try_out = lambda *asked: self.tried.append(asked)

    @property
    def call(self) -> Call:
        return self.controller.calls[CHANNEL]

    def begins(self, *standing: str) -> None:
        self.dials("phone1", "*23#")
        self.carries_out("*#23", standing)

    def presses(self, *digits: str) -> None:
        for digit in digits:
            self.controller.apply(CHANNEL, e.DigitPressed(at=self.call.since + 1, leg=0, digit=digit))

    def tries(self, code: str, said: tuple[str, ...]) -> None:
        (who, asked, done) = self.tried.pop()
        assert (who, asked) == ("p1", code)
        done(said)

    def carries_out(self, code: str, said: tuple[str, ...]) -> None:
        (who, asked, done) = self.asked.pop()
        assert (who, asked) == ("p1", code)
        done(said)

    def heard_out(self) -> None:
        media = self.call.subject.media
        assert media is not None
        self.controller.apply(CHANNEL, e.MediaEnded(at=self.call.since + 1, n=media.n))


@pytest.fixture
def menu(tmp_path: Path) -> Iterator[Menu]:
    loop = asyncio.new_event_loop()
    asyncio.events._set_running_loop(loop)
    yield Menu(tmp_path)
    asyncio.events._set_running_loop(None)
    loop.close()


def test_she_says_why_and_until_when_hears_what_callers_will_and_saves_it(menu: Menu) -> None:
    menu.begins("you-are-here")
    assert menu.hears()[:3] == ("you-are-here", "absence-menu", "option:reason-lunch:1")
    assert "option:back:*" not in menu.hears()
    menu.presses("1")
    assert menu.hears() == ("enter-until",)
    menu.presses("1", "3", "0", "0", "#")
    menu.tries("*23*1*1300", HEARD)
    assert menu.hears()[:5] == (*HEARD, "option:keep:1")
    menu.presses("1")
    menu.carries_out("*23*1*1300", ("absence-set", *HEARD[1:]))
    assert menu.hears() == ("absence-set", *HEARD[1:])
    menu.heard_out()
    assert menu.call.state is State.ENDED


def test_hash_alone_is_until_further_notice(menu: Menu) -> None:
    menu.begins("you-are-here")
    menu.presses("7", "#")
    menu.tries("*23*7", HEARD)
    menu.presses("1")
    menu.carries_out("*23*7", ("absence-set",))


def test_gone_for_the_day_needs_no_time(menu: Menu) -> None:
    menu.begins("you-are-here")
    menu.presses("8")
    menu.tries("*23*8", HEARD)
    menu.presses("2")
    menu.carries_out("*23*8**0", ("absence-set",))


def test_who_is_away_hears_so_and_ends_it(menu: Menu) -> None:
    menu.begins(*AWAY)
    assert menu.hears()[:5] == (*AWAY, "option:back:*", "absence-menu")
    menu.presses("*")
    menu.carries_out("#23", ("absence-ended",))
    assert menu.hears() == ("absence-ended",)


@pytest.mark.parametrize(("digit", "short"), [("2", "0"), ("3", "1")], ids=["switchboard", "voicemail"])
def test_callers_are_sent_where_she_chooses(menu: Menu, digit: str, short: str) -> None:
    menu.begins("you-are-here")
    menu.presses(*"21300#")
    menu.tries("*23*2*1300", HEARD)
    menu.presses(digit)
    menu.carries_out(f"*23*2*1300*{short}", ("absence-set",))
    parsed = codes.parse(f"*23*2*1300*{short}")
    assert isinstance(parsed, codes.SetAbsence)
    assert parsed.refer_to == short


def test_the_mobile_is_offered_to_who_has_agreed_to_it(menu: Menu) -> None:
    menu.begins("you-are-here")
    menu.presses("1", "#")
    menu.tries("*23*1", HEARD)
    assert "option:to-mobile:4" not in menu.hears()
    anna = replace(PEOPLE["p1"], mobile="46701740605")
    world = replace(WORLD, people={**PEOPLE, "p1": anna})
    menu.controller.load(replace(menu.controller.snapshot, world=world))
    menu.presses("9")
    assert menu.call.state is State.CHOOSING, "a digit that means nothing plays it again"
    menu.presses("0")
    menu.controller.apply(CHANNEL, e.LegEnded(at=menu.call.since + 1, leg=0, cause=Cause.HANGUP))
    menu.begins("you-are-here")
    menu.presses("1", "#")
    menu.tries("*23*1", HEARD)
    assert "option:to-mobile:4" in menu.hears()
    menu.presses("4")
    menu.carries_out("*23*1**2", ("absence-set",))


def test_a_colleagues_number_is_keyed_and_keyed_again_when_it_is_wrong(menu: Menu) -> None:
    menu.begins("you-are-here")
    menu.presses(*"11300#")
    menu.tries("*23*1*1300", HEARD)
    menu.presses("5")
    assert menu.hears() == ("enter-number",)
    menu.presses(*"0003#")
    menu.carries_out("*23*1*1300*0003", ("refer-unknown",))
    assert menu.hears() == ("refer-unknown",)
    menu.heard_out()
    assert menu.hears() == ("enter-number",)
    menu.presses(*"0002#")
    menu.carries_out("*23*1*1300*0002", ("absence-set",))
    assert menu.hears() == ("absence-set",)


def test_a_time_that_is_none_is_asked_for_again(menu: Menu) -> None:
    menu.begins("you-are-here")
    menu.presses(*"19999#")
    menu.tries("*23*1*9999", by_phone.NOT_UNDERSTOOD)
    assert menu.hears() == by_phone.NOT_UNDERSTOOD
    menu.heard_out()
    assert menu.hears() == ("enter-until",)


def test_who_changes_her_mind_changes_nothing(menu: Menu) -> None:
    menu.begins("you-are-here")
    menu.presses(*"1#")
    menu.tries("*23*1", HEARD)
    menu.presses("0")
    assert menu.hears() == ("record-dropped",)
    assert not menu.asked


def test_without_a_database_there_is_no_menu_but_a_word(menu: Menu) -> None:
    menu.begins(*by_phone.TRY_LATER)
    assert menu.hears() == by_phone.TRY_LATER


def test_a_restarted_controller_asks_again_for_what_was_keyed(menu: Menu) -> None:
    menu.begins("you-are-here")
    menu.presses(*"11300#")
    menu.tried.clear()
    menu.controller.adopt(menu.call)
    menu.tries("*23*1*1300", HEARD)
    assert "option:keep:1" in menu.hears()
