# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The migrations lead to the tables that the models describe, from nothing and from an installation made before they were put together."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_migrations(settings: Settings) -> None:
    settings.MIGRATION_MODULES = {}  # The other tests do without.


def test_no_change_of_a_model_is_without_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_an_installation_made_before_the_migrations_were_put_together_needs_nothing() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for key, migration in MigrationLoader(None).disk_migrations.items():
        for earlier in migration.replaces or [key]:
            recorder.record_applied(*earlier)
    for app in ("calls", "directory", "duties"):
        recorder.record_applied(app, "0001_initial")  # Their first one had the same name.
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    recorder.flush()  # It is no model's table, and would stay as it is for the tests that follow.
    assert waiting == []
