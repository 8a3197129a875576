# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody else writes to the database for a minute: calls go on, and their record follows. A file of its own: it takes a minute."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator

import pytest

from tests.system.ears import hear_each_other
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, EMPLOYEE, OPERATOR, Scene, codes

LOCKED_SECONDS = 60.0


@pytest.fixture
def locked_database(installation: Installation) -> Iterator[sqlite3.Connection]:
    """Somebody else writes, and does not end."""
    database = sqlite3.connect(installation.config.var / "vaxel.sqlite3", isolation_level=None, timeout=10)
    database.execute("BEGIN IMMEDIATE")
    yield database
    database.close()


def test_with_the_database_locked_for_a_minute_calls_go_on_and_their_journal_follows(
    scene: Scene, locked_database: sqlite3.Connection
) -> None:
    since = time.monotonic()
    operator, employee = scene.operator(), scene.employee()
    calls: list[str] = []
    citizen = scene.citizen()
    while time.monotonic() < since + LOCKED_SECONDS:
        call = scene.connected(citizen, operator)["id"]
        hear_each_other(citizen, CITIZEN, operator.phone, OPERATOR)
        if len(calls) == 1:
            # Even the controller may die meanwhile: what is in no database is on disk.
            scene.installation.kill("controller")
            scene.restart_controller(operator.console)
        operator.console.do("transfer", call=call, to=scene.person()["id"])
        hear_each_other(citizen, CITIZEN, employee, EMPLOYEE)
        citizen.hang_up()
        operator.console.wait_gone(call)
        calls.append(call)
    unshipped = scene.installation.rest("GET", f"calls/{calls[0]}", operator.token)[0]
    assert unshipped == 404, "the database was not locked"
    locked_database.execute("ROLLBACK")
    for number, call in enumerate(calls):
        record = scene.installation.record(call, operator.token)
        told = codes(record, "arrived", "answered", "adopted", "transferred", "ended")
        adopted = ["adopted"] if number == 1 else []
        assert told == ["arrived", "answered", *adopted, "transferred", "answered", "ended"]
