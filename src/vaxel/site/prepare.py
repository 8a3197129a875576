# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``vaxel prepare``: everything that must be there before the parts can start. Repeating it costs a second or two.

The engine is fetched if it is missing, the browser assets built if they changed, the database brought up to date, the
demonstration loaded into an empty one, the announcements made, and the engine's configuration written.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vaxel.site import preflight
from vaxel.site.config import Config
from vaxel.site.terminal import Progress, say, step
from vaxel.site.words import _

SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def prepare(config: Config, *, demonstration: bool) -> None:
    """Raises ``PlainError`` or ``EngineError`` with what is in the way. May be interrupted anywhere and repeated."""
    preflight.check_folder(config.var)
    # Fetching the engine and building the assets wait for the network, not for each other.
    with ThreadPoolExecutor(max_workers=2) as pool:
        fetched = [pool.submit(engine, config), pool.submit(assets)]
        for task in fetched:
            task.result()
    database(config)
    if demonstration:
        demo(config)
    announcements_and_configuration(config)


def engine(config: Config) -> None:
    from vaxel.telephony.engine import install

    with step("engine", _("in place")):
        install(config, Progress("engine"))


def assets() -> None:
    from vaxel.console.assets_build import build

    # Node.js brings its own list of authorities; the administrator has told the system which to trust.
    if SYSTEM_AUTHORITIES.exists():
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_AUTHORITIES))

    with step("console", _("in place")):
        build(Progress("console"))


def database(config: Config) -> None:
    preflight.check_database(config)
    from vaxel.site.start_django import django

    django()
    from django.core.management import call_command

    with step("database", _("up to date")):
        call_command("migrate", interactive=False, verbosity=0)


def demo(config: Config) -> None:
    from vaxel.absence.calendars import demo as calendars
    from vaxel.directory import audit, demo
    from vaxel.directory.models import Organisation

    if not Organisation.objects.exists():
        say("demo", _("loading five municipalities into the empty database"))
        with step("demo", _("loaded")):
            demo.load(config)
    elif moved := demo.move_on():
        say("demo", _("{n} absences moved on with the days").format(n=moved))
    if Organisation.objects.filter(pk__in=demo.MUNICIPALITIES).exists():
        # Anew at each start: the addresses in it may have been changed.
        demo.write_demo_json(config)
        with audit.silent():
            calendars.read_all(config)


def announcements_and_configuration(config: Config) -> None:
    from vaxel.directory import snapshot
    from vaxel.telephony import engine, prompts

    loaded = snapshot.load()
    organisations = [(o.id, o.language, o.welcome_phrase) for o in loaded.world.organisations.values()]
    with step("prompts", _("in place")):
        prompts.build(organisations, config)
    with step("engine", _("configured")):
        engine.write(loaded.engine, config)
