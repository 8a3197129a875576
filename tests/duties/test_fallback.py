# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import wave
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import rows
from vaxel.calls.models import Call, Voicemail
from vaxel.calls.projection import ship
from vaxel.directory.models import Organisation
from vaxel.duties import fallback, retention
from vaxel.duties.models import Message

pytestmark = pytest.mark.django_db

ID = "n1-1764000000.7"


def leave(
    spool: Path, number: str = "46980319200", id_: str = ID, caller: str = "0701740605", seconds: float = 2.0
) -> Path:
    folder = spool / "fallback"
    folder.mkdir(exist_ok=True)
    with wave.open(str(folder / f"{id_}.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * int(8000 * seconds))
    text = folder / f"{id_}.txt"
    text.write_text(f"number={number}\ncaller={caller}\nname=Eva = Ek\nat=1764000000\n")
    return text


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.mark.clause("GNO-14")
def test_what_a_caller_said_while_the_controller_was_away_becomes_a_message(
    tmp_path: Path, gnosjo: Organisation
) -> None:
    leave(tmp_path)
    assert fallback.import_all(tmp_path) == 1
    message = Message.objects.get()
    assert (message.organisation, message.person, message.status) == (gnosjo, None, "new")
    assert (message.caller_number, message.caller_name, message.call_back) == ("46701740605", "Eva = Ek", True)
    assert message.voicemail
    assert message.call
    assert (message.voicemail.name, message.voicemail.folder, message.voicemail.seconds) == (ID, "fallback", 2.0)
    assert (message.call.state, message.call.reason, message.call.organisation_id) == ("ended", "fallback", "gnosjo")


@pytest.mark.parametrize("end_of_line", ["\u2028", "\x0b", "\x85", "\n"])
def test_a_callers_name_says_nothing_but_her_name(tmp_path: Path, gnosjo: Organisation, end_of_line: str) -> None:
    """What Python, but not the engine, takes for the end of a line once moved a message to another municipality."""
    rows.organisation("tana", "4760000100")
    text = leave(tmp_path)
    text.write_text(f"number=46980319200\ncaller=46701740605\nat=1764000000\nname=Eva{end_of_line}number=4760000100\n")
    fallback.import_all(tmp_path)
    assert Message.objects.get().organisation == gnosjo
    assert Message.objects.get().caller_name.startswith("Eva")


def test_what_cannot_be_seen_is_no_part_of_a_callers_name(tmp_path: Path, gnosjo: Organisation) -> None:
    text = leave(tmp_path)
    text.write_text("number=46980319200\ncaller=46701740605\nat=1764000000\nname=\x1b[2J\u202eEva\u200b  Ek\n")
    fallback.import_all(tmp_path)
    assert Message.objects.get().caller_name == "[2J Eva Ek"


def test_to_a_direct_number_it_is_the_persons(tmp_path: Path, gnosjo: Organisation) -> None:
    anna = rows.person(gnosjo)
    leave(tmp_path, "46980319201")
    fallback.import_all(tmp_path)
    assert Message.objects.get().person == Voicemail.objects.get().person == anna


def test_importing_again_or_after_a_crash_changes_nothing(tmp_path: Path, gnosjo: Organisation) -> None:
    text = leave(tmp_path)
    kept = text.read_text()
    assert fallback.import_all(tmp_path) == 1
    assert fallback.import_all(tmp_path) == 0
    assert text.with_suffix(".imported").exists()
    text.write_text(kept)  # as if the process had died before it could rename the file
    assert fallback.import_all(tmp_path) == 0
    assert (Message.objects.count(), Voicemail.objects.count(), Call.objects.count()) == (1, 1, 1)
    assert not text.exists()


def test_a_call_that_the_controller_handed_over_keeps_its_own_row(tmp_path: Path, gnosjo: Organisation) -> None:
    ship([rows.entry(ID, 4, state="ended", end_cause="abandoned")])
    leave(tmp_path)
    fallback.import_all(tmp_path)
    call = Call.objects.get()
    assert (call.n, call.cause) == (4, "abandoned")
    assert call.voicemails.count() == 1


@pytest.mark.parametrize("broken", ["", "number=46980319200\n", "at=1764000000\n", "number=46980319200\nat=soon\n"])
def test_what_cannot_be_read_is_left_alone_and_the_rest_imported(
    tmp_path: Path, gnosjo: Organisation, broken: str
) -> None:
    bad = leave(tmp_path, id_="n1-1764000000.1")
    bad.write_text(broken)
    leave(tmp_path)
    assert fallback.import_all(tmp_path) == 1
    assert bad.exists()


def test_a_recording_that_is_not_whole_yet_waits(tmp_path: Path, gnosjo: Organisation) -> None:
    text = leave(tmp_path)
    sound = text.with_suffix(".wav")
    whole = sound.read_bytes()
    sound.write_bytes(whole[:20])
    assert fallback.import_all(tmp_path) == 0
    sound.write_bytes(whole)
    assert fallback.import_all(tmp_path) == 1


def test_a_number_that_nobody_has_any_more_loses_nothing(tmp_path: Path, gnosjo: Organisation) -> None:
    text = leave(tmp_path, "46980319299")
    assert fallback.import_all(tmp_path) == 0
    assert text.exists()


def test_old_calls_are_erased_with_their_sound_and_what_is_not_done_stays(tmp_path: Path, gnosjo: Organisation) -> None:
    gnosjo.retention_days = 10
    gnosjo.save()
    leave(tmp_path, id_="n1-1764000000.1")
    leave(tmp_path, id_="n1-1764000000.2")
    fallback.import_all(tmp_path)
    ship([rows.entry("n1-1764000000.3", 1, state="waiting")])
    done, _kept = Message.objects.order_by("call_id")
    done.status, done.done_at = "done", done.taken_at
    done.save()
    now = timezone.now()
    assert retention.erase(tmp_path, done.taken_at + timedelta(days=9)) == 0
    assert retention.erase(tmp_path, now) == 2
    assert [call.pk for call in Call.objects.all()] == ["n1-1764000000.3"], "a call that goes on is not erased"
    assert [voicemail.name for voicemail in Voicemail.objects.all()] == ["n1-1764000000.2"]
    assert sorted(path.name for path in (tmp_path / "fallback").glob("*.wav")) == ["n1-1764000000.2.wav"]
    assert [message.voicemail_id for message in Message.objects.all()] == [Voicemail.objects.get().pk]
    assert retention.erase(tmp_path, now) == 0
