# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scripted day in each of the five municipalities, and the days around its Easter: what callers hear, and where they come to.

The real engine is rung by telephones that we did not write; the controller alone lives in April 2036. All is played once, then each test
looks at its scene. What was heard is recognised among everything that could have been said.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.engine.sip import require
from tests.system.days.municipalities import ALL, BY_ID, SATURDAY, Json, mobile_of, moment
from tests.system.days.play import CITIZENS, Play, Results
from tests.system.days.scenes import Outcome
from tests.system.days.stage import Cast, Stage
from tests.system.days.transcript import Heard, Lexicon
from tests.system.days.verdict import Expected, differences
from vaxel.telephony import engine


class Days:
    """All is played when it is made, and what was heard is recognised meanwhile; the ``stage`` is still up afterwards."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self.stage = stage
        self._towns = cast.towns
        prompts = engine.places(stage.config).prompts
        self._lexicons = {town.id: Lexicon(prompts, town.language, town.id) for town in ALL}
        self._results: Results = {}
        with ThreadPoolExecutor(1) as background:
            self._refused_hours = background.submit(stage.setting, "refused_hours")
            self._heard: dict[tuple[str, str], Future[list[Heard]]] = {}
            for found in Play(stage, cast).moments():
                self._results |= found
                for (municipality, scene), outcome in found.items():
                    if isinstance(outcome, Outcome) and outcome.sound is not None:
                        heard = background.submit(self._lexicons[municipality].heard, outcome.sound)
                        self._heard[municipality, scene] = heard

    def check(self, municipality: str, scene: str, expected: Expected) -> None:
        outcome = self._results[municipality, scene]
        if isinstance(outcome, Exception):
            raise AssertionError(f"{municipality}, {scene}: the scene did not come to its end") from outcome
        heard = self._heard[municipality, scene].result() if outcome.sound else []
        lexicon = self._lexicons[municipality]
        found = differences(self._towns[municipality], expected, outcome, lexicon, heard)
        assert not found, "\n".join([f"{municipality}, {scene}:", *found])

    @property
    def refused_hours(self) -> dict[str, str]:
        """What is tried → what is said to those who try it."""
        told: dict[str, str] = self._refused_hours.result()
        return told

    def person(self, municipality: str, part: str) -> Json:
        return self._towns[municipality].person(part)

    def refer(self, municipality: str, part: str, **referral: str) -> tuple[int, Json]:
        """Try to set an absence later in April, as the municipality's operator, by REST: status and answer."""
        wish = {"reason": "errand", "start": moment(28, 9).isoformat(), "end": moment(28, 11).isoformat(), **referral}
        person, token = self.person(municipality, part)["id"], self._towns[municipality].operator.token
        return self.stage.rest("POST", f"people/{person}/absences", token, wish, Accept_Language="en")


@pytest.fixture(scope="module")
def days(engine_root: Path | None) -> Iterator[Days]:
    require("baresip", "sipp")
    stage = Stage(engine_root)
    try:
        stage.start_at(SATURDAY)
        with Cast(stage, CITIZENS) as cast:
            yield Days(stage, cast)
        stage.ari.assert_clean()
    finally:
        stage.stop()


def closed(opens: str, clause: str = "") -> Expected:
    """The switchboard is closed, and the caller hears when it ``opens``."""
    return Expected(said=f"closed opens {opens}", waits=False, clause=clause)


def open_(municipality: str, clause: str = "") -> Expected:
    """The welcome, and the caller waits for an operator."""
    return Expected(said=f"welcome-{municipality}", waits=True, clause=clause)


def answered(municipality: str, clause: str = "") -> Expected:
    return Expected(said=f"welcome-{municipality}", reason=("main_number", clause))


NAMED_UNTIL_ELEVEN = "name:meeting absent-meeting back today at-11"
"""A meeting until ten and an errand until eleven: one absence (GNO-4)."""
UNTIL_THE_21ST = "back date-21 month-4"
ERRAND = "name:errand absent-errand back today hour-14 minute-5 connecting"
LEFT = Expected(said="name:leaver has-left connecting", answered_by=("successor",))
PROTECTED = Expected(begins="somebody absent-course back tomorrow at-13")
IN_TURN = Expected(answered_by=("turn-1", "turn-2", "turn-3"))
PICKED_UP = Expected(answered_by=("taker",))
CHOICES = "option-message number-1 option-switchboard number-2"
RECORDED = "voicemail-tone leave-message"


def absent(choices: str) -> Expected:
    """Name, reason, return and choices; the digit pressed leads to the mailbox, and the message is there."""
    return Expected(said=f"{NAMED_UNTIL_ELEVEN} {choices} {RECORDED}", message_for="meeting")


def unreferred(choices: str, clause: str = "", reason: str = "vacation") -> Expected:
    said = f"name:leave absent-{reason} {UNTIL_THE_21ST} {choices}"
    return Expected(said=said, reason=("absent_unreferred", clause), until=moment(21, 8))


