# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all tests share: the choice of database.

``pytest`` runs on SQLite. ``scripts/with_postgresql.py pytest --only-database`` runs the tests that use the database on
PostgreSQL; ``make test`` does both.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone, translation

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.system.installation import Installation

DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that use the database")


def uses_database(item: pytest.Item) -> bool:
    fixtures = frozenset(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "database"))
    return marked or bool(fixtures & DATABASE_FIXTURES)


def _turn(item: pytest.Item) -> int:
    """What waits for telephones and processes comes first: side by side with others, the last to run must not be the longest."""
    parts = item.path.parts
    if "browser" in parts:
        # Playwright leaves an event loop running in the thread of the tests, in which others can't start one.
        return 2
    return 0 if {"system", "platform", "engine"} & set(parts) else 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=_turn)
    if not config.getoption("--only-database"):
        return
    left_out = [item for item in items if not uses_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if uses_database(item)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays to the end: the collector of garbage needn't go through it again and again, a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(autouse=True)
def _own_language_and_zone() -> None:
    """A request or a command of an earlier test leaves its language and its time zone in the thread; the next must not meet them."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session")
def engine_root() -> Path | None:
    """Where the engine's programs are; fetched when this machine has none. None when the system's own is used."""
    from tests.engine import announcements

    announcements.make()
    return announcements.engine_root()


@pytest.fixture(scope="session")
def installation_session(engine_root: Path | None) -> Iterator[Installation]:
    """One for all tests of a process, those in a browser too."""
    from tests.engine.sip import require
    from tests.system.installation import Installation

    require("baresip", "sipp")
    installation = Installation(engine_root)
    try:
        installation.start("web")
        yield installation
    finally:
        installation.stop()


@pytest.fixture
def installation(installation_session: Installation) -> Iterator[Installation]:
    """All parts running; every test leaves the engine clean."""
    yield installation_session
    for part in ("controller", "web"):
        if part not in installation_session.parts:
            installation_session.start_part(part)
    installation_session.ari.assert_clean()


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The five municipalities in the database, loaded once for a file of tests; each test's own changes are undone."""
    from django.db import transaction

    from vaxel.directory import demo
    from vaxel.site.config import config

    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(config())
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
