# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `make test` and its like promise: nothing is skipped in silence, and what is missing is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scripts import check_publiccode, run_benchmarks, run_tests, system_packages

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = system_packages.Package("no-such-package", "what it is for", lambda: False)
    monkeypatch.setattr(system_packages, "PACKAGES", (missing, *system_packages.PACKAGES))


@pytest.mark.usefixtures("lacking")
def test_without_root_the_one_line_to_run_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_packages, "how_to_become_root", lambda: None)
    assert system_packages.main() == 1
    said = capsys.readouterr().err
    assert ["no-such-package", "what it is for"] in [line.split(maxsplit=1) for line in said.splitlines()]
    assert said.endswith("sudo apt-get install no-such-package\n")


@pytest.mark.usefixtures("lacking")
def test_with_root_it_is_installed_and_a_failure_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed: list[list[str]] = []
    monkeypatch.setattr(system_packages, "how_to_become_root", lambda: ["sudo", "-n"])
    monkeypatch.setattr(system_packages, "install", lambda privilege, names: installed.append([*privilege, *names]))
    assert system_packages.main() == 1
    assert installed == [["sudo", "-n", "no-such-package"]]
    assert "couldn't install no-such-package" in capsys.readouterr().err


def test_everything_that_the_tests_need_is_here() -> None:
    assert [package.name for package in system_packages.PACKAGES if not package.is_here()] == []


TESTS = """
import pytest
def test_good(): pass
@pytest.mark.parametrize("n", [1, 2])
def test_bad(n): assert n == 1
@pytest.mark.skip(reason="no engine")
def test_skipped(): pass
def test_error(nothing): pass
"""


def test_failures_errors_and_skips_are_all_counted(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(TESTS)
    report = tmp_path / "report.xml"
    program = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", f"--junitxml={report}", str(tmp_path)]
    subprocess.run(program, cwd=tmp_path, capture_output=True, check=False)
    assert run_tests.read(report) == run_tests.Counts(passed=2, failed=2, skipped=1)


def test_a_run_that_died_is_a_failure(tmp_path: Path) -> None:
    assert run_tests.read(tmp_path / "none.xml") == run_tests.Counts(failed=1)


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_benchmarks.main(["no_such_thing"]) == 1
    assert "there is no benchmark no_such_thing" in capsys.readouterr().err


def test_a_benchmark_must_end_with_its_result() -> None:
    assert run_benchmarks.is_result('{"name": "call_rate", "figure": 0.9, "unit": "ratio", "goal": 0.5}')
    assert not run_benchmarks.is_result("done")
    assert not run_benchmarks.is_result("[1]")


def test_publiccode_is_checked_against_the_project() -> None:
    project = {"version": "2.0.0", "license": "EUPL-1.2"}
    found = list(check_publiccode.problems({"softwareType": "magic", "softwareVersion": "1.0"}, project))
    assert "url is missing" in found
    assert any(problem.startswith("softwareType is 'magic'") for problem in found)
    assert "softwareVersion is 1.0, but pyproject.toml says 2.0.0" in found


@pytest.mark.parametrize("target", ["help", "run", "test", "check", "bench"])
def test_make_has_the_target_and_explains_it(target: str) -> None:
    result = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert any(line.split()[0] == target for line in result.stdout.splitlines())
