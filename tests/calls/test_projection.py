# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import rows
from vaxel.calls.models import Call, JournalEntry, OperatorEvent, Voicemail
from vaxel.calls.projection import ship
from vaxel.domain.journal import Entry

pytestmark = pytest.mark.django_db

CALL = "n1-1764000000.1"


def life_of(call: str) -> list[Entry]:
    recording = {"name": f"{call}-r5", "seconds": 7.5, "person": "p999"}
    return [
        rows.entry(call, 1),
        rows.entry(call, 2, kind="offered", state="waiting", offered_to=["o1"]),
        rows.entry(call, 3, kind="answer", state="connected", answered=rows.START + 3, operator="o1"),
        rows.entry(call, 4, kind="recording_finished", state="recording", recording=recording),
        rows.entry(
            call, 5, kind="leg_ended", state="ended", ended=rows.START + 5, end_cause="hangup", recording=recording
        ),
    ]


def everything() -> tuple[list[Any], ...]:
    return (
        list(Call.objects.order_by("pk").values()),
        list(JournalEntry.objects.order_by("call", "n").values("call_id", "n", "at", "kind", "data")),
        list(Voicemail.objects.order_by("name").values("name", "call_id", "seconds", "person_id", "left")),
        list(OperatorEvent.objects.order_by("operator", "n").values("operator", "n", "kind", "view")),
    )


def test_a_call_is_as_its_newest_entry_says() -> None:
    ship(life_of(CALL))
    call = Call.objects.get()
    assert (call.state, call.cause, call.n) == ("ended", "hangup", 5)
    assert call.ended == datetime.fromtimestamp(rows.START + 5, UTC)
    assert call.view["reason"]["code"] == "main_number"
    assert [entry.n for entry in JournalEntry.objects.order_by("n")] == [1, 2, 3, 4, 5]


def test_shipping_again_changes_nothing() -> None:
    ship(life_of(CALL))
    before = everything()
    ship(life_of(CALL))
    ship(life_of(CALL)[:2])
    assert everything() == before


@pytest.mark.parametrize("seed", range(10))
def test_any_order_any_batches_and_any_repetition_give_the_same_rows(seed: int) -> None:
    chance = random.Random(seed)
    entries = [entry for n in range(4) for entry in life_of(f"n1-1764000000.{n}")]
    ship(entries)
    wanted = everything()
    for model in (JournalEntry, Voicemail, Call):
        model.objects.all().delete()
    muddled = entries + chance.sample(entries, 12)
    chance.shuffle(muddled)
    while muddled:
        size = chance.randint(1, 7)
        ship(muddled[:size])
        del muddled[:size]
    calls, journal, voicemails, _shifts = everything()
    assert (calls, journal) == wanted[:2]
    assert {row["name"] for row in voicemails} == {row["name"] for row in wanted[2]}


def test_a_recording_becomes_one_voice_message_however_often_the_view_tells_of_it() -> None:
    gnosjo = rows.organisation()
    anna = rows.person(gnosjo)
    recording = {"name": f"{CALL}-r5", "seconds": 7.5, "person": anna.key}
    ship([rows.entry(CALL, n, recording=recording) for n in (1, 2, 3)])
    voicemail = Voicemail.objects.get()
    assert (voicemail.person, voicemail.seconds, voicemail.call_id) == (anna, 7.5, CALL)


def test_operators_events_are_kept_beside() -> None:
    state = {"id": "o7", "state": "ready"}
    logged_on = Entry(stream="operator:o7", n=1, at=rows.START, kind="ready", organisation="", data={}, view=state)
    ship([logged_on, logged_on])
    event = OperatorEvent.objects.get()
    assert (event.operator, event.kind, event.view) == ("o7", "ready", state)
    assert not Call.objects.exists()


def test_what_the_directory_no_longer_has_is_written_down_all_the_same() -> None:
    ship(
        [rows.entry(CALL, 1, organisation="gone", operator="o4711"), rows.entry("n1-1764000000.2", 1, organisation="")]
    )
    call = Call.objects.get(pk=CALL)
    assert (call.organisation_id, call.operator_id) == ("gone", 4711)
    assert Call.objects.get(pk="n1-1764000000.2").organisation_id is None


def test_nul_and_overlong_text_from_outside_do_no_harm() -> None:
    caller = {"number": "1" * 300, "name": "Eva\x00l" * 100, "internal": False}
    ship([rows.entry(CALL, 1, caller=caller)])
    call = Call.objects.get()
    assert len(call.caller_name) == 120
    assert "\x00" not in call.caller_name + str(call.view)


def test_five_hundred_entries_take_few_statements() -> None:
    entries = [entry for n in range(100) for entry in life_of(f"n1-1764000000.{n}")]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ship(entries)
    assert JournalEntry.objects.count() == 500
    assert len(queries) < 15
