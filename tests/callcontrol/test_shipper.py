# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Journal entries reach the database whatever befalls the disk."""

from __future__ import annotations

from collections.abc import Sequence

from tests import rows
from tests.engine.waiting import until
from vaxel.callcontrol.shipper import Shipper
from vaxel.domain.journal import Entry


def test_a_disk_that_refuses_does_not_end_the_shipping() -> None:
    """As when a flood of connections has taken all file descriptors."""
    shipped: list[int] = []

    def ship(entries: Sequence[Entry]) -> None:
        shipped.extend(entry.n for entry in entries)

    def done(segment: int) -> None:
        raise OSError(24, "Too many open files")

    shipper = Shipper(ship, done)
    shipper.start()
    for n in (1, 2):
        shipper.put(1, rows.entry(n=n))
        until(lambda n=n: n in shipped, 5, f"entry {n}")  # type: ignore[misc]
    shipper.stop(5)
