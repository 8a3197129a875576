# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel policy``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import rows
from tests.policy.samples import clause, hours, text
from vaxel.directory.models import Hours
from vaxel.policy.load import shipped
from vaxel.policy.models import PolicyVersion
from vaxel.policy.schema import text as schema
from vaxel.site.cli import main

ROOT = Path(__file__).resolve().parents[2]
RINGS = text(clause("LIL-1", 'use = "ring-limit"\nrings = 5'))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lillby.toml"
    path.write_text(RINGS)
    return path


@pytest.mark.parametrize("country", ["SE", "NO", "DK"])
def test_a_new_file_is_good_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str], country: str) -> None:
    path = tmp_path / "storby.toml"
    assert main(["policy", "new", str(path), "--country", country]) == 0
    assert main(["policy", "check", str(path)]) == 0
    assert "storby.toml: good; Storby, version 1" in capsys.readouterr().out
    assert main(["policy", "new", str(path)]) == 1
    assert "exists already" in capsys.readouterr().err
    place = path.read_text().partition("\n")[0].removeprefix("#:schema ")
    beside = json.loads((tmp_path / place).read_text())
    assert (beside["$id"], beside["title"]) == ("urn:vaxel:policy", "Vaxel policy")


def test_a_new_file_in_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "new", str(tmp_path / "nowhere" / "storby.toml")]) == 1
    assert "No such file or directory" in capsys.readouterr().err


def test_a_control_is_told_with_its_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "controls", "ring-limit"]) == 0
    assert "Sollentuna kommun: SOL-2" in capsys.readouterr().out


def test_check_tells_all_that_is_wrong_and_fails(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(RINGS.replace("rings", "rigns"))
    assert main(["policy", "check", str(file)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in told] == [f"{file}:21"]
    assert "Did you mean `rings`?" in told[0]


def test_check_tells_of_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", str(tmp_path / "nothing.toml")]) == 1
    assert "nothing.toml: No such file or directory" in capsys.readouterr().err


def test_the_five_are_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", *(str(ROOT / "policies" / f"{name}.toml") for name in shipped())]) == 0
    assert "PAR" not in capsys.readouterr().err


@pytest.mark.django_db
def test_a_policy_is_activated_listed_and_reported(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows.organisation("lillby")
    assert main(["policy", "activate", str(file), "--yes", "--by", "Eva", "--note", "Council, 2 March"]) == 0
    assert "Lillby kommun: version 1 is in force from" in capsys.readouterr().out
    assert main(["policy", "activate", str(file)]) == 0
    assert "Version 1 is there already." in capsys.readouterr().out
    version = PolicyVersion.objects.get()
    assert (version.activated_by, version.note) == ("Eva", "Council, 2 March")
    assert main(["policy", "list", "lillby"]) == 0
    assert "Eva" in capsys.readouterr().out
    assert main(["policy", "report", "lillby", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["versions"][0]["version"] == "1"
    assert main(["policy", "report", "lillby", "--csv", "--from", "2026-01-01"]) == 0
    assert capsys.readouterr().out.startswith("clause,state,")


@pytest.mark.django_db
def test_a_broken_file_is_not_activated(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows.organisation("lillby")
    file.write_text(RINGS.replace("rings = 5", "rings = 500"))
    assert main(["policy", "activate", str(file), "--yes"]) == 1
    assert "found 500; expected at most 20." in capsys.readouterr().err
    assert not PolicyVersion.objects.exists()


@pytest.mark.django_db
def test_what_changes_is_shown_and_nothing_without_a_yes(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = rows.organisation("lillby")
    rows.operator(home)
    rows.person(home)
    assert main(["policy", "activate", str(file), "--yes"]) == 0
    capsys.readouterr()
    week = 'week.mon-fri = "08:00-16:00"'
    limit = 'use = "ring-limit"\nrings = 3\n[[clause.control]]\nuse = "ring-limit"\nrings = 4\nunits = ["Bygg"]'
    Hours.objects.create(organisation=home, week=[[[540, 720]]] * 7)
    file.write_text(text(hours(week), clause("LIL-1", limit)).replace('version = "1"', 'version = "2"'))
    assert main(["policy", "activate", str(file)]) == 1
    told = capsys.readouterr()
    assert "Nothing has been put in force: there is no terminal to ask at." in told.err
    assert "ring-limit › rings: 5 → 3" in told.out
    assert "Telephone hours: new" in told.out
    assert "Lillby kommun" in told.out
    assert ": 09:00-12:00 → 08:00-16:00\n" in told.out
    # Lines are broken where they are full, and the file's address, which is another at each run, takes up a part of one.
    assert "The hours that people have entered for Lillby kommun are lost" in " ".join(told.out.split())
    assert "Monday 09:00–12:00" in told.out
    assert "more days within the year." in told.out
    assert "Anna Lind, +46 980 31 92 01" in told.out
    assert "Rings Anna Lind for 18 seconds [LIL-1]" in told.out
    assert "the directory has no unit “Bygg”" in told.out
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    assert main(["policy", "activate", str(file)]) == 1
    assert PolicyVersion.objects.count() == 1
    monkeypatch.setattr("builtins.input", lambda _question: "Yes")
    assert main(["policy", "activate", str(file)]) == 0
    assert [version.version for version in PolicyVersion.objects.filter(replaced_at=None)] == ["2"]


@pytest.mark.django_db
def test_a_policy_that_would_leave_callers_ringing_is_not_asked_about(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows.organisation("lillby")
    file.write_text(text(hours('week.mon = "closed"'), clause("LIL-1", 'use = "opening-hours"')))
    assert main(["policy", "activate", str(file), "--yes"]) == 1
    assert "without saying when to ring again" in capsys.readouterr().err
    assert not PolicyVersion.objects.exists()


@pytest.mark.django_db
def test_where_there_is_an_installation_a_file_is_held_against_its_directory(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(text(clause("LIL-1", 'use = "ring-limit"\nrings = 5\nunits = ["Bygg"]')))
    monkeypatch.setattr("vaxel.site.database.is_there", lambda: False)
    assert main(["policy", "check", str(file)]) == 0
    assert "directory" not in capsys.readouterr().out, "there is no database yet"
    monkeypatch.setattr("vaxel.site.database.is_there", lambda: True)
    assert main(["policy", "check", str(file)]) == 0
    assert "there is no organisation “lillby” in this installation" in capsys.readouterr().out
    home = rows.organisation("lillby")
    assert main(["policy", "check", str(file)]) == 0
    assert f"{file}:22: LIL-1 › ring-limit › units: the directory has no unit “Bygg”." in capsys.readouterr().out
    Hours.objects.create(organisation=home, week=[[[480, 960]]] * 5 + [[], []])
    file.write_text(text(clause("LIL-1", 'use = "call-back"\ndeadline = { within = "hours", count = 4 }')))
    assert main(["policy", "check", str(file)]) == 1
    assert "closed at a stretch (64 h)" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_unknown_organisation_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    rows.organisation("lillby")
    assert main(["policy", "report", "storby"]) == 1
    assert "There is no organisation storby; there are: lillby." in capsys.readouterr().err


def test_the_published_schema_is_current_and_the_files_point_to_it() -> None:
    assert (ROOT / "docs" / "policy.schema.json").read_text() == schema(), (
        "write it anew: vaxel policy schema > docs/policy.schema.json"
    )
    for written in shipped().values():
        assert written.startswith("#:schema ../docs/policy.schema.json\n")
