# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A wheel has everything that an installation needs, or isn't built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from vaxel.console import assets_build
from vaxel.site.catalogues import compile_stale

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files that a wheel is made from, with what was made in them."""
    assets_build.build(print)
    compile_stale()
    target = tmp_path / "clone"
    shutil.copytree(ROOT / "src", target / "src", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    for folder in ("policies", "deploy", "docs"):
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("screenshots"))
    for file in ("pyproject.toml", "hatch_build.py", "README.md"):
        shutil.copy(ROOT / file, target / file)
    return target


def build(clone: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(clone / "dist")]
    return subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)


def test_it_has_scripts_translations_policies_and_units(clone: Path, tmp_path: Path) -> None:
    built = build(clone)
    assert built.returncode == 0, built.stderr
    (wheel,) = (clone / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    installed = tmp_path / "installed"
    scripts = {path.name for path in (installed / "vaxel" / "console" / "static" / "console" / "build").iterdir()}
    assert {"console.js", "console.css", "citizen.js", "citizen.css", "vaxel.css", "stamp"} <= scripts
    assert {path.name for path in installed.glob("vaxel/policy/policies/*.toml")} >= {"tana.toml", "sollentuna.toml"}
    assert len(list(installed.glob("*.data/data/share/vaxel/systemd/*.service"))) == 4

    environment = {**os.environ, "PYTHONPATH": str(installed), "LANGUAGE": "sv", "LC_ALL": "C.UTF-8"}
    where = "import vaxel.site.cli as cli; print(cli.__file__); from vaxel.console import assets_build as a; "
    where += "print(a.is_up_to_date()); cli.main(['--help'])"
    run = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    file, up_to_date, *help_text = run.stdout.splitlines()
    assert file.startswith(str(installed))
    assert up_to_date == "True", "nothing would be built where it is installed"
    assert any("kör webbservern" in line for line in help_text)


def test_without_the_browsers_scripts_it_is_not_built(clone: Path) -> None:
    (clone / "src" / "vaxel" / "console" / "assets" / "src" / "ring.ts").write_text("// changed\n")
    built = build(clone)
    assert built.returncode == 1
    assert built.stderr.strip() == (
        "vaxel: the browser's scripts aren't made, or are older than their sources: build the wheel with `make wheel`."
    )


def test_without_the_translations_it_is_not_built(clone: Path) -> None:
    next((clone / "src" / "vaxel" / "locale").glob("sv/LC_MESSAGES/*.mo")).unlink()
    built = build(clone)
    assert built.returncode == 1
    assert "vaxel: the translations aren't made" in built.stderr
