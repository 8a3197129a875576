# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each row of the table does. Handlers only compose the moves of ``draft.Draft``; a row names its handler."""

from vaxel.domain import events as e
from vaxel.domain.draft import Draft


def ignored(d: Draft, event: e.CallEvent) -> None:
    """Legal here, and without consequence."""
