# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Before a start: each thing in the way is said in one sentence that names it and the remedy."""

from __future__ import annotations

import os
import pwd
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_ports
from vaxel.site import preflight
from vaxel.site.config import Config
from vaxel.site.lock import Lock, running
from vaxel.site.plain import PlainError
from vaxel.telephony.engine import SPACE_NEEDED
from vaxel.telephony.engine.program import Programs


@pytest.fixture
def config(tmp_path: Path) -> Config:
    web, live, ari, sip, tls = free_ports(5)
    return Config(
        _env_file=None, var=tmp_path, web_port=web, live_port=live, ari_port=ari, sip_port=sip, sip_tls_port=tls
    )  # type: ignore[call-arg]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken


def test_free_addresses_are_accepted_and_stay_free(config: Config) -> None:
    for _ in range(2):
        preflight.check_addresses(preflight.addresses(config, engine_runs=False))


def test_a_taken_port_is_named_with_who_holds_it_and_the_setting(config: Config, listener: socket.socket) -> None:
    taken = config.model_copy(update={"web_port": listener.getsockname()[1]})
    with pytest.raises(PlainError) as refusal:
        preflight.check_addresses(preflight.addresses(taken, engine_runs=False))
    assert f"Port {taken.web_port} (TCP), which the web needs, is already taken" in str(refusal.value)
    assert f"(process {os.getpid()})" in str(refusal.value)
    assert "VAXEL_WEB_PORT" in str(refusal.value)


def test_all_taken_ports_are_told_at_once(config: Config, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    taken = config.model_copy(update={"web_port": port, "live_port": port})
    with pytest.raises(PlainError, match=r"VAXEL_WEB_PORT(.|\n)*VAXEL_LIVE_PORT"):
        preflight.check_addresses(preflight.addresses(taken, engine_runs=False))


def test_a_taken_udp_port_is_found(config: Config) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", config.sip_port))
        with pytest.raises(PlainError, match=rf"Port {config.sip_port} \(UDP\).*VAXEL_SIP_PORT"):
            preflight.check_addresses(preflight.addresses(config, engine_runs=False))


def test_the_engines_ports_are_left_out_when_it_already_runs(config: Config) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", config.sip_port))
        preflight.check_addresses(preflight.addresses(config, engine_runs=True))


def test_two_settings_with_the_same_port_are_found(config: Config) -> None:
    same = config.model_copy(update={"live_port": config.web_port})
    with pytest.raises(PlainError, match=f"Port {config.web_port} .*VAXEL_LIVE_PORT"):
        preflight.check_addresses(preflight.addresses(same, engine_runs=False))


def test_an_address_of_another_machine_is_named_with_its_setting(config: Config) -> None:
    # 192.0.2.0/24 is for documentation (RFC 5737).
    elsewhere = config.model_copy(update={"sip_host": "192.0.2.1"})
    with pytest.raises(PlainError, match=r"192\.0\.2\.1.*isn't an address of this machine: change VAXEL_SIP_HOST"):
        preflight.check_addresses(preflight.addresses(elsewhere, engine_runs=False))


def test_a_port_that_is_no_port_is_named(config: Config) -> None:
    with pytest.raises(PlainError, match="VAXEL_WEB_PORT is 70000"):
        preflight.check_addresses(preflight.addresses(config.model_copy(update={"web_port": 70000}), engine_runs=True))


def test_too_little_room_says_how_much_there_is_and_is_needed(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"is full: make room.*12 MB free, 50 MB needed"):
        preflight.check_room(tmp_path, preflight.ROOM, free=lambda folder: 12_000_000)


def test_an_engine_that_must_be_fetched_needs_the_room_that_its_installation_asks_for(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asterisk, needed in ((None, preflight.ROOM + SPACE_NEEDED), (["asterisk"], preflight.ROOM)):
        monkeypatch.setattr("vaxel.telephony.engine.find", lambda _config, it=asterisk: Programs(it, None, None))
        assert preflight.room_needed(config) == needed


def test_the_real_room_is_measured(tmp_path: Path) -> None:
    preflight.check_room(tmp_path, needed=1)
    with pytest.raises(PlainError):
        preflight.check_room(tmp_path, needed=preflight.free_bytes(tmp_path) * 2)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(PlainError, match="is a file, not a folder"):
        preflight.check_folder(tmp_path / "var")


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Root may write anywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    yield
    if root:
        os.seteuid(0)


def test_an_unwritable_folder_is_named(ordinary_user: None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "locked"
        locked.mkdir(mode=0o555)
        with pytest.raises(PlainError, match=f"{locked} can't be written to by this user"):
            preflight.check_folder(locked)
        with pytest.raises(PlainError, match=f"{locked / 'var'} can't be written to by this user"):
            preflight.check_folder(locked / "var")


def test_a_second_start_is_told_of_the_first(config: Config) -> None:
    assert running(config) is None
    with Lock(config):
        assert running(config) == {"pid": os.getpid(), "web": config.web_url}
        with pytest.raises(PlainError, match=rf"already running here \(process {os.getpid()}, {config.web_url}\)"):
            Lock(config).__enter__()
    assert running(config) is None


def test_a_lock_left_by_a_dead_process_is_no_lock(config: Config) -> None:
    Lock(config).file.write('{"pid": 1, "web": "http://127.0.0.1:1"}')
    with Lock(config):
        pass
