# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments, reasons and choices are said as people of each language say them, and everything that is said can be said."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaxel.domain.absence import AbsenceReason
from vaxel.domain.phrases import LANGUAGES, texts
from vaxel.domain.rules import Choice
from vaxel.domain.speaking import expand

ZONE = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 7, 22, 10, 0, tzinfo=ZONE)
"""A Wednesday."""
YEAR = range(int(datetime(2026, 1, 1, tzinfo=ZONE).timestamp()), int(datetime(2027, 1, 1, tzinfo=ZONE).timestamp()), 60)


def moment(*when: int) -> str:
    return f"{datetime(*when, tzinfo=ZONE).timestamp():.0f}"  # type: ignore[misc, arg-type]


def said(language: str, *items: str, at: datetime = NOW) -> str:
    """What is heard, as text."""
    fragments = [fragment for item in items for fragment in expand(item, language, at.timestamp(), ZONE)]
    words = " ".join("Berit" if name.startswith("name-") else texts(language)[name] for name in fragments)
    return words.replace(",", "").replace(".", "").strip()


TODAY_13 = f"back:{moment(2026, 7, 22, 13)}"
TOMORROW_8 = f"back:{moment(2026, 7, 23, 8)}"
MONDAY_8 = f"back:{moment(2026, 7, 27, 8)}"
MONDAY_8_05 = f"back:{moment(2026, 7, 27, 8, 5)}"
AUGUST_3 = f"back:{moment(2026, 8, 3, 8)}"
A_YEAR_LATER = f"back:{moment(2027, 8, 2, 8)}"

BACK = {
    "sv": [
        (TODAY_13, "och är åter i dag klockan tretton"),
        (TOMORROW_8, "och är åter i morgon klockan åtta"),
        (MONDAY_8, "och är åter på måndag klockan åtta"),
        (MONDAY_8_05, "och är åter på måndag klockan åtta noll fem"),
        (AUGUST_3, "och är åter den tredje augusti"),
        (A_YEAR_LATER, "och är åter den andra augusti tjugohundra tjugosju"),
    ],
    "nb": [
        (TODAY_13, "og er tilbake i dag klokken tretten"),
        (TOMORROW_8, "og er tilbake i morgen klokken åtte"),
        (MONDAY_8, "og er tilbake mandag klokken åtte"),
        (MONDAY_8_05, "og er tilbake mandag klokken åtte null fem"),
        (AUGUST_3, "og er tilbake den tredje august"),
        (A_YEAR_LATER, "og er tilbake den andre august totusen og tjuesju"),
    ],
    "da": [
        (TODAY_13, "og er tilbage i dag klokken tretten"),
        (TOMORROW_8, "og er tilbage i morgen klokken otte"),
        (MONDAY_8, "og er tilbage mandag klokken otte"),
        (MONDAY_8_05, "og er tilbage mandag klokken otte nul fem"),
        (AUGUST_3, "og er tilbage den tredje august"),
        (A_YEAR_LATER, "og er tilbage den anden august totusind og syvogtyve"),
    ],
    "en": [
        (TODAY_13, "and will be back today at one pm"),
        (TOMORROW_8, "and will be back tomorrow at eight am"),
        (MONDAY_8, "and will be back on Monday at eight am"),
        (MONDAY_8_05, "and will be back on Monday at eight oh five am"),
        (AUGUST_3, "and will be back on the third of August"),
        (A_YEAR_LATER, "and will be back on the second of August twenty twenty-seven"),
    ],
}


@pytest.mark.parametrize(
    ("language", "item", "sentence"),
    [(language, *row) for language, rows in BACK.items() for row in rows],
)
def test_when_someone_is_back(language: str, item: str, sentence: str) -> None:
    assert said(language, item) == sentence


OPENS = [
    ("sv", (2026, 7, 22, 13, 30), "Vi öppnar i dag klockan tretton trettio"),
    ("nb", (2026, 7, 23, 9), "Vi åpner i morgen klokken ni"),
    ("nb", (2026, 7, 24, 1), "Vi åpner fredag klokken ett"),
    ("da", (2026, 7, 27, 8, 45), "Vi åbner mandag klokken otte femogfyrre"),
    ("da", (2026, 7, 27, 21, 50), "Vi åbner mandag klokken enogtyve halvtreds"),
    ("en", (2026, 7, 28, 12), "We open on Tuesday at noon"),
    ("en", (2026, 7, 28, 0, 30), "We open on Tuesday at twelve thirty am"),
    ("en", (2026, 7, 28, 12, 30), "We open on Tuesday at twelve thirty pm"),
    ("sv", (2027, 1, 2, 9), "Vi öppnar den andra januari klockan nio"),
    ("nb", (2027, 1, 2, 9), "Vi åpner den andre januar klokken ni"),
    ("da", (2027, 1, 2, 9), "Vi åbner den anden januar klokken ni"),
    ("en", (2027, 1, 2, 9), "We open on the second of January at nine am"),
    ("sv", (2026, 7, 31, 0), "Vi öppnar den trettioförsta juli"),
]


