#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run every test on SQLite, then those that use the database once more on PostgreSQL, and print the counts together.

Arguments go to pytest: ``run_tests.py -k voicemail``. A skipped test counts as a failure: what a test needs is
installed by ``system_packages.py``, so a skip means that something was not tested.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FAILED = 1
NO_TESTS = 5
FEW = 8
"""More failures than this are no matter of a slow machine."""
SIDE_BY_SIDE = ("-n", str(min(4, 2 * (os.cpu_count() or 1))), "--dist", "loadfile", "--no-loadscope-reorder")
"""Those that take longest wait for telephones most of the time. A file stays with one process, which has an engine of its own."""


class Counts(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: object) -> Counts:
        assert isinstance(other, Counts)
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


def main(arguments: list[str]) -> int:
    begun = time.monotonic()
    if not fetch():
        return 1
    postgresql = [sys.executable, str(ROOT / "scripts" / "with_postgresql.py")]
    codes = []
    total = Counts()
    for title, before, options in (
        ("every test, on SQLite", [], []),
        ("the database tests, on PostgreSQL", postgresql, ["--only-database"]),
    ):
        print(f"vaxel: {title}", flush=True)
        code, counts = run(before, [*options, *arguments])
        codes.append(code)
        total += counts
    wrong = any(code not in (0, NO_TESTS) for code in codes) or total.failed or total.skipped or not total.passed
    print(f"vaxel: {time.monotonic() - begun:.0f} s, {'something is wrong' if wrong else 'all is well'}")
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    print(f"total: {total.passed} passed, {total.failed} failed{skipped}")
    return 1 if wrong else 0


def fetch() -> bool:
    """What takes the network or minutes, before any test waits for it: engine and announcements, kept for the next time, and the assets."""
    engine = {**os.environ, "VAXEL_VAR": str(ROOT / ".tools" / "engine")}
    commands: tuple[tuple[list[str], dict[str, str]], ...] = (
        (["-m", "vaxel", "engine", "install"], engine),
        (["-m", "tests.engine.announcements"], dict(os.environ)),
        (["-m", "vaxel.console.assets_build"], dict(os.environ)),
        (["-m", "tests.system.prepared"], dict(os.environ)),
    )
    return all(
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=False).returncode == 0
        for arguments, environment in commands
    )


def run(before: list[str], arguments: list[str]) -> tuple[int, Counts]:
    """All side by side; a few that failed once more, alone, to tell a defect from a machine that was too slow for both.

    A test that fails beside others and passes alone is named: it waits for too short a time, or shares what it should not.
    """
    code, counts = pytest(before, [*SIDE_BY_SIDE, "--durations=15", *arguments])
    if code != FAILED or not 0 < counts.failed <= FEW:
        return code, counts
    print(f"vaxel: {counts.failed} failed beside others; once more, alone", flush=True)
    alone, again = pytest(before, ["-n", "0", "-rA", "--last-failed", "--last-failed-no-failures=none", *arguments])
    if again.passed + again.failed != counts.failed:
        return code, counts
    print(f"vaxel: {again.passed} of {counts.failed} passed alone: find out why they failed beside others", flush=True)
    return alone, Counts(counts.passed + again.passed, again.failed, counts.skipped + again.skipped)


def pytest(before: list[str], arguments: list[str]) -> tuple[int, Counts]:
    with tempfile.TemporaryDirectory(prefix="vaxel-tests-") as folder:
        report = Path(folder) / "report.xml"
        command = [*before, sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        code = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, check=False).returncode
        return code, read(report)


def read(report: Path) -> Counts:
    """Counts of a JUnit report; a run that died before writing one counts as one failure."""
    if not report.exists():
        return Counts(failed=1)
    counts = Counts()
    for suite in ET.parse(report).getroot().iter("testsuite"):
        tests, failures, errors, skipped = (
            int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
        )
        counts += Counts(tests - failures - errors - skipped, failures + errors, skipped)
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
