# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""All ways through a plan: whether each telephone is answered or not, and whatever the caller chooses."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from vaxel.domain.plan import Announce, HangUp, Menu, Queue, Ring, Step, Voicemail


class Ending(StrEnum):
    """Where a caller ends. ``TOLD``: has heard when to ring again. ``DEAD``: none of these, which must not be."""

    PERSON = "person"
    OPERATOR = "operator"
    MAILBOX = "mailbox"
    MESSAGE = "message"
    TOLD = "told"
    DEAD = "dead"


class Way(Struct, frozen=True, kw_only=True):
    """``hops`` are what happened: ``announced``, ``answered``, ``unanswered``, ``no_telephone``, ``chose:CODE``,
    ``waited``, ``recorded``, ``ended``.

    ``ringing`` is the longest that the caller has heard nothing but ringing, in seconds; ``last`` the step where it ends.
    """

    hops: tuple[str, ...]
    ending: Ending
    ringing: float
    last: Step


def ways(step: Step, hops: tuple[str, ...] = (), ringing: float = 0.0) -> Iterator[Way]:
    """A telephone that is busy, switched off or declined takes less time than one that rings out: that is the one walked."""
    match step:
        case Announce():
            yield from ways(step.then, (*hops, "announced"), ringing)
        case Menu():
            for option in step.options:
                yield from ways(option.then, (*hops, f"chose:{option.code}"), ringing)
            yield from ways(step.otherwise, (*hops, "chose:nothing"), ringing)
        case Ring():
            yield from _ringing(step, hops, ringing)
        case Queue():
            # An operator answers; or nobody does in time, and a message is taken: the call's own rule, not the plan's.
            yield Way(hops=(*hops, "waited"), ending=Ending.OPERATOR, ringing=ringing, last=step)
        case Voicemail():
            ending = Ending.MAILBOX if step.person else Ending.MESSAGE
            yield Way(hops=(*hops, "recorded"), ending=ending, ringing=ringing, last=step)
        case HangUp():
            ending = Ending.TOLD if step.told else Ending.DEAD
            yield Way(hops=(*hops, "ended"), ending=ending, ringing=ringing, last=step)


def _ringing(step: Ring, hops: tuple[str, ...], ringing: float) -> Iterator[Way]:
    rounds = [targets for targets in (step.targets, *step.more) if any(target.endpoint for target in targets)]
    if rounds:
        yield Way(hops=(*hops, "answered"), ending=Ending.PERSON, ringing=ringing + step.longest, last=step)
    hop = "unanswered" if rounds else "no_telephone"
    yield from ways(step.then, (*hops, hop), ringing + step.seconds * len(rounds))
