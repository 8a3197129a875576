# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fetching the engine: what stands in the way is said in a sentence, and nothing half-installed is left.

That it succeeds is shown by every other test here, which run the engine that it fetched.
"""

from __future__ import annotations

import http.server
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaxel.site.config import Config
from vaxel.telephony import engine
from vaxel.telephony.engine import installation, packages, program


@pytest.fixture
def bare(tmp_path: Path) -> Config:
    """An installation on a machine without an engine."""
    return Config(var=tmp_path / "var", engine_root=tmp_path / "var/engine/root")


@pytest.fixture(autouse=True)
def _machine_without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "system_asterisk", lambda: None)


def use_mirror(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(packages, "system_mirrors", lambda: iter([address]))
    monkeypatch.setattr(packages, "DEFAULT_MIRROR", address)


def assert_refused(config: Config, *words: str) -> None:
    with pytest.raises(engine.InstallError) as refused:
        engine.install(config)
    sentence = str(refused.value)
    assert "\n" not in sentence
    for word in words:
        assert word in sentence
    assert engine.find(config).asterisk is None
    home = engine.places(config).home
    assert [path.name for path in home.iterdir() if path.name != ".install.lock"] == []


def test_no_network(bare: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    use_mirror(monkeypatch, "http://127.0.0.1:9/debian")
    assert_refused(bare, "no connection", "try again")


def test_a_host_name_that_does_not_resolve(bare: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    use_mirror(monkeypatch, "http://mirror.invalid/debian")
    assert_refused(bare, "no connection")


def test_too_little_room(bare: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "SPACE_NEEDED", 1 << 60)
    assert_refused(bare, "MB free", "VAXEL_VAR")


def test_a_processor_without_packages(bare: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert_refused(bare, "riscv64", "x86_64")


def test_missing_keys(bare: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packages, "KEYRINGS", (tmp_path / "nothing.gpg",))
    assert_refused(bare, "debian-archive-keyring")


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A mirror on loopback: its address and the folder of its suite."""
    suite = tmp_path / "mirror/debian/dists" / packages.SUITE
    suite.mkdir(parents=True)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path / "mirror"))  # type: ignore[arg-type]

        def log_message(self, *_arguments: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/debian", suite
    server.shutdown()


def test_a_mirror_without_the_suite_leads_on_to_debians_own(
    bare: Config, monkeypatch: pytest.MonkeyPatch, mirror: tuple[str, Path]
) -> None:
    monkeypatch.setattr(packages, "system_mirrors", lambda: iter([mirror[0]]))
    monkeypatch.setattr(packages, "DEFAULT_MIRROR", "http://127.0.0.1:9/debian")
    assert_refused(bare, "no connection", "127.0.0.1:9")


def test_an_index_that_somebody_changed(
    bare: Config, monkeypatch: pytest.MonkeyPatch, mirror: tuple[str, Path]
) -> None:
    address, suite = mirror
    genuine = next(iter([*packages.system_mirrors(), packages.DEFAULT_MIRROR]))
    with urllib.request.urlopen(f"{genuine}/dists/{packages.SUITE}/InRelease", timeout=30) as answer:
        index = answer.read()
    (suite / "InRelease").write_bytes(index.replace(b"Origin: Debian", b"Origin: Nobody", 1))
    use_mirror(monkeypatch, address)
    assert_refused(bare, "signature", "debian-archive-keyring")


def test_an_index_without_signature(bare: Config, monkeypatch: pytest.MonkeyPatch, mirror: tuple[str, Path]) -> None:
    address, suite = mirror
    (suite / "Release").write_text("Origin: Debian\nSuite: testing\nCodename: forky\nSHA256:\n")
    use_mirror(monkeypatch, address)
    assert_refused(bare, "signature")


def test_a_root_without_its_marker_does_not_count(
    bare: Config, engine_root: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine_root is None:
        pytest.fail("this machine has an Asterisk of its own, so there is no fetched root to look at")
    root = engine.places(bare).root
    shutil.copytree(engine_root, root, symlinks=True)
    assert engine.find(bare).asterisk is not None
    (root / program.MARKER).unlink()
    assert engine.find(bare).asterisk is None


def test_leftovers_of_a_killed_installation_are_removed(bare: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    leftover = engine.places(bare).home / f"{installation.WORK_PREFIX}abc/root/usr"
    leftover.mkdir(parents=True)
    use_mirror(monkeypatch, "http://127.0.0.1:9/debian")
    assert_refused(bare, "no connection")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("E: You don't have enough free space in /x/archives/.", "disk"),
        ("dpkg-deb: error: subprocess was killed\nwrite: No space left on device", "disk"),
        ("W: GPG error: http://x forky InRelease: NO_PUBKEY 6ED0E7B82643E131", "signature"),
        ("E: Failed to fetch http://x/a.deb  Hash Sum mismatch", "Damage"),
        ("E: Failed to fetch http://x/a.deb  Temporary failure resolving 'x'", "connection"),
        ("E: something new", "something new"),
        ("", "no reason given"),
    ],
)
def test_each_of_apts_complaints_becomes_one_sentence(said: str, word: str) -> None:
    sentence = packages.explain(said, "the index")
    assert word in sentence
    assert "\n" not in sentence


def test_the_machines_own_mirror_is_found_in_both_formats(tmp_path: Path) -> None:
    lists = tmp_path / "sources.list.d"
    lists.mkdir()
    (lists / "debian.sources").write_text(
        "Types: deb\nURIs: http://ftp.se.debian.org/debian\nSuites: trixie trixie-updates\nComponents: main\n\n"
        "Types: deb\nURIs: http://security.debian.org/debian-security\nSuites: trixie-security\nComponents: main\n"
    )
    (lists / "other.list").write_text("deb https://packages.example.org/apt stable main\n")
    (tmp_path / "sources.list").write_text(
        "# deb http://commented/debian trixie main\n"
        "deb [arch=amd64 signed-by=/k.gpg] http://deb.debian.org/debian/ trixie main contrib\n"
        "deb http://snapshot.debian.org/archive/debian/20260101/debian trixie main\n"
        "deb cdrom:[Debian]/ trixie main\n"
    )
    assert list(packages.system_mirrors(tmp_path)) == [
        "http://ftp.se.debian.org/debian",
        "http://deb.debian.org/debian/",
    ]
