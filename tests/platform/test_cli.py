# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``vaxel``: quick, and plain when something is wrong."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import outside
from tests.ports import free_ports
from vaxel.site import cli
from vaxel.site.config import Config
from vaxel.site.plain import PlainError, explain
from vaxel.site.preflight import addresses

PORTS = ("WEB_PORT", "LIVE_PORT", "ARI_PORT", "SIP_PORT", "SIP_TLS_PORT")
ROOT = Path(__file__).resolve().parents[2]


def vaxel(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "vaxel", *arguments]
    return subprocess.run(
        program, env=outside(**settings), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_help_names_every_command_without_loading_any() -> None:
    result = vaxel("--help")
    assert result.returncode == 0
    for command in cli.COMMANDS:
        assert command.name in result.stdout
    program = (
        "import sys; from vaxel.site.cli import main; main([]); "
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'aiohttp')])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: command.name)
def test_every_command_has_its_help(command: cli.Command) -> None:
    assert importlib.import_module(command.module).register
    result = vaxel(command.name, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith(f"usage: vaxel {command.name}")


def test_an_unknown_command_is_refused() -> None:
    result = vaxel("dance")
    assert result.returncode == 2
    assert "dance" in result.stderr


def test_a_setting_that_does_not_fit_is_named() -> None:
    result = vaxel("check", WEB_PORT="eighty")
    assert result.returncode == 1
    assert result.stderr.startswith("vaxel: a setting doesn't fit: VAXEL_WEB_PORT:")
    assert "Traceback" not in result.stderr


def test_a_database_that_is_no_postgresql_is_refused_in_words(tmp_path: Path) -> None:
    result = vaxel("migrate", VAR=str(tmp_path), DATABASE_URL="mysql://localhost/vaxel")
    assert result.returncode == 1
    assert "only postgresql:// is known" in result.stderr


def test_a_full_disk_and_a_forbidden_folder_are_said_in_words(tmp_path: Path) -> None:
    assert "is full: make room" in str(explain(OSError(28, "No space left on device"), tmp_path))
    assert "can't be written to" in str(explain(PermissionError(13, "Permission denied", "/x"), tmp_path))


def test_a_database_that_is_away_is_said_in_words(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    result = vaxel("migrate", VAR=tmp_path, DATABASE_URL=f"postgresql://vaxel:hush@127.0.0.1:{port}/vaxel")
    assert result.returncode == 1
    assert result.stderr.startswith("vaxel: PostgreSQL can't be used:")
    assert "hush" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_disk_that_fills_up_in_the_middle_is_said_in_words() -> None:
    from django.db import OperationalError

    assert "is full: make room" in cli.sentence(OperationalError("database or disk is full"))


def test_a_part_that_is_not_installed_is_named() -> None:
    absent = cli.Command("absent", "", "vaxel.nowhere.commands")
    with pytest.raises(PlainError, match=r"`vaxel absent` needs vaxel\.nowhere"):
        cli.register(absent, None)


def test_check_tells_programs_what_needs_doing(tmp_path: Path) -> None:
    result = vaxel("check", "--json", VAR=tmp_path, **dict(zip(PORTS, free_ports(5), strict=True)))
    findings = {finding["subject"]: finding for finding in json.loads(result.stdout)}
    assert result.returncode == 1
    assert findings["folder"]["good"]
    assert "vaxel migrate" in findings["database"]["text"]
    assert not findings["web"]["good"]


def test_unless_it_is_set_otherwise_everything_listens_on_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("VAXEL_")]:
        monkeypatch.delenv(name)
    usual = Config(_env_file=None)  # type: ignore[call-arg]
    hosts = {name: getattr(usual, name) for name in Config.model_fields if name.endswith("_host")}
    assert hosts == dict.fromkeys(("web_host", "live_host", "ari_host", "sip_host"), "127.0.0.1")
    assert {address.host for address in addresses(usual, engine_runs=False)} == {"127.0.0.1"}


def test_check_tells_of_records_of_calls_that_could_not_be_read(tmp_path: Path) -> None:
    unread = tmp_path / "engine" / "spool" / "fallback" / "n1-1764000000.7.bad"
    unread.parent.mkdir(parents=True)
    unread.touch()
    assert str(unread) in vaxel("check", VAR=str(tmp_path)).stdout


def test_check_warns_of_addresses_that_are_open_without_encryption(tmp_path: Path) -> None:
    result = vaxel("check", VAR=str(tmp_path), WEB_HOST="0.0.0.0")
    assert "open to the network: web 0.0.0.0:8000" in result.stdout
    assert "speak without encryption" in result.stdout