@pytest.mark.parametrize(("language", "when", "sentence"), OPENS)
def test_when_it_opens(language: str, when: tuple[int, ...], sentence: str) -> None:
    assert said(language, f"opens:{moment(*when)}") == sentence


UNTIL = [
    ("sv", (2026, 7, 22, 13), "till klockan tretton"),
    ("sv", (2026, 7, 27, 8), "till måndag klockan åtta"),
    ("nb", (2026, 7, 23, 8), "til i morgen klokken åtte"),
    ("da", (2026, 8, 3, 8), "til den tredje august klokken otte"),
    ("en", (2026, 7, 27, 8), "until Monday at eight am"),
    ("en", (2026, 8, 3, 8), "until the third of August at eight am"),
    ("sv", (2026, 7, 23), "till midnatt"),
    ("da", (2026, 7, 28), "til mandag midnat"),
]


@pytest.mark.parametrize(("language", "when", "sentence"), UNTIL)
def test_until_when(language: str, when: tuple[int, ...], sentence: str) -> None:
    assert said(language, f"until:{moment(*when)}") == sentence


ABSENCES = {
    "sv": "Berit sitter i möte och är åter på måndag klockan åtta Ett ögonblick ditt samtal kopplas vidare",
    "nb": "Berit er i møte og er tilbake mandag klokken åtte Et øyeblikk samtalen settes over",
    "da": "Berit er til møde og er tilbage mandag klokken otte Et øjeblik du bliver stillet om",
    "en": "Berit is in a meeting and will be back on Monday at eight am One moment your call is being passed on",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_absence_is_one_sentence(language: str) -> None:
    assert said(language, "name:p12", "absent:meeting", MONDAY_8, "connecting") == ABSENCES[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [AbsenceReason.SICK, AbsenceReason.PARENTAL, AbsenceReason.LEAVE])
def test_what_is_private_is_not_told(language: str, reason: AbsenceReason) -> None:
    assert expand(f"absent:{reason}", language, 0.0, ZONE) == ("absent-other",)


def test_choices_are_told_with_their_digits() -> None:
    assert said("sv", "option:message:1") == "För att lämna ett meddelande tryck ett"
    assert said("nb", "option:switchboard:2") == "For å snakke med sentralbordet trykk to"
    assert said("da", "option:colleague:3") == "For at tale med en kollega tryk tre"
    assert said("en", "option:group:4") == "To be connected to the group press four"
    assert said("en", "digit:10#") == "one zero hash"


def test_a_moment_that_has_gone_by_is_not_told() -> None:
    assert expand(f"back:{NOW.timestamp():.0f}", "sv", NOW.timestamp(), ZONE) == ()


@pytest.mark.parametrize("item", ["digit:x", "digit:", "absent:bored", "weather:rain", "back:soon"])
def test_what_cannot_be_said_is_refused(item: str) -> None:
    with pytest.raises(ValueError, match=r"can't be said|is not a valid|could not convert"):
        expand(item, "sv", 0.0, ZONE)


KINDS = ("back", "opens", "until")
AHEAD = (60, 86_400, 3 * 86_400, 20 * 86_400, 350 * 86_400)
"""Seconds between saying it and the moment: each has words of its own."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_minute_of_a_year_can_be_said(language: str) -> None:
    known = texts(language).keys()
    for n, at in enumerate(YEAR):
        # Seven and eleven divide no hour and no day, so that every minute of the day meets every pair.
        kind, ahead = KINDS[n % 7 % 3], AHEAD[n % 11 % 5]
        for fragment in expand(f"{kind}:{at}", language, at - ahead, ZONE):
            assert fragment in known


@given(st.integers(1_770_000_000, 2_830_000_000), st.integers(1, 500 * 86_400), st.sampled_from(LANGUAGES))
def test_any_two_moments(now: int, ahead: int, language: str) -> None:
    for kind in KINDS:
        fragments = expand(f"{kind}:{now + ahead}", language, now, ZONE)
        assert fragments[0] == kind
        assert texts(language).keys() >= set(fragments[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_choice_can_be_said(language: str) -> None:
    known = texts(language).keys()
    for reason in AbsenceReason:
        assert known >= set(expand(f"absent:{reason}", language, 0.0, ZONE))
    for choice in Choice:
        for digit in "0123456789*#":
            assert known >= set(expand(f"option:{choice}:{digit}", language, 0.0, ZONE))


def test_languages_have_the_same_fragments() -> None:
    clock = {"am", "pm", *(f"on-date-{n}" for n in range(1, 32)), *(f"hour-{n}" for n in range(24))}
    sets = [texts(language).keys() - clock for language in LANGUAGES]
    assert all(names == sets[0] for names in sets)
