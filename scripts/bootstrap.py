#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make the Python environment ``.venv`` from the locked dependencies, on a machine that has nothing but Python 3.11.

Needs neither pip nor venv, which a fresh Debian lacks: fetches one pinned wheel of uv, checks its sha256, unpacks it to
``.tools/uv`` and lets it install what ``uv.lock`` names. Does nothing, and needs no network, when the environment is up
to date.

Usage: ``python3 scripts/bootstrap.py [--dev]``. Exit code 1 and one sentence on stderr when it can't be done.
"""

from __future__ import annotations

import configparser
import errno
import hashlib
import html.parser
import io
import os
import platform
import shutil
import ssl
import stat
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

UV_VERSION = "0.13.9"
UV_WHEELS = {
    "x86_64": (
        "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        "uv-0.13.9-py3-none-manylinux_2_28_aarch64.whl",
        "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",
    ),
}
DEFAULT_INDEX = "https://pypi.org/simple"
NEEDED_BYTES = 1_000_000_000
"""For ``make run``: packages 490 MB, uv 40 MB, then what the engine and the rest ask for (``site/preflight.py``). README says it, too."""
NEEDED_BYTES_DEV = 1_300_000_000
"""With the developers' tools, 300 MB more."""
ROOT = Path(__file__).resolve().parent.parent
UNFINISHED = ROOT / ".tools" / "environment-unfinished"
"""There while packages are being installed, and still there when that was interrupted."""


class BootstrapError(Exception):
    """Says in one sentence what happened, to what, and what to do."""


