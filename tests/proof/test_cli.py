# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel prove`` and ``vaxel explain``, on what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.utils import translation

from tests import rows
from vaxel.directory.models import Hours
from vaxel.site.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_what_is_wrong_is_told_and_is_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    gnosjo = rows.organisation()
    rows.person(gnosjo)
    Hours.objects.create(organisation=gnosjo)  # closed every day
    assert main(["prove", "gnosjo"]) == 1
    told = capsys.readouterr().out
    assert told.index("Counterexamples") < told.index("Warnings")
    assert "Gnosjo kommun: Gnosjo kommun (+46 980 31 92 00): hears an announcement → the call ends" in " ".join(
        told.split()
    )
    assert "No operator serves Gnosjo kommun" in told
    assert "counterexample" in told.splitlines()[-1]


def test_an_unknown_organisation_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    rows.organisation()
    assert main(["prove", "gnosj"]) == 1
    assert "these there are: gnosjo" in capsys.readouterr().err


def test_a_call_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    gnosjo = rows.organisation()
    rows.person(gnosjo)
    assert main(["explain", "0980-31 92 01", "--at", "2026-11-24 10:20"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Anna Lind · +46 980 31 92 01 · Gnosjo kommun · Tuesday 24 November 2026, 10:20\n")
    assert "Rings Anna Lind for 25 seconds" in told
    assert "If nobody answers: Leaves a message in the mailbox of Anna Lind" in told


def test_a_call_is_explained_to_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    gnosjo = rows.organisation()
    rows.person(gnosjo)
    assert main(["explain", "+46980319200", "--caller", "46980319201", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["organisation"], told["internal"]) == ("gnosjo", True)
    assert [line["what"] for line in told["lines"]] == ["announce", "queue", "operator", "message"]


def test_what_is_no_number_or_no_time_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    rows.organisation()
    assert main(["explain", "hello"]) == 1
    assert "is not a telephone number" in capsys.readouterr().err
    assert main(["explain", "0980319200", "--at", "soon"]) == 1
    assert "is not a time" in capsys.readouterr().err
    assert main(["explain", "0980319299"]) == 1
    assert "The number belongs to nobody." in capsys.readouterr().out
