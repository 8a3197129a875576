# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls that the engine served alone are in the record afterwards, once, with who was reached and who was lost."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import rows
from tests.duties.test_fallback import leave
from vaxel.calls.models import Call
from vaxel.calls.projection import ship
from vaxel.calls.timeline import timeline
from vaxel.directory.models import Operator, Organisation, Phone
from vaxel.duties import alone, fallback, retention
from vaxel.duties.models import Message
from vaxel.policy.evidence.records import records
from vaxel.telephony.engine import PUT_ASIDE

pytestmark = pytest.mark.django_db

ID = "n1-1764000000.7"
ANSWERED = {"status": "ANSWER", "talked": "30", "by": "PJSIP/britta-desk-0000001f"}
IN_LINE = {"line-by": "PJSIP/britta-desk", "line-waited": "10"}
EMERGENCY = {
    "dialled": "112",
    "way": "emergency",
    "phone": "phone-46980319201",
    "home": "gnosjo",
    "caller": "46980319201",
}


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def britta(gnosjo: Organisation) -> Operator:
    return rows.operator(gnosjo)


def serve(spool: Path, id_: str = ID, **told: str) -> Path:
    """The record of a call of 40 s, as the engine leaves it."""
    folder = spool / "fallback"
    folder.mkdir(exist_ok=True)
    lines = {
        "dialled": "46980319200",
        "way": "house",
        "organisation": "gnosjo",
        "phone": "trunk-pstn",
        "home": "",
        "begun": "1764000000",
        "ended": "1764000040",
        "status": "",
        "stasis": "FAILED",
        "caller": "0701740605",
        **told,
    }
    lines["name"] = told.get("name", "Eva Ek")
    path = folder / f"{id_}.call"
    path.write_text("".join(f"{key}={value}\n" for key, value in lines.items()))
    return path


def taken(spool: Path, **told: str) -> Call:
    serve(spool, **told)
    assert alone.import_all(spool) == 1
    return Call.objects.get()


def codes(call: Call) -> list[str]:
    assert [entry.n for entry in call.journal.order_by("n")] == list(range(1, call.n + 1))
    return [fact["code"] for fact in call.view["path"]]


@pytest.mark.parametrize("told", [ANSWERED, IN_LINE])
def test_whoever_answered_stands_in_the_record(tmp_path: Path, britta: Operator, told: dict[str, str]) -> None:
    call = taken(tmp_path, **told)
    assert codes(call) == ["arrived", "answered", "ended"]
    assert (call.state, call.direction, call.reason, call.cause) == ("ended", "in", "fallback", "hangup")
    assert (call.caller_number, call.caller_name, call.organisation_id) == ("46701740605", "Eva Ek", "gnosjo")
    assert call.operator == britta
    assert call.started == datetime.fromtimestamp(1764000000, UTC)
    assert call.answered == call.started + timedelta(seconds=10)
    assert call.ended == call.started + timedelta(seconds=40)
    assert [line.sentence for line in timeline(call)] == ["Eva Ek called", "Britta Växel answered", "Ended"]


@pytest.mark.clause("GNO-14")
@pytest.mark.parametrize("told", [{}, {"status": "CANCEL"}, {"status": "NOANSWER"}])
def test_whoever_gave_up_is_lost_and_counted_so(tmp_path: Path, gnosjo: Organisation, told: dict[str, str]) -> None:
    call = taken(tmp_path, **told)
    assert (codes(call)[0], codes(call)[-1]) == ("arrived", "lost")
    assert call.answered is None
    day = timedelta(days=1)
    [record] = records("gnosjo", call.started - day, call.started + day)
    assert (record.lost, record.answered, record.external) == (40.0, False, True)


def test_whoever_left_a_message_is_not_lost(tmp_path: Path, gnosjo: Organisation) -> None:
    serve(tmp_path, status="BUSY")
    leave(tmp_path)
    assert (alone.import_all(tmp_path), fallback.import_all(tmp_path)) == (1, 1)
    call = Call.objects.get()
    assert codes(call) == ["arrived", "rang", "fallback_recorded", "ended"]
    assert Message.objects.get().call == call


