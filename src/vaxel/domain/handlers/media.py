# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Announcements and recordings."""

from __future__ import annotations

from msgspec.structs import replace

from vaxel.domain import events as e
from vaxel.domain.call import MediaKind, State
from vaxel.domain.draft import OVERDUE, RECORD_LATER, Draft, without_message
from vaxel.domain.plan import (
    Announce,
    Cause,
    Dictate,
    Enter,
    Keep,
    Menu,
    Party,
    PartyKind,
    Voicemail,
)
from vaxel.domain.working_day import NOTICE


def _heard(d: Draft, event: e.MediaEnded) -> bool:
    media = d.subject.media
    return media is not None and media.kind is MediaKind.PROMPTS and media.n == event.n


def announced(d: Draft, event: e.MediaEnded) -> None:
    if _heard(d, event):
        d.call.heard = event.n
        d.fact("announced")
        if isinstance(d.call.step, Announce) and NOTICE in d.call.step.prompts:
            d.call.notified = True
        walk_on(d)


def tell(d: Draft, event: e.Tell) -> None:
    """Instead of music, once. Who is being connected hears enough."""
    if not d.call.accepted_by:
        d.change(d.subject, answer=True)
        d.hear(d.subject, MediaKind.PROMPTS, event.prompts)
        d.fact("told", cause=" ".join(event.prompts))


def told(d: Draft, event: e.MediaEnded) -> None:
    if _heard(d, event):
        d.call.heard = event.n
        d.subject_waits()


def walk_on(d: Draft) -> None:
    step = d.call.step
    assert isinstance(step, Announce)
    d.enter(step.then)


def asked(d: Draft, event: e.MediaEnded) -> None:
    """The menu has been heard: now the caller has some seconds to choose, or to key."""
    step = d.call.step
    if _heard(d, event) and isinstance(step, Menu | Enter):
        d.call.heard = event.n
        d.change(d.subject, media=None)
        d.timer("choice", step.seconds)


def chosen(d: Draft, event: e.DigitPressed) -> None:
    """A digit, which may come while the menu is still played. One that means nothing plays it again."""
    step = d.call.step
    if event.leg != d.subject.n:
        return
    if isinstance(step, Enter):
        _keyed(d, step, event.digit)
        return
    if not isinstance(step, Menu):
        return
    option = step.chosen(event.digit)
    if option is None:
        ask_again(d, step)
    else:
        d.fact("chose", cause=option.code)
        d.enter(option.then)


def _keyed(d: Draft, step: Enter, digit: str) -> None:
    if digit == "#":
        _entered(d)
        return
    d.call.keyed = "" if digit == "*" else d.call.keyed + digit
    if len(d.call.keyed) == step.longest:
        _entered(d)
    else:
        d.change(d.subject, media=None)
        d.timer("choice", step.seconds)


def _entered(d: Draft) -> None:
    d.fact("keyed")
    d.await_controller()


def nothing_more_keyed(d: Draft, step: Enter) -> None:
    """She has stopped keying: that is all, or nothing."""
    if d.call.keyed:
        _entered(d)
    else:
        ask_again(d, step)


def ask_again(d: Draft, step: Menu | Enter) -> None:
    """Once more, unless it has been played often enough: then what is for those who don't choose."""
    if d.call.round < step.times:
        d.ask(step)
    else:
        d.fact("chose", cause="nothing")
        d.enter(step.otherwise)


def greeted(d: Draft, event: e.MediaEnded) -> None:
    if not _heard(d, event):
        return
    d.call.heard = event.n
    step = d.call.step
    assert isinstance(step, Voicemail | Dictate)
    d.to(State.RECORDING)
    d.call.recording = d.hear(d.subject, MediaKind.RECORDING, seconds=step.seconds).n
    if isinstance(step, Voicemail):
        d.fact("recording")


def recorded(d: Draft, event: e.RecordingFinished) -> None:
    recorded_late(d, event)
    if d.call.recording is not None:
        return
    if isinstance(d.call.step, Dictate):
        d.enter(d.call.step.then)
    else:
        d.end(Cause.HANGUP, None)


def recorded_late(d: Draft, event: e.RecordingFinished) -> None:
    if event.n == d.call.recording:
        _keep_recording(d, event.duration)


def _keep_recording(d: Draft, seconds: float) -> None:
    d.call.recorded, d.call.recording = d.call.recording or 0, None
    d.fact("dictated" if isinstance(d.call.step, Dictate) else "recorded", _mailbox(d), max(seconds, 0.0))


def _mailbox(d: Draft) -> Party | None:
    step = d.call.step
    return Party(kind=PartyKind.PERSON, id=step.person, name=step.name) if isinstance(step, Voicemail) else None


def recording_failed(d: Draft, event: e.RecordingFailed) -> None:
    """Nobody can leave a message now: that is said, and better an operator than silence."""
    if event.n == d.call.recording:
        d.call.recording = None
        d.fact("recording_failed", cause=event.why)
        step = d.call.step
        d.enter(without_message(replace(step, prompts=())) if isinstance(step, Voicemail) else RECORD_LATER)


def recording_failed_late(d: Draft, event: e.RecordingFailed) -> None:
    if event.n == d.call.recording:
        d.call.recording = None
        d.fact("recording_failed", cause=event.why)


def recording_overdue(d: Draft, event: e.TimerFired) -> None:
    """The engine never told that the recording ended; the file has what it has."""
    if event.name == "recording" and d.call.recording is not None and d.call.ended is not None:
        _keep_recording(d, d.at - OVERDUE - d.call.since)
        d.call.timers = ()


def kept(d: Draft, event: e.Kept) -> None:
    """What was dictated is a recording now, or it could not be kept: the telephone is told."""
    step = d.call.step
    if isinstance(step, Keep):
        d.fact("kept" if event.ok else "not_kept", cause=step.what)
        d.enter(step.then if event.ok else step.otherwise)


def replied(d: Draft, event: e.Replied) -> None:
    """What was keyed has been looked at, or carried out."""
    if isinstance(d.call.step, Enter):
        d.enter(event.step)


def not_kept(d: Draft, event: e.TimerFired) -> None:
    """The controller has not answered."""
    step = d.call.step
    if event.name == "keep" and isinstance(step, Enter):
        d.enter(step.otherwise)
    elif event.name == "keep":
        kept(d, e.Kept(at=d.at, ok=False))