def to_mailbox(rang: float) -> Expected:
    return Expected(said="name:silent voicemail-greeting", rang=rang, message_for="silent")


def to_operator(rang: float, ring: float, clause: str = "") -> Expected:
    return Expected(said="", rang=rang, ring=ring, reason=("no_answer", clause))


def on_an_errand(municipality: str) -> Expected:
    return Expected(said=ERRAND, mobile=mobile_of(BY_ID[municipality]))


def closed_unit(clause: str = "") -> Expected:
    """The unit's own hours haven't begun, while the switchboard is open; the message is there."""
    return Expected(said=f"unit-closed opens today at-10 {CHOICES} {RECORDED}", message_for="hours", clause=clause)


def full(clause: str = "") -> Expected:
    return Expected(said="", reason=("group_overflow", clause))


def over(clause: str = "") -> Expected:
    return Expected(said="", reason=("closed_unit", clause))


Scenes = dict[str, Expected]

TANA: Scenes = {
    "saturday": closed("on-monday at-8"),
    "early": closed("today at-8"),
    "answered": answered("tana"),
    "absent": absent(CHOICES),
    "unreferred": unreferred(CHOICES),
    "silent": to_operator(25, ring=5, clause="TAN-3"),
    "leaver": LEFT,
    "errand": on_an_errand("tana"),
    "protected": PROTECTED,
    "full-group": full("TAN-3"),
    "hotline": over(),
    "in-turn": IN_TURN,
    "pick-up": PICKED_UP,
    "lunch": open_("tana"),
    "closed-unit": closed_unit(),
    "evening": closed("tomorrow at-8"),
    # Norway keeps the Wednesday before Easter half, and the days until Easter Monday wholly.
    "wednesday": closed("on-tuesday at-8"),
    "thursday": closed("on-tuesday at-8"),
    "friday": closed("on-tuesday at-8"),
}

GNOSJO: Scenes = {
    "saturday": closed("on-monday at-8", "GNO-16"),
    "early": closed("today at-8", "GNO-16"),
    "answered": answered("gnosjo", "GNO-13"),
    "absent": absent(CHOICES),
    "unreferred": unreferred(CHOICES, "GNO-3"),
    "silent": to_operator(25, ring=6, clause="GNO-14"),
    "leaver": LEFT,
    "errand": on_an_errand("gnosjo"),
    "protected": PROTECTED,
    "full-group": full("GNO-14"),
    "hotline": over(),
    # The first of them is in a meeting: a shared number rings all the same (GNO-5).
    "in-turn": IN_TURN,
    "pick-up": PICKED_UP,
    "lunch": closed("today at-13", "GNO-16"),
    "evening": closed("tomorrow at-8", "GNO-16"),
    "wednesday": open_("gnosjo", "GNO-13"),
    # Maundy Thursday is the eve of a holiday in Sweden.
    "thursday": closed("on-tuesday at-8", "GNO-16"),
    "friday": closed("on-tuesday at-8", "GNO-16"),
}

COLLEAGUE_OR_MESSAGE = "option-colleague number-1 option-message number-2"

FALKENBERG: Scenes = {
    "saturday": closed("on-monday hour-7 number-30"),
    "early": closed("today hour-7 number-30"),
    "external-first": Expected(said="welcome-falkenberg", offered="citizen"),
    "answered": answered("falkenberg"),
    "absent": absent(COLLEAGUE_OR_MESSAGE),
    "unreferred": unreferred(COLLEAGUE_OR_MESSAGE, "FAL-3"),
    # Then the one with the same function, who is busy, then the mailbox (FAL-1).
    "silent": to_mailbox(25),
    "leaver": LEFT,
    "errand": on_an_errand("falkenberg"),
    "protected": PROTECTED,
    "full-group": full("FAL-1"),
    "hotline": over(),
    "in-turn": IN_TURN,
    "pick-up": PICKED_UP,
    "lunch": closed("today at-13"),
    "evening": closed("tomorrow hour-7 number-30"),
    "wednesday": open_("falkenberg"),
    "thursday": closed("on-tuesday hour-7 number-30"),
    "friday": closed("on-tuesday hour-7 number-30"),
}

COLLEAGUE_OR_SWITCHBOARD = "option-colleague number-1 option-switchboard number-2"

AABENRAA: Scenes = {
    "saturday": closed("on-monday at-8", "AAB-9"),
    "early": closed("today at-8", "AAB-9"),
    "answered": answered("aabenraa"),
    "absent": Expected(said=f"{NAMED_UNTIL_ELEVEN} {COLLEAGUE_OR_SWITCHBOARD}", answered_by=("stand-in",)),
    "unreferred": unreferred(COLLEAGUE_OR_SWITCHBOARD, "AAB-20"),
    "silent": to_operator(25, ring=5, clause="AAB-20"),
    "leaver": LEFT,
    "errand": on_an_errand("aabenraa"),
    "protected": PROTECTED,
    "full-group": full("AAB-24"),
    "hotline": over("AAB-31"),
    "in-turn": IN_TURN,
    "pick-up": PICKED_UP,
    # An exception from noon on was entered, and the director has not approved it (AAB-13).
    "lunch": open_("aabenraa"),
    "closed-unit": closed_unit("AAB-10"),
    "evening": closed("tomorrow at-8", "AAB-9"),
    # That of Wednesday was approved.
    "wednesday": closed("on-tuesday at-8", "AAB-9"),
    "thursday": closed("on-tuesday at-8", "AAB-9"),
    "friday": closed("on-tuesday at-8", "AAB-9"),
}

