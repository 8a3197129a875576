# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demonstration in a database, prepared once a checkout and lent to every installation that a test makes.

``python -m tests.system.prepared`` makes it, for those who don't want the first test to wait for it. It is made anew when the
program has changed, and every day: the demonstration's days begin today.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tests.engine import announcements
from vaxel.site.config import Config
from vaxel.telephony import engine

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".tools" / "prepared"
SOURCES = (ROOT / "src", ROOT / "policies", ROOT / "tests/policy")

EVERYBODY_AT_WORK = """
from tests.policy.variants import put_in_force
from vaxel.absence.models import Absence
from vaxel.directory.changes import raise_version
from vaxel.directory.models import Group, Hours, Organisation, Person
Absence.objects.all().delete()
Hours.objects.filter(of_policy=False).delete()
Person.objects.update(function="", last_day=None, successor=None, protected=False, mobile="", mobile_consent=None)
Group.objects.update(strategy="all", seconds=None, overflow_group=None, mailbox=False)
all = Organisation.objects
all.update(offer_seconds=6, recall_seconds=3, park_seconds=3, voicemail_seconds=5)
all.filter(id="aabenraa").update(offer_seconds=60, recall_seconds=60, park_seconds=60)
all.filter(id="sollentuna").update(voicemail_seconds=60, hold_seconds=2)
for name in ("tana", "gnosjo", "falkenberg"):
    put_in_force(name, seconds=3)
put_in_force("aabenraa", seconds=45)
put_in_force("sollentuna", seconds=1)
raise_version()
"""
"""The patience shortened, too: a direct number rings for three seconds. In Aabenraa nothing runs out while a test looks elsewhere; in
Sollentuna voice messages may be long, and nobody is held for long."""

MOVE_IN = """
from vaxel.directory import demo
from vaxel.directory.models import Trunk
from vaxel.site import prepare
from vaxel.site.config import config
Trunk.objects.update(port=config().sip_port + {trunk})
demo.write_demo_json(config())
prepare.announcements_and_configuration(config())
"""
"""What depends on the ports, which every installation has for itself."""


def lend(config: Config, as_it_is: bool) -> None:
    """Lay it where ``config``'s installation has its things, before it has any of its own: secrets are read once and kept.

    ``as_it_is``: with the absences and the patience of the demonstration.
    """
    source = make() / ("demonstration" if as_it_is else "at-work")
    shutil.copytree(source, config.var, symlinks=True)
    announcements.lend(config)


def move_in(environment: dict[str, str], trunk: int) -> None:
    """Put right what was lent. ``trunk``: from the installation's SIP port to the one to which its trunk sends calls."""
    run(MOVE_IN.format(trunk=trunk), environment)


def make() -> Path:
    """Prepare what is missing; others wait for the first to do it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / _state()
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in KEPT.glob("20*"):
                shutil.rmtree(old)
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                _prepare(Path(folder))
                Path(folder, "made").rename(made)
    return made


def _state() -> str:
    """Of the program and the day."""
    digest = sha256()
    for path in sorted(path for source in SOURCES for path in source.rglob("*") if path.suffix in (".py", ".toml")):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return f"{datetime.now(UTC).date().isoformat()}-{digest.hexdigest()[:16]}"


def _prepare(folder: Path) -> None:
    config = Config(var=folder / "var", engine_root=announcements.engine_root())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VAXEL_")},
        "DJANGO_SETTINGS_MODULE": "vaxel.site.settings",
        "VAXEL_VAR": str(config.var),
        **({"VAXEL_ENGINE_ROOT": str(config.engine_root)} if config.engine_root else {}),
    }
    announcements.lend(config)
    command = [sys.executable, "-m", "vaxel", "prepare", "--demo"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    shutil.rmtree(engine.places(config).prompts)
    shutil.copytree(config.var, folder / "made/demonstration", symlinks=True)
    run(EVERYBODY_AT_WORK, environment)
    shutil.copytree(config.var, folder / "made/at-work", symlinks=True)


def run(script: str, environment: dict[str, str], *arguments: str) -> str:
    """Python with an installation's models, in a process of its own: Django serves only one database a process."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{script}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    make()
