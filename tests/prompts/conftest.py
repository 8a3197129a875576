# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from tests.engine.conftest import engine_root

__all__ = ["engine_root"]
