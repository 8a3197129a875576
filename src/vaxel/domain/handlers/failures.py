# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine refuses, the controller fails or comes back."""

from __future__ import annotations

from vaxel.domain import events as e
from vaxel.domain.call import MediaKind, State
from vaxel.domain.draft import Draft
from vaxel.domain.handlers.media import walk_on
from vaxel.domain.handlers.phones import forget_hold
from vaxel.domain.plan import Announce


def failure_noted(d: Draft, event: e.CommandFailed) -> None:
    d.fact("engine_refused", cause=f"{event.command} {event.status}")


def give_to_engine(d: Draft, event: e.CommandFailed) -> None:
    failure_noted(d, event)
    _to_fallback(d)


def abandoned(d: Draft, event: e.Abandoned) -> None:
    """A caller who waits is given to the engine's own dialplan."""
    abandoned_while_they_talk(d, event)
    _to_fallback(d)


def abandoned_while_they_talk(d: Draft, event: e.Abandoned) -> None:
    """People who talk are left alone."""
    d.fact("abandoned", cause=event.why)


def _to_fallback(d: Draft) -> None:
    d.call.to_fallback = d.call.direction != "out"
    d.end("fallback")


def adopted(d: Draft, event: e.Adopted) -> None:
    d.fact("adopted", seconds=event.away)
    if d.call.state is State.CONNECTED:
        # That she resumed it at her telephone may have been missed.
        forget_hold(d)
    media = d.subject.media
    if media is not None and media.kind is MediaKind.TONE:
        d.hear(d.subject, media.kind, media.items)
    if media is not None and media.kind is MediaKind.PROMPTS and d.call.state is State.WAITING:
        # The end of what was told meanwhile may have been missed: silence would follow it.
        d.subject_waits()


def adopted_announcing(d: Draft, event: e.Adopted) -> None:
    """The end of the announcement may have been missed; the caller has heard enough of it."""
    adopted(d, event)
    if isinstance(d.call.step, Announce):
        walk_on(d)


def adopted_greeting(d: Draft, event: e.Adopted) -> None:
    """The end of the greeting (or menu) may have been missed: it is played again, rather than record without a tone."""
    adopted(d, event)
    d.enter(d.call.step)
