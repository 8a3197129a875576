# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The documents say what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaxel.site.cli import COMMANDS
from vaxel.site.config import Config

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDE = (ROOT / "docs" / "administration.md").read_text()


def test_the_guide_lists_every_setting_and_no_other() -> None:
    table = GUIDE.partition("## Settings")[2].partition("\n## ")[0]
    named = set(re.findall(r"`VAXEL_([A-Z_]+)`", table))
    assert named == {name.upper() for name in Config.model_fields}


def test_the_guide_gives_the_settings_defaults() -> None:
    table = GUIDE.partition("## Settings")[2]
    for line in table.splitlines():
        names = re.findall(r"`VAXEL_([A-Z_]+)`", line.split("|")[1]) if line.startswith("| `VAXEL") else []
        values = [value.strip().strip("`") for value in line.split("|")[2].split(",")] if names else []
        for name, value in zip(names, values, strict=True):
            default = Config.model_fields[name.lower()].default
            assert value == (str(default) if default not in ("", None) else "empty"), name


def test_every_command_in_the_documents_exists() -> None:
    known = {command.name for command in COMMANDS}
    for document in DOCUMENTS:
        named = set(re.findall(r"`(?:\.venv/bin/)?vaxel ([a-z]+)", document.read_text()))
        assert named <= known, document


def links() -> Iterator[tuple[str, str]]:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
            if not re.match(r"[a-z]+:", target):
                yield str(document.relative_to(ROOT)), target


@pytest.mark.parametrize(("document", "target"), sorted(set(links())))
def test_links_lead_somewhere(document: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    file = (ROOT / document).parent / path if path else ROOT / document
    assert file.exists()
    if anchor:
        assert anchor in set(anchors(file.read_text()))


def anchors(text: str) -> Iterator[str]:
    for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
