# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The environment of a program that a test starts as an administrator would, and a database for it."""

from __future__ import annotations

import os
import uuid
from urllib.parse import urlsplit, urlunsplit


def outside(**settings: object) -> dict[str, str]:
    """This one's, without the tests' own Django settings and folder; the choice of database stays.

    ``settings`` are ``VAXEL_…`` without the prefix: ``outside(VAR=folder, WEB_PORT=8123)``.
    """
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    kept = {
        name: value for name, value in kept.items() if not name.startswith("VAXEL_") or name == "VAXEL_DATABASE_URL"
    }
    return kept | {f"VAXEL_{name}": str(value) for name, value in settings.items()}


def own_database() -> str:
    """URL of a new, empty database: on the PostgreSQL that the tests run on, or "" for SQLite in the installation's folder."""
    server = os.environ.get("VAXEL_DATABASE_URL", "")
    if not server:
        return ""
    import psycopg

    name = f"vaxel_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
