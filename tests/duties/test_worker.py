# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker as a process of its own: it starts, imports what lies there, and ends when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.duties.test_fallback import leave

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
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()
        worker.wait()


def _wait_for(path: Path) -> None:
    import time

    end = time.monotonic() + 30
    while not path.exists():
        if time.monotonic() > end:
            pytest.fail(f"{path.name} did not appear")
        time.sleep(0.05)
