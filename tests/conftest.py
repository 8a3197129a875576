# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all tests share: the choice of database.

``pytest`` runs on SQLite. ``scripts/with_postgresql.py pytest --only-database`` runs the tests that use the database on
PostgreSQL; ``make test`` does both.
"""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

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


@pytest.fixture(autouse=True)
def _own_language_and_zone() -> None:
    """A request or a command of an earlier test leaves its language and its time zone in the thread; the next must not meet them."""
    translation.deactivate()
    timezone.deactivate()
