# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every code that the domain can tell of a call has words: in the console (whose own tests read the list) and in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from vaxel.calls.timeline import SENTENCES
from vaxel.calls.words import CAUSES, STATES
from vaxel.console.assets_build import SOURCES
from vaxel.domain.absence import AbsenceReason
from vaxel.domain.call import FactCode, LegState, State
from vaxel.domain.phrases import TOLD_TO_CALLERS
from vaxel.domain.plan import Cause, ReasonCode
from vaxel.domain.rules import Choice

LIST = SOURCES / "test" / "codes.txt"


def codes() -> Iterator[str]:
    """Kind and code, a line each."""
    kinds: dict[str, Iterable[str]] = {
        "reason": ReasonCode,
        "path": sorted(get_args(FactCode)),
        "cause": Cause,
        "choice": [*Choice, "nothing"],
        "told": TOLD_TO_CALLERS,
        "state": State,
        "leg": LegState,
        "absence": AbsenceReason,
    }
    for kind, known in kinds.items():
        yield from (f"{kind} {code}" for code in known)


def test_the_console_is_tested_with_every_code_of_the_domain() -> None:
    told = [line for line in LIST.read_text().splitlines() if line and not line.startswith("#")]
    assert told == list(codes()), f"write the domain's codes into {LIST.name}, and words for what is new"


def test_the_record_has_a_sentence_for_every_step_and_a_word_for_every_cause() -> None:
    assert set(get_args(FactCode)) <= set(SENTENCES)
    assert {*ReasonCode, *Cause, *Choice, *TOLD_TO_CALLERS, "nothing"} <= set(CAUSES)
    assert set(State) <= set(STATES)
