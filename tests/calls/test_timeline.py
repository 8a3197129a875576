# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from tests import rows
from vaxel.calls import words
from vaxel.calls.actions import write_note
from vaxel.calls.models import Call
from vaxel.calls.projection import ship
from vaxel.calls.timeline import SENTENCES, timeline

ROOT = Path(__file__).resolve().parents[2]


def fact(at: float, code: str, **fields: object) -> dict[str, object]:
    return {"at": rows.START + at, "code": code, "who": "", "seconds": None, "cause": "", **fields}


@pytest.mark.django_db
def test_a_call_reads_as_what_happened_with_whom_how_long_and_why() -> None:
    britta = rows.operator(rows.organisation())
    path = [
        fact(0, "arrived", who="46701740605", cause="main_number"),
        fact(4, "offered", who="Britta Växel"),
        fact(9, "answered", who="Britta Växel", seconds=8.6),
        fact(80, "transferred", who="Anna Lind"),
        fact(110, "rang", who="Anna Lind", seconds=30.0, cause="busy"),
        fact(4000, "ended", who="46701740605", seconds=4000.2, cause="hangup"),
        fact(4001, "something_new", who="Anna Lind"),
    ]
    ship([rows.entry("n1-1", 1, path=path)])
    call = Call.objects.get()
    note = write_note(call, britta, "Ringer igen")
    with translation.override("sv"):
        lines = [" · ".join((line.sentence, *line.details)) for line in timeline(call)]
    assert lines == [
        "+46 70 174 06 05 ringde · huvudnumret",
        "Erbjöds Britta Växel",
        "Britta Växel svarade · väntade 9 s",
        "Kopplades till Anna Lind",
        "Anna Lind nåddes inte · ringde i 30 s · upptaget",
        "Avslutades av +46 70 174 06 05 · varade 1 tim 6 min · lade på",
        "something new: Anna Lind",
        "Anteckning av Britta Växel",
    ]
    assert timeline(call)[-1].text == note.text


def test_every_fact_of_the_record_has_its_sentence() -> None:
    table = (ROOT / "docs" / "journal.md").read_text().partition("| code |")[2]
    codes = {
        code for row in table.splitlines() for code in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }
    assert codes
    assert codes <= set(SENTENCES)


def test_every_cause_and_state_has_its_word() -> None:
    from vaxel.domain.call import State
    from vaxel.domain.plan import Cause, ReasonCode

    assert {cause.value for cause in Cause} | {reason.value for reason in ReasonCode} <= set(words.CAUSES)
    assert {state.value for state in State} <= set(words.STATES)
