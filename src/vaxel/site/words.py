# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words for a person at a terminal, in her own language (``LC_ALL``, ``LC_MESSAGES``, ``LANG``); English otherwise.

The catalogues are Django's. Django itself isn't loaded: ``vaxel --help`` must be quick, and work when a part is broken.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from vaxel.site.catalogues import LOCALE, compile_stale


@lru_cache(maxsize=1)
def _catalogue() -> gettext.NullTranslations:
    compile_stale()
    return gettext.translation("django", localedir=LOCALE, fallback=True)


def _(text: str) -> str:
    """``text`` in the language of the person at the terminal."""
    return _catalogue().gettext(text)


def language() -> str:
    """The code of the language of the person at the terminal, among those there are."""
    found = gettext.find("django", localedir=str(LOCALE))
    return Path(found).parents[1].name if found else "en"
