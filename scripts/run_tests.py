#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run every test on SQLite, and those that use the database once more on PostgreSQL, and print the counts together.

Tests with telephones wait most of the time, but must not be kept waiting when sound comes; the others only compute. So all kinds
run side by side, and those that compute take what the telephones leave of the processors.

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
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = (sys.executable, str(ROOT / "scripts" / "with_postgresql.py"))
FAILED = 1
NO_TESTS = 5
NOT_RUN = 2
FEW = 8
"""More failures than this are no matter of a slow machine."""
END_TO_END = "tests/browser/end_to_end"
WITH_TELEPHONES = ("tests/system", "tests/engine", "tests/platform", END_TO_END)


@dataclass(frozen=True)
class Part:
    """Some of the tests, by ``processes`` side by side. A file stays with one process, which has an engine of its own.

    ``patient``: it gives way to those with telephones. ``first``: the number of its first process, by which parts
    that run at once take different ports. ``borrows``: the programs that make what its tests would otherwise wait for.
    """

    title: str
    arguments: tuple[str, ...]
    processes: int
    first: int = 0
    before: tuple[str, ...] = ()
    patient: bool = False
    borrows: tuple[str, ...] = ()

    def command(self) -> list[str]:
        cache = f"cache_dir={ROOT / '.pytest_cache' / self.title.replace(' ', '-')}"
        return [
            *(("nice", "-n", "10") if self.patient else ()),
            *self.before,
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-o",
            cache,
            *self.arguments,
        ]


STREAMS = (
    (
        Part(
            "telephones, engine and processes, on SQLite",
            WITH_TELEPHONES,
            3,
            borrows=("tests.engine.announcements", "tests.system.prepared"),
        ),
    ),
    (Part("the browser, on SQLite", ("tests/browser", f"--ignore={END_TO_END}"), 1, first=3, patient=True),),
    (
        Part(
            "everything else, on SQLite",
            ("tests", *(f"--ignore={one}" for one in (*WITH_TELEPHONES, "tests/browser"))),
            2,
            first=4,
            patient=True,
        ),
        Part("the database tests, on PostgreSQL", ("--only-database",), 2, first=4, before=POSTGRESQL, patient=True),
    ),
)
"""At once; the parts of each one after the other."""


class Counts(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: object) -> Counts:
        assert isinstance(other, Counts)
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


def main(arguments: list[str]) -> int:
    begun = time.monotonic()
    # Tests start a hundred programs: half of what it takes to start one is compiling it, if what was compiled may not be kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not all(made(one) for one in ("vaxel.console.assets_build", "vaxel engine install")):
        return 1
    with ThreadPoolExecutor(len(STREAMS)) as pool, stopped_with_us():
        streams = [pool.submit(run, parts, arguments, parts is STREAMS[0]) for parts in STREAMS]
        done = [result for results in streams for result in results.result()]
    # Once the machine is quiet.
    ended = [again(part, arguments, code, counts) for part, code, counts in done]
    total = sum((counts for _, counts in ended), Counts())
    wrong = any(code not in (0, NO_TESTS) for code, _ in ended) or total.failed or total.skipped or not total.passed
    print(f"vaxel: {time.monotonic() - begun:.0f} s, {'something is wrong' if wrong else 'all is well'}")
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    print(f"total: {total.passed} passed, {total.failed} failed{skipped}")
    return 1 if wrong else 0


_running: list[subprocess.Popen[str]] = []


@contextmanager
def stopped_with_us() -> Iterator[None]:
    """A session of its own doesn't hear of Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        for process in _running:
            process.terminate()
        raise


def made(command: str) -> bool:
    """Whether a program of ours has made what tests borrow: what takes the network or minutes, kept for the next time."""
    engine = {**os.environ, "VAXEL_VAR": str(ROOT / ".tools" / "engine")}
    return subprocess.run([sys.executable, "-m", *command.split()], cwd=ROOT, env=engine, check=False).returncode == 0


def run(parts: tuple[Part, ...], arguments: list[str], show: bool) -> list[tuple[Part, int, Counts]]:
    """One after the other. Without ``show``, what each prints is shown when it has ended, so that two at once don't mix."""
    done = []
    for part in parts:
        print(f"vaxel: {part.title}", flush=True)
        begun = time.monotonic()
        if not all(made(one) for one in part.borrows):
            done.append((part, NOT_RUN, Counts(failed=1)))
            continue
        side_by_side = ["-n", str(part.processes), "--dist", "loadfile", "--no-loadscope-reorder", "--durations=15"]
        code, counts, printed = pytest(part, [*side_by_side, *arguments], show)
        print(f"{printed}vaxel: {part.title}: {time.monotonic() - begun:.0f} s", flush=True)
        done.append((part, code, counts))
    return done


def again(part: Part, arguments: list[str], code: int, counts: Counts) -> tuple[int, Counts]:
    """A few that failed once more, alone, to tell a defect from a machine that was too slow for all.

    A test that fails beside others and passes alone is named: it waits for too short a time, or shares what it should not.
    """
    if code != FAILED or not 0 < counts.failed <= FEW:
        return code, counts
    print(f"vaxel: {part.title}: {counts.failed} failed beside others; once more, alone", flush=True)
    only = ["-n", "0", "-rA", "--last-failed", "--last-failed-no-failures=none"]
    alone, found, _ = pytest(part, [*only, *arguments], show=True)
    if found.passed + found.failed != counts.failed:
        return code, counts
    print(f"vaxel: {found.passed} of {counts.failed} passed alone: find out why they failed beside others", flush=True)
    return alone, Counts(counts.passed + found.passed, found.failed, counts.skipped + found.skipped)


def pytest(part: Part, arguments: list[str], show: bool) -> tuple[int, Counts, str]:
    """Exit code, counts and what was printed, unless it was shown."""
    with tempfile.TemporaryDirectory(prefix="vaxel-tests-") as folder:
        report = Path(folder) / "report.xml"
        process = subprocess.Popen(
            [*part.command(), f"--junitxml={report}", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "FIRST_TEST_PROCESS": str(part.first)},
            stdout=None if show else subprocess.PIPE,
            stderr=None if show else subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=part.patient,
        )
        _running.append(process)
        if part.patient:
            # Linux may share the processors out by session and not by process (sched(7), autogroup).
            with suppress(OSError):
                Path(f"/proc/{process.pid}/autogroup").write_text("10")
        printed, _ = process.communicate()
        return process.returncode, read(report), printed or ""


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
