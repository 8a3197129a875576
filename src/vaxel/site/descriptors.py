# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many files and connections a process may have open."""

from __future__ import annotations

import resource

WANTED = 65_536


def raise_limit() -> None:
    """Use what the machine allows: at the usual 1,024, so many silent connections would leave none for the database and the journal."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(hard, WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
