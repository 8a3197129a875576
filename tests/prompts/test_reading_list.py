# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list for a speaker of Northern Sámi has everything that callers may hear, and is the one in the documents."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from vaxel.domain import northern_sami
from vaxel.domain.phrases import texts
from vaxel.domain.speaking import expand
from vaxel.prompts.reading_list import northern_sami_list

PAGE = Path(__file__).parents[2] / "docs/northern-sami-prompts.md"
ZONE = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 7, 22, 10, 0, tzinfo=ZONE).timestamp()


def test_the_page_is_todays_list() -> None:
    assert PAGE.read_text() == northern_sami_list(), (
        "run python -m vaxel.prompts.reading_list > docs/northern-sami-prompts.md"
    )


def test_nothing_is_listed_that_is_never_said() -> None:
    assert northern_sami.TEXTS.keys() <= texts("nb").keys() | {"welcome"}


def test_numbers_days_and_the_clock() -> None:
    assert northern_sami.NUMBERS[11] == "oktanuppelohkái"
    assert northern_sami.NUMBERS[20] == "guoktelogi"
    assert northern_sami.NUMBERS[45] == "njealljelogivihtta"
    assert len(northern_sami.NUMBERS) == 60
    monday = datetime(2026, 7, 27, 8, 0, tzinfo=ZONE).timestamp()
    said = [northern_sami.TEXTS[name] for name in expand(f"opens:{monday:.0f}", "se", NOW, ZONE)[1:]]
    assert said == ["vuossárgga", "diibmu gávcci."]


def test_the_month_is_said_before_the_day() -> None:
    august = datetime(2026, 8, 3, 8, 0, tzinfo=ZONE).timestamp()
    assert expand(f"back:{august:.0f}", "se", NOW, ZONE) == ("back", "month-8", "date-3")


def test_until_is_said_after_the_moment() -> None:
    monday = datetime(2026, 7, 27, 8, 0, tzinfo=ZONE).timestamp()
    assert expand(f"until:{monday:.0f}", "se", NOW, ZONE) == ("monday", "at-8", "until")
    said = [northern_sami.TEXTS[name] for name in expand(f"until:{monday - 8 * 3600:.0f}", "se", NOW, ZONE)]
    assert said == ["sotnabeaivvi", "gaskaija", "rádjai."]


def test_a_date_is_said_in_whole() -> None:
    third = datetime(2027, 8, 23, 0, 0, tzinfo=ZONE).timestamp()
    said = [northern_sami.TEXTS[name] for name in expand(f"back:{third:.0f}", "se", NOW, ZONE)]
    assert said == [
        "ja boahtá ruovttoluotta",
        "borgemánu",
        "guoktelogigoalmmát beaivvi",
        "guokteduhát",
        "guoktelogičieža.",
    ]
