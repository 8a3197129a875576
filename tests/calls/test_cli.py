# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel calls``, as it is typed."""

from __future__ import annotations

import json

import pytest

from tests import rows
from vaxel.calls.projection import ship
from vaxel.calls.schemas import CallOut
from vaxel.site.cli import main

pytestmark = pytest.mark.django_db

OVER, GOING_ON, ELSEWHERE = "n1-1764000000.1", "n1-1764000000.2", "n1-1764000000.3"


@pytest.fixture(autouse=True)
def calls() -> None:
    ship([rows.entry(OVER, 1), rows.entry(OVER, 2, state="ended", ended=rows.START + 5, end_cause="hangup")])
    ship([rows.entry(GOING_ON, 1, started=rows.START + 10)])
    ship([rows.entry(ELSEWHERE, 1, organisation="tana", started=rows.START + 20)])


def test_they_are_listed_newest_first_with_what_became_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calls"]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.split() == ["started", "organisation", "state", "caller", "dialled", "operator", "cause"]
    assert [line.split()[2] for line in lines] == ["tana", "gnosjo", "gnosjo"]
    assert lines[-1].split()[3] == "ended"
    assert lines[-1].endswith("hangup")


def test_programs_get_them_in_the_form_of_the_rest_api(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calls", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [call["id"] for call in found] == [ELSEWHERE, GOING_ON, OVER]
    for call in found:
        assert set(call) == set(CallOut.model_fields)
        assert CallOut(**call).model_dump(mode="json") == call
    assert found[-1]["ended"].startswith("20")
    assert found[0]["ended"] is None


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--live"], [ELSEWHERE, GOING_ON]),
        (["--organisation", "gnosjo"], [GOING_ON, OVER]),
        (["--live", "--organisation", "gnosjo"], [GOING_ON]),
        (["--limit", "1"], [ELSEWHERE]),
        (["--organisation", "nowhere"], []),
    ],
)
def test_only_those_that_are_asked_for(
    capsys: pytest.CaptureFixture[str], options: list[str], shown: list[str]
) -> None:
    assert main(["calls", "--json", *options]) == 0
    assert [call["id"] for call in json.loads(capsys.readouterr().out)] == shown
