# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom people mean by what they write or dial."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from vaxel.callcontrol import arrivals
from vaxel.directory.snapshot import Snapshot

DIRECTORY = Path(__file__).parents[1] / "traces/directory.json"
WORLD = msgspec.json.decode(DIRECTORY.read_bytes(), type=Snapshot).world


@pytest.mark.parametrize("organisation", sorted(WORLD.organisations))
def test_an_operator_who_dials_or_passes_on_to_112_reaches_112(organisation: str) -> None:
    """It once became +46 112, as any national number does."""
    [target] = arrivals.targets("112", organisation, WORLD)
    assert target.endpoint == f"PJSIP/112@trunk-{WORLD.trunk}"
    [transferred] = arrivals.transfer_targets("112", organisation, organisation, WORLD)
    assert transferred.endpoint == target.endpoint
