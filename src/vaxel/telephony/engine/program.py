# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the engine's programs are, and how to start them: the system's own, or those unpacked in a folder.

The unpacked ones come from a newer Debian than the machine's, so they are started through their own dynamic linker with their own
libraries and see nothing of the system's.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine.errors import NotInstalledError
from vaxel.telephony.engine.modules import REQUIRED, WANTED
from vaxel.telephony.engine.places import places

OLDEST_MINOR = {20: 15, 21: 10, 22: 5}
"""Major version → the first minor one that takes ARI's requests over its WebSocket (ADR 6). Later majors all do."""
TRANSFERS_MINOR = {20: 17, 21: 12, 22: 7}
"""The same for the first that leaves a telephone's transfers to the application, and survives them (asterisk#1467)."""
SAFE_TRANSFERS_MINOR = {20: 21, 22: 11}
"""The same for the first that a REFER with ``Refer-Sub: false`` doesn't end (asterisk#2021). The 21 series was never mended."""
MUSIC = "asterisk-moh-opsound-wav"
"""Debian's package of music on hold."""
MARKER = "vaxel-engine.json"
"""Written last, inside an unpacked root: a root without it is half-installed and never used."""


@dataclass(frozen=True)
class Architecture:
    """A processor family under Debian's name, with the multiarch folder and the dynamic linker of its packages."""

    debian: str
    triplet: str
    linker: str


ARCHITECTURES = {
    "x86_64": Architecture("amd64", "x86_64-linux-gnu", "ld-linux-x86-64.so.2"),
    "aarch64": Architecture("arm64", "aarch64-linux-gnu", "ld-linux-aarch64.so.1"),
}


def architecture() -> Architecture | None:
    """This machine's, or None when no engine is packaged for it."""
    return ARCHITECTURES.get(platform.machine())


@dataclass(frozen=True)
class Asterisk:
    """The telephone engine. ``command`` starts it; ``documentation`` is the XML without which it refuses to start."""

    command: tuple[str, ...]
    version: str
    modules: Path
    documentation: Path

    def has(self, module: str) -> bool:
        return (self.modules / f"{module}.so").is_file()


@dataclass(frozen=True)
class Programs:
    """What a machine has of the engine; None for what it lacks. ``speech`` is the command of the speech synthesiser."""

    asterisk: Asterisk | None
    speech: tuple[str, ...] | None
    music: Path | None


@dataclass(frozen=True)
class Root:
    """A folder of unpacked packages."""

    path: Path
    architecture: Architecture

    @property
    def libraries(self) -> Path:
        return self.path / "usr/lib" / self.architecture.triplet

    @property
    def linker(self) -> Path:
        return self.libraries / self.architecture.linker

    def command(self, program: str) -> tuple[str, ...]:
        """How to start ``program`` (a path inside the root) with the root's own libraries."""
        return (str(self.linker), *self._linker_options, str(self.path / program))

    def needed_libraries(self, binary: Path) -> tuple[list[Path], list[str]]:
        """The libraries that ``binary`` loads, and the names of those that are missing."""
        found, missing = [], []
        listing = subprocess.run(
            [str(self.linker), *self._linker_options, "--list", str(binary)],
            capture_output=True,
            text=True,
            check=False,
        )
        for line in listing.stdout.splitlines():
            name, arrow, target = line.strip().partition(" => ")
            if arrow and target.startswith("not found"):
                missing.append(name)
            elif arrow:
                found.append(Path(target.rsplit(" (", 1)[0]))
        if listing.returncode and not missing:
            missing.append((listing.stderr or listing.stdout).strip().splitlines()[-1])
        return found, missing

    @property
    def marker(self) -> Path:
        return self.path / MARKER

    @property
    def contents(self) -> dict[str, str]:
        """Package → version of a complete root. Empty when it isn't complete, or lacks modules that an older Vaxel didn't use."""
        try:
            marker = json.loads(self.marker.read_text())
            packages: dict[str, str] = marker["packages"]
            return packages if {*REQUIRED, *WANTED} <= {*marker["modules"]} else {}
        except (OSError, ValueError, KeyError):
            return {}

    def complete(self, packages: dict[str, str]) -> None:
        """Say that the root is whole, with ``packages`` (name → version)."""
        self.marker.write_text(json.dumps({"packages": packages, "modules": [*REQUIRED, *WANTED]}, indent=1))

    @property
    def asterisk(self) -> Asterisk | None:
        if "asterisk" not in self.contents:
            return None
        return Asterisk(
            command=self.command("usr/sbin/asterisk"),
            version=upstream_version(self.contents["asterisk"]),
            modules=self.libraries / "asterisk/modules",
            documentation=self.path / "usr/share/asterisk/documentation",
        )

    @property
    def speech(self) -> tuple[str, ...] | None:
        if "espeak-ng" not in self.contents:
            return None
        return (*self.command("usr/bin/espeak-ng"), f"--path={self.libraries}")

    @property
    def music(self) -> Path | None:
        return self.path / "usr/share/asterisk/moh" if MUSIC in self.contents else None

    @property
    def _linker_options(self) -> tuple[str, ...]:
        # Without --inhibit-cache a library that the root lacks would be taken from the system, of another age.
        # The speech synthesiser is linked with libpulse, which keeps a part of itself in a folder of its own.
        path = f"{self.libraries}:{self.libraries / 'pulseaudio'}"
        return ("--inhibit-cache", "--library-path", path)


