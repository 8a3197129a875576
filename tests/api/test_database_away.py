# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the web answers while the database is away: refusals that say so, and nothing hangs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
answers = {}
for path in ("/healthz", "/readyz", "/api/v1/calls", "/log-in"):
    response = client.get(path, headers={"authorization": "Bearer vxa_x"})
    answers[path] = [response.status_code, response.headers["Content-Type"]]
print(json.dumps(answers))
"""


def answers(var: Path, database_url: str) -> dict[str, list[object]]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VAXEL_")},
        "VAXEL_VAR": str(var),
        "VAXEL_DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "vaxel.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_without_its_server_the_web_says_so(tmp_path: Path) -> None:
    told = answers(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1")
    assert told["/healthz"][0] == 200
    assert told["/readyz"][0] == 503
    assert told["/api/v1/calls"] == [503, "application/problem+json"]
    assert told["/log-in"][0] == 200


def test_without_its_tables_the_web_is_not_ready(tmp_path: Path) -> None:
    told = answers(tmp_path, "")
    assert told["/readyz"][0] == 503
    assert told["/api/v1/calls"] == [503, "application/problem+json"]
