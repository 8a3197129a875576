# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Digits keyed in a call: taken until there are enough, then the controller says how the call goes on."""

from __future__ import annotations

from tests.domain import builders as b
from tests.domain.test_calls import Story
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import State
from vaxel.domain.plan import Announce, Enter, HangUp

SAVED = Announce(prompts=("absence-set",), then=HangUp(told=True))


def keyed(digits: str) -> Story:
    story = Story(b.ENTRY)
    for digit in digits:
        story.then(e.DigitPressed, leg=0, digit=digit)
    return story


def heard(story: Story) -> tuple[str, ...]:
    media = story.call.subject.media
    return media.items if media else ()


def test_the_last_of_the_digits_ends_the_entry_and_the_controller_goes_on() -> None:
    story = keyed("1330")
    assert story.is_in(State.ANNOUNCING)
    assert story.call.keyed == "1330"
    story.then(e.Replied, step=SAVED)
    assert heard(story) == ("absence-set",)
    story.hears_it_out()
    assert story.is_in(State.ENDED)
    assert story.facts == ["arrived", "keyed", "announced", "ended"]


def test_hash_ends_it_earlier_also_without_a_digit() -> None:
    assert keyed("12#").call.keyed == "12"
    nothing = keyed("#")
    assert (nothing.is_in(State.ANNOUNCING), nothing.call.keyed) == (True, "")


def test_star_begins_anew() -> None:
    assert keyed("99*1330").call.keyed == "1330"


def test_the_prompt_falls_silent_at_the_first_digit() -> None:
    story = keyed("1")
    assert story.commands(c.StopPlayback)
    assert story.call.subject.media is None


def test_who_stops_keying_has_keyed_all() -> None:
    story = keyed("13").then(e.TimerFired, name="choice")
    assert (story.is_in(State.ANNOUNCING), story.call.keyed) == (True, "13")


def test_who_keys_nothing_hears_it_again_and_is_then_let_go() -> None:
    story = Story(b.ENTRY).hears_it_out().then(e.TimerFired, name="choice")
    assert story.is_in(State.CHOOSING)
    story.hears_it_out().then(e.TimerFired, name="choice")
    assert story.is_in(State.ENDED)
    assert story.facts == ["arrived", "chose", "ended"]


def test_without_an_answer_of_the_controller_the_call_goes_on() -> None:
    assert keyed("1330").then(e.TimerFired, name="keep").is_in(State.ENDED)


def test_where_nothing_is_to_be_keyed_the_controller_is_asked_at_once() -> None:
    story = Story(Enter(what="save", otherwise=HangUp()))
    assert story.is_in(State.ANNOUNCING)
    story.then(e.Replied, step=SAVED)
    assert heard(story) == ("absence-set",)


def test_an_answer_that_comes_too_late_changes_nothing() -> None:
    story = keyed("1330").then(e.Replied, step=SAVED).then(e.Replied, step=b.MENU)
    assert story.call.step == SAVED
