# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding people, groups and units while somebody types (``docs/directory-search.md``).

``index`` and what it uses know no framework and no database. ``feed`` reads the directory for it, ``live`` keeps this process's index up to
date. ``columns``, whose functions stand here, searches people in the database, for pages and the administration.
"""

from __future__ import annotations

from vaxel.directory.search.columns import later, narrow, people, refresh, watch

__all__ = ["later", "narrow", "people", "refresh", "watch"]
