# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The scripts' own unit tests, and that a build is made only when something has changed. ``make check`` checks their types."""

from __future__ import annotations

from vaxel.console import assets_build


def silent(line: str) -> None:
    pass


def test_the_scripts_unit_tests_pass(assets: None) -> None:
    assets_build.test(silent)


def test_a_second_build_does_nothing(assets: None) -> None:
    said: list[str] = []
    assets_build.build(said.append)
    assert said == []


def test_the_pages_load_nothing_from_elsewhere(assets: None) -> None:
    for path in assets_build.BUILT.iterdir():
        if path.suffix in (".css", ".js"):
            text = path.read_text()
            assert "url(http" not in text
            assert "@import" not in text
