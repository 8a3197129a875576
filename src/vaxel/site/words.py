# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words for a person at a terminal, in her own language (``LC_ALL``, ``LC_MESSAGES``, ``LANG``); English otherwise.

The catalogues are Django's. Django itself isn't loaded: ``vaxel --help`` must be quick, and work when a part is broken.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


@lru_cache(maxsize=1)
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("django", localedir=CATALOGUES, fallback=True)


def _(text: str) -> str:
    """``text`` in the language of the person at the terminal."""
    return _catalogue().gettext(text)
