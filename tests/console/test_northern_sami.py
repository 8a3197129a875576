# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The console's Northern Sámi words are listed for readers, and each stands for one Norwegian text."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "src/vaxel/console/assets/src/i18n"
PAGE = (ROOT / "docs/northern-sami-console.md").read_text()

SAMI = dict(re.findall(r'^  (\w+): "(.+)",$', (WORDS / "se.ts").read_text(), re.M))
NORWEGIAN_FILES = [(WORDS / name).read_text() for name in ("nb.ts", "finding-nb.ts", "steering-nb.ts")]
NORWEGIAN = {key: text for file in NORWEGIAN_FILES for key, text in re.findall(r'^  (\w+):\s*"(.+)",$', file, re.M)}


def test_the_page_lists_every_word() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| .+ \|$", PAGE, re.M)
    assert rows == [(key, NORWEGIAN[key], word) for key, word in SAMI.items()]


def test_the_page_says_how_many_of_how_many() -> None:
    everything = sum(len(re.findall(r"^  \w+:", file, re.M)) for file in NORWEGIAN_FILES)
    assert f"Of the console's {everything} texts, these {len(SAMI)} are in Northern Sámi" in PAGE


def test_a_word_stands_for_one_norwegian_text() -> None:
    """Names that only programs hear are put back into Norwegian by the word alone."""
    meant: dict[str, str] = {}
    for key, word in SAMI.items():
        assert meant.setdefault(word, NORWEGIAN[key]) == NORWEGIAN[key], f"{word}: {key}"
