# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel prove`` on the demonstration."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from vaxel.policy.load import shipped
from vaxel.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.clause("AAB-2", "AAB-7", "AAB-24")
def test_no_call_to_the_five_municipalities_ends_nowhere_for_a_year(capsys: pytest.CaptureFixture[str]) -> None:
    began = time.perf_counter()
    assert main(["prove", "--year", "--json"]) == 0
    assert time.perf_counter() - began < 60
    proved = json.loads(capsys.readouterr().out)
    assert proved["organisations"] == ["aabenraa", "falkenberg", "gnosjo", "sollentuna", "tana"]
    assert proved["counterexamples"] == []
    assert proved["numbers"] > 150
    assert proved["end"] - proved["start"] == 365 * 86_400


def test_each_shipped_policy_would_be_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(shipped()["sollentuna"], encoding="utf-8")
    assert main(["prove", "sollentuna", "--week", "--policy", str(path)]) == 0
    assert "every way ends" in capsys.readouterr().out
    assert main(["prove", "tana", "--policy", str(path)]) == 1
    assert "this policy is for “sollentuna”" in capsys.readouterr().err