def upstream_version(debian_version: str) -> str:
    """``1:22.10.1+dfsg-1`` → ``22.10.1``."""
    return re.sub(r"^\d+:", "", debian_version).split("+")[0].split("~")[0].split("-")[0]


def unpacked(config: Config) -> Root | None:
    kind = architecture()
    return Root(places(config).root, kind) if kind else None


def new_enough(version: str) -> bool:
    """Whether an Asterisk of this version (``22.5.0``) speaks as the controller does."""
    return _at_least(version, OLDEST_MINOR)


def leaves_transfers_to_us(version: str) -> bool:
    """Whether an Asterisk of this version tells the controller of a telephone's transfer key."""
    return _at_least(version, TRANSFERS_MINOR)


def survives_transfers(version: str) -> bool:
    """Whether no telephone can end an Asterisk of this version by its transfer key, whatever it sends."""
    return not version.startswith("21.") and _at_least(version, SAFE_TRANSFERS_MINOR)


def _at_least(version: str, oldest: dict[int, int]) -> bool:
    major, minor = (*map(int, version.strip(".").split(".")), 0)[:2]
    return minor >= oldest[major] if major in oldest else major > max(oldest)


def system_asterisk() -> Asterisk | None:
    """The machine's own Asterisk, when it is new enough and has the modules that we load."""
    program = shutil.which("asterisk", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
    if program is None:
        return None
    answer = subprocess.run([program, "-V"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"Asterisk (?:certified/)?([\d.]+)", answer)
    if version is None or not new_enough(version[1]):
        return None
    for folder in (*Path("/usr/lib").glob("*/asterisk/modules"), Path("/usr/lib/asterisk/modules")):
        found = Asterisk((program,), version[1], folder, Path("/usr/share/asterisk/documentation"))
        if not found.documentation.is_dir():
            found = Asterisk((program,), version[1], folder, Path("/var/lib/asterisk/documentation"))
        if found.documentation.is_dir() and all(found.has(module) for module in REQUIRED):
            return found
    return None


def _system_music() -> Path | None:
    for folder in (Path("/usr/share/asterisk/moh"), Path("/var/lib/asterisk/moh")):
        if folder.is_dir() and any(file.is_file() for file in folder.iterdir()):
            return folder
    return None


def find(config: Config) -> Programs:
    """What this machine has. The system's own is preferred, unless ``VAXEL_ENGINE_ROOT`` names a folder."""
    root = unpacked(config)
    private = Programs(root.asterisk, root.speech, root.music) if root else Programs(None, None, None)
    espeak = shutil.which("espeak-ng")
    system = Programs(system_asterisk(), (espeak,) if espeak else None, _system_music())
    first, second = (private, system) if config.engine_root else (system, private)
    return Programs(
        asterisk=first.asterisk or second.asterisk,
        speech=first.speech or second.speech,
        music=first.music or second.music,
    )


def asterisk(config: Config) -> Asterisk:
    """Raises :class:`NotInstalledError` when there is none."""
    found = find(config).asterisk
    if found is None:
        raise NotInstalledError(
            _("There is no telephone engine in {folder}: run `vaxel engine install`.").format(
                folder=places(config).root
            )
        )
    return found


def speech(config: Config) -> tuple[str, ...]:
    """The speech synthesiser's command. Raises :class:`NotInstalledError` when there is none."""
    found = find(config).speech
    if found is None:
        raise NotInstalledError(
            _("There is no speech synthesiser in {folder}: run `vaxel engine install`.").format(
                folder=places(config).root
            )
        )
    return found
