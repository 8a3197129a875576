# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which announcement a number means, who may record it by telephone, and what becomes of what was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rows
from tests.prompts.test_recordings import file
from vaxel.directory.audit import AuditEntry
from vaxel.directory.models import Organisation, Person, Role, RoleKind
from vaxel.prompts import by_phone, files, selectors
from vaxel.prompts.models import Recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def tana() -> Organisation:
    return rows.organisation(
        "tana", main="4760000100", language="nb", country="NO", time_zone="Europe/Oslo", announced_in="se nb"
    )


@pytest.fixture
def head(tana: Organisation) -> Person:
    found = rows.person(tana, "Karin Leder", "4760000109", user=rows.user("karin"))
    Role.objects.create(organisation=tana, person=found, kind=RoleKind.MANAGER)
    return found


@pytest.mark.parametrize(("keyed", "number"), [("*71*12#", 12), ("*71*1003", 1003), ("*71#", None), ("*71*x#", None)])
def test_what_was_keyed(keyed: str, number: int | None) -> None:
    assert by_phone.number_of(keyed) == number


def test_every_announcement_has_a_number_of_its_own_in_each_language(tana: Organisation) -> None:
    prompts = [
        prompt
        for language in selectors.languages(tana)
        for _, rows_ in selectors.listed(tana, language)
        for prompt in rows_
    ]
    numbers = [selectors.number(prompt) for prompt in prompts]
    assert len(set(numbers)) == len(numbers)
    for prompt, number in zip(prompts, numbers, strict=True):
        assert number is not None
        assert selectors.numbered(tana, number) == (prompt.language, prompt.name)
    assert selectors.numbered(tana, 1) == ("nb", "welcome")
    assert selectors.numbered(tana, 1001) == ("se", "welcome")


@pytest.mark.parametrize("number", [0, 999, 1000, 2001, 99999])
def test_other_numbers_mean_nothing(tana: Organisation, number: int) -> None:
    assert selectors.numbered(tana, number) is None


def test_only_who_answers_for_the_whole_may_record_for_it(tana: Organisation, head: Person) -> None:
    anna = rows.person(tana, user=rows.user("anna"))
    assert by_phone.announcement(head.key, 1001) == ("se", "welcome")
    assert by_phone.announcement(anna.key, 1001) is None
    assert by_phone.announcement("p999", 1) is None
    assert by_phone.announcement(rows.person(tana, "Uten Bruker", "4760000108").key, 1) is None


def test_what_was_said_is_kept_in_her_name(tana: Organisation, head: Person, tmp_path: Path) -> None:
    said = tmp_path / "said.wav"
    said.write_bytes(file())
    assert by_phone.keep(head.key, f"/greeting-{head.key}", said)
    entry = AuditEntry.objects.get(kind="recording")
    assert (entry.who, entry.via, entry.user) == ("Karin Leder", "phone", head.user)
    assert by_phone.keep(head.key, "se/welcome", said)
    assert (files.folder() / "own/tana/se/welcome.wav").exists()


def test_silence_and_lost_files_are_not_kept(head: Person, tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    for name in ("broken.wav", "lost.wav"):
        assert not by_phone.keep(head.key, f"/greeting-{head.key}", tmp_path / name)
    assert not Recording.objects.exists()