SOLLENTUNA: Scenes = {
    "saturday": closed("on-monday at-8"),
    "early": closed("today at-8"),
    "answered": answered("sollentuna"),
    "absent": absent(CHOICES),
    # Why she is away is nobody's business outside.
    "unreferred": unreferred(CHOICES, reason="other"),
    # Five rings of six seconds.
    "silent": to_mailbox(30),
    "leaver": LEFT,
    "errand": on_an_errand("sollentuna"),
    "protected": PROTECTED,
    "full-group": full("SOL-6"),
    "hotline": over(),
    "in-turn": IN_TURN,
    "pick-up": PICKED_UP,
    "lunch": open_("sollentuna"),
    "evening": closed("tomorrow at-8"),
    "wednesday": open_("sollentuna"),
    "thursday": closed("on-tuesday at-8"),
    "friday": closed("on-tuesday at-8"),
}


@pytest.mark.clause("TAN-3")
@pytest.mark.parametrize("scene", TANA)
def test_tana(days: Days, scene: str) -> None:
    days.check("tana", scene, TANA[scene])


@pytest.mark.clause("GNO-3")
@pytest.mark.clause("GNO-4")
@pytest.mark.clause("GNO-5")
@pytest.mark.clause("GNO-13")
@pytest.mark.clause("GNO-14")
@pytest.mark.clause("GNO-15")
@pytest.mark.clause("GNO-16")
@pytest.mark.parametrize("scene", GNOSJO)
def test_gnosjo(days: Days, scene: str) -> None:
    days.check("gnosjo", scene, GNOSJO[scene])


@pytest.mark.clause("FAL-1")
@pytest.mark.clause("FAL-3")
@pytest.mark.clause("FAL-16")
@pytest.mark.parametrize("scene", FALKENBERG)
def test_falkenberg(days: Days, scene: str) -> None:
    days.check("falkenberg", scene, FALKENBERG[scene])


@pytest.mark.clause("AAB-7")
@pytest.mark.clause("AAB-9")
@pytest.mark.clause("AAB-10")
@pytest.mark.clause("AAB-13")
@pytest.mark.clause("AAB-20")
@pytest.mark.clause("AAB-24")
@pytest.mark.clause("AAB-31")
@pytest.mark.parametrize("scene", AABENRAA)
def test_aabenraa(days: Days, scene: str) -> None:
    days.check("aabenraa", scene, AABENRAA[scene])


@pytest.mark.clause("SOL-2")
@pytest.mark.clause("SOL-6")
@pytest.mark.parametrize("scene", SOLLENTUNA)
def test_sollentuna(days: Days, scene: str) -> None:
    days.check("sollentuna", scene, SOLLENTUNA[scene])


# ── what the policies forbid ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("SOL-7")
@pytest.mark.parametrize("tried", ["telephone hours of a unit", "telephone hours of a person"])
def test_sollentuna_allows_no_telephone_hours(days: Days, tried: str) -> None:
    assert "SOL-7" in days.refused_hours[tried], days.refused_hours


@pytest.mark.clause("AAB-9")
@pytest.mark.clause("AAB-13")
@pytest.mark.clause("AAB-14")
@pytest.mark.clause("AAB-15")
@pytest.mark.parametrize(
    ("tried", "clause"),
    [
        ("other hours than the policy's", "AAB-9"),
        ("shorter hours for too long", "AAB-13"),
        ("shorter hours that nobody covers", "AAB-13"),
    ],
)
def test_aabenraa_keeps_the_hours_of_its_policy(days: Days, tried: str, clause: str) -> None:
    assert clause in days.refused_hours[tried], days.refused_hours


@pytest.mark.clause("GNO-15")
def test_gnosjo_sends_no_caller_to_a_mobile_without_consent(days: Days) -> None:
    status, answer = days.refer("gnosjo", "silent", refer="mobile")
    assert status == 422, answer
    assert "hasn't agreed" in str(answer), answer


@pytest.mark.clause("FAL-3")
@pytest.mark.parametrize("municipality", ["falkenberg", "tana"])
def test_a_referral_that_leads_back_is_refused(days: Days, municipality: str) -> None:
    first, second = (days.person(municipality, part) for part in ("silent", "busy"))
    status, answer = days.refer(municipality, "silent", refer="colleague", refer_to=second["id"])
    assert status == 201, answer
    status, answer = days.refer(municipality, "busy", refer="colleague", refer_to=first["id"])
    assert status == 422, answer
    assert f"{second['name']} → {first['name']} → {second['name']}" in str(answer), answer
