# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A switchboard without an engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.callcontrol.switchboard import Switchboard


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Switchboard]:
    with Switchboard(tmp_path / "journal") as board:
        yield board