def main(arguments: list[str]) -> int:
    try:
        bootstrap(dev="--dev" in arguments)
    except BootstrapError as problem:
        print(f"vaxel: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def bootstrap(dev: bool) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 — the machine's Python, not the project's
        raise BootstrapError(
            f"Python 3.11 or newer is needed, this is {platform.python_version()}: install a newer python3 "
            "(Debian 12 has it), or run `make PYTHON=python3.x …`."
        )
    stamp = ROOT / ".venv" / ".vaxel"
    wanted = fingerprint(dev)
    if environment_works() and wanted in stamp_lines(stamp) and not UNFINISHED.exists():
        return
    try:
        remove_what_an_interruption_left()
        check_room(NEEDED_BYTES_DEV if dev else NEEDED_BYTES)
        uv = install_uv()
        UNFINISHED.touch()
        synchronise(uv, dev)
        UNFINISHED.unlink()
        # An environment with the developers' tools serves `make run` as well.
        stamp.write_text("\n".join({wanted, fingerprint(False)}) + "\n")
    except OSError as error:
        raise BootstrapError(describe(error)) from error


def fingerprint(dev: bool) -> str:
    """What the environment was made from: the lock, the project, and whether with the developers' tools."""
    content = b"".join((ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml"))
    return f"{hashlib.sha256(content).hexdigest()} {'dev' if dev else 'run'}"


def stamp_lines(stamp: Path) -> list[str]:
    return stamp.read_text().splitlines() if stamp.exists() else []


def environment_works() -> bool:
    """A Python that was upgraded or removed under the environment leaves a dead link."""
    return (ROOT / ".venv" / "bin" / "python").exists() and (ROOT / ".venv" / "bin" / "vaxel").exists()


def remove_what_an_interruption_left() -> None:
    """uv takes a package whose files are only half there for installed, and would leave it so."""
    if UNFINISHED.exists():
        say("the last installation was interrupted: beginning anew")
        shutil.rmtree(ROOT / ".venv", ignore_errors=True)


def check_room(needed: int) -> None:
    if not os.access(ROOT, os.W_OK):
        raise BootstrapError(
            f"{ROOT} can't be written to by this user: change its owner, or work in a clone of your own."
        )
    status = os.statvfs(ROOT)
    free = status.f_bavail * status.f_frsize
    if free < needed:
        raise BootstrapError(
            f"the disk with {ROOT} is nearly full: {free // 1_000_000} MB free, {needed // 1_000_000} MB needed; "
            "make room and start again."
        )


def install_uv() -> Path:
    """Path of the pinned uv, fetched if it isn't there yet."""
    target = ROOT / ".tools" / "uv" / UV_VERSION / "uv"
    if target.exists():
        return target
    name, digest = wheel_for(platform.machine())
    say(f"fetching uv {UV_VERSION}, the installer of Python packages (17 MB)")
    wheel = fetch_wheel(name)
    if hashlib.sha256(wheel).hexdigest() != digest:
        raise BootstrapError(
            f"{name} isn't the file that this version of Vaxel was tested with (its sha256 differs): "
            "something between here and the package index changes files; nothing was installed."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"uv.{os.getpid()}")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        draft.write_bytes(archive.read(f"uv-{UV_VERSION}.data/scripts/uv"))
    draft.chmod(draft.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    draft.replace(target)
    return target


def wheel_for(machine: str) -> tuple[str, str]:
    try:
        return UV_WHEELS[machine]
    except KeyError:
        raise BootstrapError(
            f"there is no Vaxel for {machine} processors: it runs on {' and '.join(UV_WHEELS)}."
        ) from None


def fetch_wheel(name: str) -> bytes:
    """The wheel's bytes, found by its file name on the package index (PEP 503), to be checked by the caller."""
    page_url = f"{index_url().rstrip('/')}/uv/"
    links = Links()
    links.feed(get(page_url).decode())
    for href in links.hrefs:
        location = urllib.parse.urljoin(page_url, href)
        path = urllib.parse.urlsplit(location).path
        if urllib.parse.unquote(path.rsplit("/", 1)[-1]) == name:
            return get(urllib.parse.urldefrag(location).url)
    raise BootstrapError(
        f"the package index {host_of(page_url)} doesn't have {name}: set UV_DEFAULT_INDEX to one that has."
    )


class Links(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.hrefs += [value for name, value in attrs if name == "href" and value]


def index_url() -> str:
    """The package index that uv or pip are set to on this machine."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return os.environ[name]
    return pip_setting("index-url") or DEFAULT_INDEX


def pip_setting(name: str) -> str:
    home = Path.home()
    files = ["/etc/pip.conf", home / ".pip" / "pip.conf", home / ".config" / "pip" / "pip.conf"]
    parser = configparser.RawConfigParser()
    parser.read([str(file) for file in files])
    return parser.get("global", name, fallback="")


def trust() -> ssl.SSLContext:
    """The certificates that uv or pip are told to trust; the system's otherwise."""
    for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        if os.environ.get(name):
            return ssl.create_default_context(cafile=os.environ[name])
    return ssl.create_default_context(cafile=pip_setting("cert") or None)


def get(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "text/html, */*;q=0.1"})
    try:
        with urllib.request.urlopen(request, timeout=60, context=trust()) as response:
            content: bytes = response.read()
            return content
    except urllib.error.HTTPError as error:
        raise BootstrapError(
            f"the package index {host_of(url)} answered {error.code} {error.reason}: try again later."
        ) from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise BootstrapError(
            f"can't reach the package index {host_of(url)} ({reason}): connect the machine to the network, set "
            "HTTPS_PROXY if there is a proxy, or set UV_DEFAULT_INDEX to a mirror, and start again."
        ) from error


def host_of(url: str) -> str:
    """Without a user and password, which mirrors' addresses may carry."""
    return urllib.parse.urlsplit(url).hostname or url


def synchronise(uv: Path, dev: bool) -> None:
    say("installing the Python packages that uv.lock names")
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}
    environment.pop("VIRTUAL_ENV", None)
    # A network that inspects TLS has its own authority, which the administrator has given the system, not uv.
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    if not os.access(Path.home(), os.W_OK):
        environment["UV_CACHE_DIR"] = str(ROOT / ".tools" / "cache")
    command = [str(uv), "sync", "--frozen", "--inexact"]
    if not dev:
        command += ["--no-group", "dev"]
    if not environment_works():
        command += ["--python", sys.executable]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        raise BootstrapError(
            "the Python packages couldn't be installed: the lines above say why; start again when that is mended."
        )


def describe(error: OSError) -> str:
    where = error.filename or ROOT
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full: {where} couldn't be written; make room and start again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where} can't be written to by this user: change its owner, or work in a clone of your own."
    return f"{where}: {error.strerror or error}."


def say(text: str) -> None:
    print(f"vaxel: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