def test_a_recording_that_is_imported_first_makes_the_call_once(tmp_path: Path, gnosjo: Organisation) -> None:
    leave(tmp_path)
    assert fallback.import_all(tmp_path) == 1
    assert codes(Call.objects.get()) == ["arrived", "fallback_recorded", "ended"]
    path = serve(tmp_path)
    assert alone.import_all(tmp_path) == 0
    assert not path.exists()
    assert codes(Call.objects.get()) == ["arrived", "fallback_recorded", "ended"]


def test_whoever_could_leave_no_message_was_told_so(tmp_path: Path, gnosjo: Organisation) -> None:
    call = taken(tmp_path, told="no-room")
    assert codes(call) == ["arrived", "no_room", "announced", "ended"]
    assert call.cause == "released"


@pytest.mark.parametrize(
    ("told", "path", "cause"),
    [
        ({"status": "ANSWER", "talked": "30"}, ["arrived", "answered", "ended"], "hangup"),
        ({"status": "BUSY"}, ["arrived", "rang", "ended"], "busy"),
        ({"status": ""}, ["arrived", "ended"], "failed"),
    ],
)
def test_an_emergency_call_tells_who_rang_and_what_became_of_it(
    tmp_path: Path, gnosjo: Organisation, told: dict[str, str], path: list[str], cause: str
) -> None:
    anna = rows.person(gnosjo)
    call = taken(tmp_path, **EMERGENCY, **told)
    assert (codes(call), call.cause, call.reason) == (path, cause, "emergency")
    assert (call.direction, call.dialled, call.organisation) == ("out", "112", gnosjo)
    assert (call.caller_name, call.caller_number) == ("Anna Lind", "46980319201")
    assert call.view["caller"]["internal"] is True
    assert call.view["path"][0]["party"] == anna.key
    assert timeline(call)[0].sentence == "Anna Lind called"
    day = timedelta(days=1)
    assert not records("gnosjo", call.started - day, call.started + day), "no caller of the municipality's"


def test_the_telephone_of_a_room_is_called_by_its_label(tmp_path: Path, gnosjo: Organisation) -> None:
    Phone.objects.create(user="phone-46980319201", organisation=gnosjo, label="Receptionen")
    assert taken(tmp_path, **EMERGENCY).caller_name == "Receptionen"


def test_a_telephone_that_was_removed_since_keeps_its_call_where_it_was(tmp_path: Path, gnosjo: Organisation) -> None:
    assert taken(tmp_path, **EMERGENCY).organisation == gnosjo


def test_a_call_from_the_house_is_internal(tmp_path: Path, gnosjo: Organisation) -> None:
    rows.person(gnosjo)
    call = taken(tmp_path, phone="phone-46980319201", home="gnosjo", caller="46980319201")
    assert (call.direction, call.caller_name) == ("internal", "Anna Lind")


def test_importing_again_or_after_a_crash_changes_nothing(tmp_path: Path, gnosjo: Organisation) -> None:
    path = serve(tmp_path)
    kept = path.read_text()
    assert (alone.import_all(tmp_path), alone.import_all(tmp_path)) == (1, 0)
    assert not path.exists()
    path.write_text(kept)  # as if the process had died before it could remove the file
    before = Call.objects.values().get()
    assert alone.import_all(tmp_path) == 0
    assert Call.objects.values().get() == before
    assert codes(Call.objects.get()) == ["arrived", "lost"]


def test_a_call_that_the_controller_gave_back_is_told_to_its_end(tmp_path: Path, britta: Operator) -> None:
    serve(tmp_path, stasis="SUCCESS", ended=str(int(time.time())), **IN_LINE)
    assert alone.import_all(tmp_path) == 0, "its journal isn't here yet"
    begun = [
        {"at": rows.START, "code": "abandoned", "who": ""},
        {"at": rows.START, "code": "ended", "cause": "fallback"},
    ]
    ship([rows.entry(ID, n, state="ended", end_cause="fallback", path=begun) for n in (1, 2)])
    assert alone.import_all(tmp_path) == 1
    call = Call.objects.get()
    assert codes(call) == ["abandoned", "ended", "answered", "ended"]
    assert (call.operator, call.reason) == (britta, "main_number")
    serve(tmp_path, stasis="SUCCESS", **IN_LINE)
    assert alone.import_all(tmp_path) == 0
    assert codes(Call.objects.get()) == ["abandoned", "ended", "answered", "ended"]


