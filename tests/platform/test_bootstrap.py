# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first step of ``make run``, on a machine with nothing but Python: what is in the way is said in one sentence."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.ports import free_ports
from vaxel.site import preflight
from vaxel.telephony.engine import SPACE_NEEDED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone as far as the bootstrap is concerned."""
    for name in ("scripts/bootstrap.py", "uv.lock", "pyproject.toml"):
        target = tmp_path / "clone" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    return tmp_path / "clone"


def bootstrap(clone: Path, index: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(clone), "UV_DEFAULT_INDEX": index, **more}
    # A test run in the background passes on that it ignores Ctrl-C; whoever runs this doesn't.
    program = ["env", "--default-signal=INT", sys.executable, "-I", str(clone / "scripts" / "bootstrap.py")]
    return subprocess.run(program, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A package index (PEP 503) on loopback: its folder, and its address."""
    folder = tmp_path / "index"
    (folder / "simple" / "uv").mkdir(parents=True)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}/simple"
        server.shutdown()


def program_of(clone: Path) -> ModuleType:
    """The script as a module, to be stood in for where a machine can't be brought so far."""
    found = spec_from_file_location("bootstrap", clone / "scripts" / "bootstrap.py")
    assert found
    assert found.loader
    program = module_from_spec(found)
    found.loader.exec_module(program)
    return program


@pytest.mark.parametrize(("dev", "which"), [([], "NEEDED_BYTES"), (["--dev"], "NEEDED_BYTES_DEV")])
def test_on_a_disk_that_is_nearly_full_nothing_is_fetched(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], dev: list[str], which: str
) -> None:
    program = program_of(clone)
    needed = getattr(program, which)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_bavail=needed // 4096 - 1, f_frsize=4096))
    monkeypatch.setattr(program, "install_uv", lambda: pytest.fail("fetched something"))
    assert program.main(dev) == 1
    told = f"{needed // 10**6 - 1} MB free, {needed // 10**6} MB needed; make room and start again."
    assert told in capsys.readouterr().err


def test_a_disk_that_fills_up_meanwhile_is_said_in_one_sentence(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = program_of(clone)

    def full() -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(clone / ".tools" / "uv"))

    monkeypatch.setattr(program, "install_uv", full)
    monkeypatch.setattr(program, "check_room", lambda needed: None)
    assert program.main([]) == 1
    told = f"vaxel: the disk is full: {clone}/.tools/uv couldn't be written; make room and start again.\n"
    assert capsys.readouterr().err == told


def test_the_room_that_is_asked_for_is_what_the_readme_says_and_suffices_for_what_comes_after(clone: Path) -> None:
    program = program_of(clone)
    assert f"{program.NEEDED_BYTES // 10**6} MB must be free" in (ROOT / "README.md").read_text()
    packages = 530_000_000
    assert packages + preflight.ROOM + SPACE_NEEDED <= program.NEEDED_BYTES


def test_without_network_it_says_so_and_leaves_nothing(clone: Path) -> None:
    (port,) = free_ports(1)
    result = bootstrap(clone, f"http://127.0.0.1:{port}/simple")
    assert result.returncode == 1
    assert "can't reach the package index 127.0.0.1" in result.stderr
    assert "HTTPS_PROXY" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (clone / ".venv").exists()


def test_a_password_in_the_indexs_address_is_not_printed(clone: Path) -> None:
    (port,) = free_ports(1)
    result = bootstrap(clone, f"http://user:hush@127.0.0.1:{port}/simple")
    assert "hush" not in result.stderr + result.stdout


def test_an_index_without_the_installer_is_named(clone: Path, index: tuple[Path, str]) -> None:
    folder, url = index
    (folder / "simple" / "uv" / "index.html").write_text("<a href='uv-0.0.1-py3-none-any.whl'>uv-0.0.1</a>")
    result = bootstrap(clone, url)
    assert result.returncode == 1
    assert "doesn't have uv-" in result.stderr


def test_a_changed_file_is_refused_and_not_installed(clone: Path, index: tuple[Path, str]) -> None:
    folder, url = index
    names = [
        line.strip(' ",') for line in (clone / "scripts" / "bootstrap.py").read_text().splitlines() if '.whl"' in line
    ]
    page = "".join(f"<a href='{name}#sha256=0'>{name}</a>" for name in names)
    (folder / "simple" / "uv" / "index.html").write_text(page)
    for name in names:
        (folder / "simple" / "uv" / name).write_bytes(b"not the file")
    result = bootstrap(clone, url)
    assert result.returncode == 1
    assert "sha256 differs" in result.stderr
    assert not list((clone / ".tools").rglob("uv"))


def test_an_index_that_answers_with_an_error_is_named(clone: Path, index: tuple[Path, str]) -> None:
    _folder, url = index
    result = bootstrap(clone, f"{url}/elsewhere")
    assert "answered 404" in result.stderr
    assert result.returncode == 1


def test_an_old_python_is_told_what_is_needed(clone: Path) -> None:
    program = "import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['bootstrap']; "
    program += f"runpy.run_path({str(clone / 'scripts' / 'bootstrap.py')!r}, run_name='__main__')"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Python 3.11 or newer is needed" in result.stderr


def test_an_environment_that_is_up_to_date_needs_no_network(clone: Path) -> None:
    lock = (ROOT / ".venv" / ".vaxel").read_text() if (ROOT / ".venv" / ".vaxel").exists() else ""
    script = clone / "scripts" / "bootstrap.py"
    print_stamp = (
        f"import sys; sys.path.insert(0, {str(script.parent)!r}); import bootstrap; print(bootstrap.fingerprint(False))"
    )
    stamp = subprocess.run([sys.executable, "-c", print_stamp], capture_output=True, text=True, check=True).stdout
    for name in ("python", "vaxel"):
        (clone / ".venv" / "bin" / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / ".venv" / "bin" / name).touch()
    (clone / ".venv" / ".vaxel").write_text(stamp + lock)
    (port,) = free_ports(1)
    result = bootstrap(clone, f"http://127.0.0.1:{port}/simple")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_after_an_interrupted_installation_the_environment_is_made_anew(clone: Path) -> None:
    script = clone / "scripts" / "bootstrap.py"
    version = re.search(r'UV_VERSION = "(.*)"', script.read_text())
    assert version
    uv = clone / ".tools" / "uv" / version[1] / "uv"
    uv.parent.mkdir(parents=True)

    uv.write_text("#!/bin/sh\nmkdir -p .venv && touch .venv/half && kill -INT $PPID\n")
    uv.chmod(0o755)
    assert bootstrap(clone, "http://127.0.0.1:9/simple").returncode == 130

    uv.write_text("#!/bin/sh\nmkdir -p .venv/bin && touch .venv/bin/python .venv/bin/vaxel\n")
    result = bootstrap(clone, "http://127.0.0.1:9/simple")
    assert result.returncode == 0, result.stderr
    assert "beginning anew" in result.stdout
    assert not (clone / ".venv" / "half").exists()

    uv.unlink()
    result = bootstrap(clone, "http://127.0.0.1:9/simple")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", ""), "nothing is left to do"
