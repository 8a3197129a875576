# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's life: start, stop, crash, and the sentences that say what is in the way."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.ari import Ari
from tests.engine.conftest import make_config, make_model
from tests.engine.waiting import until
from tests.environment import outside
from tests.ports import LOOPBACK, free_ports
from vaxel.site.config import Config
from vaxel.telephony import engine


@pytest.fixture
def config(engine_root: Path | None) -> Iterator[Config]:
    """An installation of its own, configured and stopped."""
    folder = Path(tempfile.mkdtemp(prefix="vaxel-life-"))
    config = make_config(folder / "var", engine_root)
    engine.write(make_model(free_ports(1)[0]), config)
    yield config
    engine.stop(config)
    shutil.rmtree(folder)


def test_it_starts_in_seconds_and_says_nothing_is_wrong(config: Config) -> None:
    begun = time.monotonic()
    status = engine.start(config)
    assert time.monotonic() - begun < 8
    assert status.ready
    assert status.calls == 0
    assert int(status.version.split(".")[0]) >= 20
    assert Ari(config).get("asterisk/ping")["ping"] == "pong"
    log = (engine.places(config).log / "messages").read_text()
    assert not re.findall(r".*(?:ERROR|WARNING).*", log)


def typed(config: Config, action: str) -> tuple[int, str]:
    """``vaxel engine ACTION`` as an administrator types it: its exit code, and what it says."""
    settings = {name.upper(): value for name, value in config.model_dump(exclude_unset=True, exclude_none=True).items()}
    program = [sys.executable, "-m", "vaxel", "engine", action]
    done = subprocess.run(program, env=outside(**settings), capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def test_its_commands_say_how_it_stands_and_tell_programs_by_their_exit_code(config: Config) -> None:
    code, told = typed(config, "check")
    assert (code, "nothing stands in the way" in told) == (0, True)
    code, told = typed(config, "status")
    assert (code, "not running" in told) == (1, True)
    now = engine.start(config)
    code, told = typed(config, "status")
    assert (code, f"takes calls. Process {now.pid}, channels: 0" in told) == (0, True)
    assert f"Asterisk {now.version}" in told
    engine.stop(config)
    with socket.create_server((config.sip_host, config.sip_port)):
        code, told = typed(config, "check")
    assert (code, "VAXEL_SIP_PORT" in told) == (1, True)
    assert "nothing stands in the way" not in told


def test_a_second_start_finds_it_running(config: Config) -> None:
    assert engine.start(config) == engine.start(config)


def test_stopping_it_twice_is_no_error(config: Config) -> None:
    engine.start(config)
    assert engine.stop(config)
    assert not engine.stop(config)
    assert engine.status(config) == engine.Status(None)


def test_it_starts_again_after_it_was_killed(config: Config) -> None:
    first = engine.start(config).pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    until(lambda: engine.status(config).pid is None, 5, "its end")
    second = engine.start(config)
    assert second.ready
    assert second.pid != first


def test_one_that_hangs_is_killed(config: Config) -> None:
    process = engine.start(config).pid
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    assert engine.stop(config, timeout=1)
    assert not Path(f"/proc/{process}").exists() or "Z" in Path(f"/proc/{process}/stat").read_text().split()[2]
    assert engine.start(config).ready


def test_in_the_foreground_it_ends_at_sigterm(config: Config) -> None:
    environment = {
        **os.environ,
        "VAXEL_VAR": str(config.var),
        "VAXEL_ARI_PORT": str(config.ari_port),
        "VAXEL_SIP_PORT": str(config.sip_port),
        "VAXEL_SIP_TLS_PORT": str(config.sip_tls_port),
        **({"VAXEL_ENGINE_ROOT": str(config.engine_root)} if config.engine_root else {}),
    }
    command = [sys.executable, "-c", "from vaxel.site.cli import main; main(['engine', 'run'])"]
    with subprocess.Popen(command, env=environment, cwd=config.var, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: engine.status(config).ready, 30, "readiness")
            assert engine.status(config).pid == process.pid
        finally:
            process.terminate()
        assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("kind", "setting"), [(socket.SOCK_DGRAM, "VAXEL_SIP_PORT"), (socket.SOCK_STREAM, "VAXEL_ARI_PORT")]
)
def test_a_taken_port_is_named(config: Config, kind: socket.SocketKind, setting: str) -> None:
    port = config.sip_port if setting == "VAXEL_SIP_PORT" else config.ari_port
    with socket.socket(socket.AF_INET, kind) as other:
        other.bind((LOOPBACK, port))
        if kind == socket.SOCK_STREAM:
            other.listen()
        with pytest.raises(engine.StartError, match=rf"port {port} .*{setting}"):
            engine.start(config)
    assert engine.status(config).pid is None


def test_logs_that_have_grown_are_begun_anew_and_the_oldest_go(config: Config) -> None:
    engine.start(config)
    folder = engine.places(config).log
    assert not engine.rotate_logs(config)
    for _ in range(8):
        assert engine.rotate_logs(config, largest=0)
    assert (folder / "messages").exists()
    assert len(list(folder.glob("messages.*"))) == 4
    engine.stop(config)
    assert not engine.rotate_logs(config, largest=0)


def test_a_command_to_a_stopped_engine_says_so(config: Config) -> None:
    with pytest.raises(engine.CommandError, match="not running"):
        engine.command(config, "core ping")


def test_without_configuration_it_says_how_to_make_one(tmp_path: Path, engine_root: Path | None) -> None:
    with pytest.raises(engine.StartError, match="no configuration"):
        engine.start(make_config(tmp_path / "var", engine_root))


def test_without_an_engine_it_says_how_to_fetch_one(tmp_path: Path) -> None:
    config = Config(var=tmp_path, engine_root=tmp_path / "nothing")
    if engine.find(config).asterisk is None:
        with pytest.raises(engine.NotInstalledError, match="vaxel engine install"):
            engine.start(config)


def test_a_path_too_long_for_a_socket_is_refused(tmp_path: Path, engine_root: Path | None) -> None:
    with pytest.raises(engine.ConfigurationError, match="VAXEL_VAR"):
        engine.write(make_model(1), make_config(tmp_path / ("x" * 100), engine_root))