def test_a_call_whose_own_journal_never_comes_is_in_the_record_after_an_hour(
    tmp_path: Path, gnosjo: Organisation
) -> None:
    assert codes(taken(tmp_path, stasis="SUCCESS")) == ["arrived", "lost"]


BROKEN: list[dict[str, str]] = [
    {"dialled": ""},
    {"dialled": "1&Local/s@outside"},
    {"way": "elsewhere"},
    {"begun": "soon"},
    {"begun": "9" * 12},
    {"ended": "nan"},
    {"ended": ""},
]


@pytest.mark.parametrize("told", BROKEN)
def test_what_cannot_be_read_is_put_aside_and_the_rest_imported(
    tmp_path: Path, gnosjo: Organisation, told: dict[str, str]
) -> None:
    bad = serve(tmp_path, id_="n1-1764000000.1", **told)
    serve(tmp_path)
    assert alone.import_all(tmp_path) == 1
    assert bad.exists(), "the engine may be about to write it"
    os.utime(bad, (1, 1))
    assert alone.import_all(tmp_path) == 0
    assert bad.with_suffix(PUT_ASIDE).exists()
    assert not bad.exists()


@pytest.mark.parametrize("end_of_line", ["\u2028", "\x0b", "\x85", "\n", "\x00\n"])
def test_a_callers_name_says_nothing_but_her_name(tmp_path: Path, gnosjo: Organisation, end_of_line: str) -> None:
    rows.organisation("tana", "4760000100")
    call = taken(tmp_path, name=f"Eva{end_of_line}dialled=4760000100\nway=emergency\norganisation=tana")
    assert (call.organisation, call.dialled, call.reason) == (gnosjo, "46980319200", "fallback")
    assert call.caller_name.startswith("Eva")


def test_a_name_and_number_beyond_all_measure_are_cut(tmp_path: Path, gnosjo: Organisation) -> None:
    call = taken(tmp_path, name="E" * 10_000, caller="1" * 10_000)
    assert (len(call.caller_name), len(call.caller_number)) == (120, 80)


def test_the_record_is_for_operators_of_the_organisation_alone(tmp_path: Path, britta: Operator) -> None:
    rows.operator(rows.organisation("tana", "4760000100"), username="inga")
    call = taken(tmp_path, **EMERGENCY, status="ANSWER", talked="5")
    inga = Operator.objects.get(user__username="inga")

    def asked(operator: Operator, path: str) -> Any:
        client = Client(headers={"authorization": f"Bearer {rows.token(operator)}"})
        return client.get(f"/api/v1/{path}")

    assert [one["id"] for one in asked(britta, "calls").json()["items"]] == [call.pk]
    assert asked(inga, "calls").json()["items"] == []


def test_what_was_put_aside_is_erased_in_time(tmp_path: Path, gnosjo: Organisation) -> None:
    bad = serve(tmp_path, dialled="")
    os.utime(bad, (1_764_000_000, 1_764_000_000))
    alone.import_all(tmp_path)
    begun = datetime.fromtimestamp(1_764_000_000, UTC)
    retention.erase(tmp_path, begun + timedelta(days=gnosjo.retention_days - 1))
    assert bad.with_suffix(PUT_ASIDE).exists()
    retention.erase(tmp_path, begun + timedelta(days=gnosjo.retention_days + 1))
    assert not bad.with_suffix(PUT_ASIDE).exists()


def test_it_is_kept_as_long_as_other_calls(tmp_path: Path, gnosjo: Organisation) -> None:
    gnosjo.retention_days = 10
    gnosjo.save()
    call = taken(tmp_path)
    assert call.ended is not None
    assert retention.erase(tmp_path, call.ended + timedelta(days=9)) == 0
    assert retention.erase(tmp_path, call.ended + timedelta(days=11)) == 1
    assert not Call.objects.exists()
