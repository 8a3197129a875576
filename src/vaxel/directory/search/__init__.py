# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding people, groups and units while somebody types (``docs/directory-search.md``).

``index`` and what it uses know no framework and no database. ``feed`` reads the directory for it, ``live`` keeps this process's index up to
date. ``columns``, whose functions stand here, searches people in the database, for pages and the administration.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaxel.directory.search.columns import later, narrow, people, refresh, watch

__all__ = ["later", "narrow", "people", "refresh", "watch"]


def __getattr__(name: str) -> Any:
    # Only now: the index is used, and measured, where there is no database.
    if name in __all__:
        return getattr(import_module("vaxel.directory.search.columns"), name)
    raise AttributeError(name)
