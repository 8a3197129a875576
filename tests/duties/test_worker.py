# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker as a process of its own: it starts, imports what lies there, and ends when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.duties.test_fallback import leave
from vaxel.site.heart import LONGEST_SILENCE, Heart

SCRIPT = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from tests import rows
rows.organisation()
print("ready", flush=True)
from vaxel.duties import worker
worker.IMPORT_SECONDS = 0.1
raise SystemExit(worker.main())
"""


def test_it_imports_until_it_is_asked_to_stop(tmp_path: Path) -> None:
    spool = tmp_path / "engine" / "spool"
    spool.mkdir(parents=True)
    text = leave(spool)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "VAXEL_DATABASE_URL"},
        "VAXEL_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "vaxel.site.settings",
    }
    worker = subprocess.Popen([sys.executable, "-c", SCRIPT], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        imported = text.with_suffix(".imported")
        _wait_for(imported)
        heart = Heart(tmp_path, "worker")
        _wait_for(heart.path)
        assert heart.beats()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
        assert not heart.beats()
    finally:
        worker.kill()
        worker.wait()


def test_what_a_dead_or_silent_worker_left_behind_is_no_sign_of_life(tmp_path: Path) -> None:
    heart = Heart(tmp_path, "worker")
    heart.beat()
    assert heart.beats()
    os.utime(heart.path, (0, time.time() - LONGEST_SILENCE - 1))
    assert not heart.beats()
    ended = subprocess.Popen(["true"])
    ended.wait()
    heart.path.write_text(f"{ended.pid}\n")
    assert not heart.beats()
    heart.stop()
    assert not heart.beats()


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists():
        if time.monotonic() > end:
            pytest.fail(f"{path.name} did not appear")
        time.sleep(0.05)
