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
            shown = str(default).lower() if isinstance(default, bool) else str(default)
            assert value == (shown if default not in ("", None) else "empty"), name


def test_every_command_in_the_documents_exists() -> None:
    known = {command.name for command in COMMANDS}
    for document in DOCUMENTS:
        named = set(re.findall(r"`(?:bin/)?vaxel ([a-z]+)", document.read_text()))
        assert named <= known, document


def test_the_units_run_what_the_guide_installs() -> None:
    root = re.search(r"python3 -m venv (\S+)", GUIDE)
    assert root
    units = {path.name: path.read_text() for path in (ROOT / "deploy" / "systemd").iterdir()}
    commands = {name: re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE) for name, text in units.items()}
    assert {name: found for name, found in commands.items() if found} == {
        "vaxel-engine.service": [f"{root[1]}/bin/vaxel engine run"],
        "vaxel-controller.service": [f"{root[1]}/bin/vaxel controller"],
        "vaxel-web.service": [f"{root[1]}/bin/vaxel web"],
        "vaxel-worker.service": [f"{root[1]}/bin/vaxel worker"],
    }
    for name, text in units.items():
        assert f"Documentation=file:{root[1]}/share/vaxel/administration.md" in text
        if name.endswith(".service"):
            # Where the settings are: in .env.
            assert f"WorkingDirectory={root[1]}\n" in text


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
