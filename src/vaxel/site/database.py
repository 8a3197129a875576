# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The database that ``VAXEL_DATABASE_URL`` names, in the shape of Django's ``DATABASES``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# IMMEDIATE: a transaction that reads first and writes later would otherwise fail at once with "database is locked" when
# another process wrote in between, however long the time-out. synchronous=NORMAL loses no consistency under WAL.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000",
}


def database(url: str, var: Path) -> dict[str, Any]:
    """Settings for ``url``; without one, SQLite in ``var``. Raises ``ValueError`` for a URL that isn't PostgreSQL's."""
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(var / "vaxel.sqlite3"), "OPTIONS": SQLITE_OPTIONS}
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(
            f"VAXEL_DATABASE_URL begins with “{parts.scheme}”, but only postgresql:// is known. "
            "Leave it empty to use SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "vaxel",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Under ASGI each request has a thread of its own, so connections are kept in a pool, not in threads.
        "OPTIONS": {**dict(parse_qsl(parts.query)), "pool": {"min_size": 1, "max_size": 16, "timeout": 5}},
    }


def is_there() -> bool:
    """Has this installation a database? To connect to SQLite's would make it."""
    from vaxel.site.config import config

    return bool(config().database_url) or (config().var / "vaxel.sqlite3").exists()


def drop_dead_connections() -> None:
    """For threads outside a request, before they use the database: a connection that broke or is too old is replaced."""
    from django.db import close_old_connections, connection

    # Inside a transaction Django would take the connection for a forgotten one, and close it. One to a file doesn't break, and who
    # closes the last has SQLite copy its whole log into the database and wait for the disk.
    if not connection.in_atomic_block and (connection.vendor != "sqlite" or connection.errors_occurred):
        close_old_connections()
