# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each control can be told by a policy: one model a control, named by its ``use``.

The first line of a model's docstring is the control's meaning, and stands in the published schema.
"""

from __future__ import annotations

from vaxel.policy.parameters import calls, desk, directory, duties, figures, hours, mail, offices
from vaxel.policy.terms import Strict

MODELS: tuple[type[Strict], ...] = (
    *calls.MODELS,
    *hours.MODELS,
    *duties.MODELS,
    *mail.MODELS,
    *directory.MODELS,
    *desk.MODELS,
    *offices.MODELS,
    *figures.MODELS,
)
"""Every control's parameters."""
