# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django for a command that has not been started by it."""

from __future__ import annotations

import gc
import os


def django() -> None:
    """Django, set up with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vaxel.site.settings")
    # What is imported stays: to look for garbage meanwhile is a tenth of the start.
    gc.disable()
    try:
        import django

        django.setup()
    finally:
        gc.enable()
