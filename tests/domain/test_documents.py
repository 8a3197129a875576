# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The drawing of a call's life is of today's table."""

from __future__ import annotations

import runpy
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts/draw_lifecycle.py"


def test_the_drawn_lifecycle_is_that_of_the_table() -> None:
    drawn = runpy.run_path(str(SCRIPT))
    assert drawn["PAGE"].read_text() == drawn["page"](), "run scripts/draw_lifecycle.py"
