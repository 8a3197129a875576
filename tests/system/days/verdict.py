# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scene should have come to, and what is different about what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.system.days.municipalities import Json
from tests.system.days.scenes import Outcome
from tests.system.days.stage import Town
from tests.system.days.transcript import Heard, Lexicon
from tests.system.scene import facts

EARLY_BY = 3.0
"""Seconds: a telephone hears of a call a little after its time begins to run, on a busy machine even half a ring after."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """Nothing is looked at that is left out.

    ``said``: all that the caller heard, by the names of recordings, in turn; ``begins``: its beginning. ``name:PART`` is somebody's name.
    ``waits``: for an operator. ``reason``: code and clause with which the operator got the call; ``until``: of the person sought.
    ``rang``: seconds; not as much as a ``ring`` longer. ``message_for``: the part whose mailbox has the message. ``answered_by``: parts.
    ``mobile``: it was rung and the caller not told. ``offered``: who was offered to the operator first. ``clause``: of the first step.
    """

    said: str | None = None
    begins: str | None = None
    waits: bool | None = None
    reason: tuple[str, str] | None = None
    until: datetime | None = None
    rang: float | None = None
    ring: float = 6.0
    message_for: str | None = None
    answered_by: tuple[str, ...] | None = None
    mobile: str | None = None
    offered: str | None = None
    clause: str | None = None


def differences(town: Town, expected: Expected, outcome: Outcome, lexicon: Lexicon, heard: list[Heard]) -> list[str]:
    """What was expected and what was recognised, a line each; none when all is as it should be. ``heard``: the lexicon's, of the sound."""
    return [
        *_of_what_was_said(town, expected, outcome, lexicon, heard),
        *_of_the_operator(expected, outcome),
        *_of_people(town, expected, outcome),
        *_of_ringing(expected, outcome),
    ]


def _of_what_was_said(
    town: Town, expected: Expected, outcome: Outcome, lexicon: Lexicon, heard: list[Heard]
) -> Iterator[str]:
    wanted = expected.said if expected.said is not None else expected.begins
    if wanted is None:
        return
    names = lexicon.names(_fragment(town, word) for word in wanted.split())
    recognised = [place.name for place in heard]
    if recognised[: len(names) if expected.said is None else None] != names:
        told = " ".join(f"{place.name}({place.likeness:.2f})" for place in heard) or "nothing that is known"
        yield f"said: expected {' '.join(names)}, recognised {told} in {outcome.sound}"


def _fragment(town: Town, word: str) -> str:
    kind, _, part = word.partition(":")
    return f"name-{town.person(part)['id']}" if kind == "name" else word


def _of_the_operator(expected: Expected, outcome: Outcome) -> Iterator[str]:
    reason: Json = outcome.seen.get("reason", {})
    if expected.waits is not None and outcome.seen["waits"] is not expected.waits:
        yield f"the caller {'waits' if outcome.seen['waits'] else 'does not wait'} for an operator"
    if expected.reason is not None and (reason.get("code"), reason.get("clause")) != expected.reason:
        yield f"reason: expected {expected.reason}, the operator was told {reason}"
    if expected.until is not None and reason.get("until") != expected.until.timestamp():
        yield f"until: expected {expected.until.timestamp()}, the operator was told {reason}"
    if expected.offered is not None and outcome.seen["offered"] != [expected.offered]:
        yield f"offered first: expected {expected.offered}, it was {outcome.seen['offered']}"
    if (
        expected.clause is not None
        and (clause := outcome.record["journal"][0]["data"]["plan"]["clause"]) != expected.clause
    ):
        yield f"clause: expected {expected.clause}, the plan has {clause!r}"


def _of_people(town: Town, expected: Expected, outcome: Outcome) -> Iterator[str]:
    if expected.message_for is not None:
        mailboxes = [voicemail["person"] for voicemail in outcome.record["voicemails"]]
        if mailboxes != [town.person(expected.message_for)["id"]]:
            yield f"messages: expected one for {expected.message_for}, there are {outcome.record['voicemails']}"
    if expected.answered_by is not None:
        answered = outcome.seen.get("answered_by") or [fact["who"] for fact in facts(outcome.record, "answered")]
        if answered != [town.person(part)["name"] for part in expected.answered_by]:
            yield f"answered by: expected {expected.answered_by}, it was {answered}"
    if expected.mobile is not None and outcome.seen["mobile"] != expected.mobile:
        yield f"mobile: expected a call to {expected.mobile}, there was none"
    if expected.mobile is not None and outcome.seen["told"]:
        yield "the caller's telephone was told the mobile number"


def _of_ringing(expected: Expected, outcome: Outcome) -> Iterator[str]:
    if expected.rang is None:
        return
    rang = outcome.seen["rang"]
    if len(rang) != 1 or not expected.rang - EARLY_BY < rang[0] < expected.rang + expected.ring:
        yield f"rang: expected {expected.rang} s once, and no ring more; it rang {rang}"
