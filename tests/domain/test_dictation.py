# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An employee records what callers will hear: dictated, heard, kept or not."""

from __future__ import annotations

from tests.domain import builders as b
from tests.domain.test_calls import Story
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import State
from vaxel.domain.plan import HangUp


def dictated() -> Story:
    """She has spoken for four seconds and pressed #."""
    story = Story(b.DICTATION).hears_it_out()
    assert story.is_in(State.RECORDING)
    story.engine.heard(f"{b.CALL}-r{story.call.recording}")
    return story.then(e.RecordingFinished, n=story.call.recording or 0, duration=4.0)


def test_what_was_said_is_heard_and_kept() -> None:
    story = dictated()
    assert story.is_in(State.CHOOSING)
    assert story.commands(c.Play) == [
        c.Play(leg=0, channel=b.CALL, playback=f"{b.CALL}-p3", items=("record-heard", "recorded", "option:keep:1"))
    ]
    assert story.call.recorded == 2
    story.then(e.DigitPressed, leg=0, digit="1")
    assert story.is_in(State.ANNOUNCING)
    story.then(e.Kept, ok=True)
    assert story.is_in(State.ENDED)
    assert story.facts == ["arrived", "dictated", "chose", "kept", "ended"]
    assert story.call.facts[-2].cause == "/greeting-p1"


def test_what_could_not_be_kept_is_told() -> None:
    story = dictated().then(e.DigitPressed, leg=0, digit="1").then(e.Kept, ok=False)
    assert story.facts[-2:] == ["not_kept", "ended"]
    assert story.call.step == HangUp(told=True)


def test_no_answer_counts_as_not_kept() -> None:
    story = dictated().then(e.DigitPressed, leg=0, digit="1").then(e.TimerFired, name="keep")
    assert story.facts[-2:] == ["not_kept", "ended"]


def test_a_restarted_controller_keeps_it_still() -> None:
    story = dictated().then(e.DigitPressed, leg=0, digit="1").then(e.Adopted, away=2.0)
    assert story.is_in(State.ANNOUNCING)
    assert story.then(e.Kept, ok=True).facts[-2:] == ["kept", "ended"]


def test_whoever_hangs_up_while_speaking_keeps_nothing() -> None:
    story = Story(b.DICTATION).hears_it_out()
    recording = story.call.recording or 0
    story.caller_hangs_up().then(e.RecordingFinished, n=recording, duration=2.0)
    assert story.call.finished
    assert "kept" not in story.facts
    assert "recorded" not in story.facts, "it is nobody's message"


def test_a_recording_that_fails_is_told() -> None:
    story = Story(b.DICTATION).hears_it_out()
    story.engine.heard(f"{b.CALL}-r{story.call.recording}")
    story.then(e.RecordingFailed, n=story.call.recording or 0, why="disk full")
    assert story.hears() == ("try-later",)
    assert story.hears_it_out().is_in(State.ENDED)
