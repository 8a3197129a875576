# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The environment of a program that a test starts as an administrator would."""

from __future__ import annotations

import os


def outside(**settings: object) -> dict[str, str]:
    """This one's, without the tests' own Django settings and folder; the choice of database stays.

    ``settings`` are ``VAXEL_…`` without the prefix: ``outside(VAR=folder, WEB_PORT=8123)``.
    """
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    kept = {
        name: value for name, value in kept.items() if not name.startswith("VAXEL_") or name == "VAXEL_DATABASE_URL"
    }
    return kept | {f"VAXEL_{name}": str(value) for name, value in settings.items()}
