# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's folders, all under ``VAR/engine``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine.errors import ConfigurationError

# sockaddr_un.sun_path holds 108 bytes with its final zero (unix(7)).
LONGEST_SOCKET_PATH = 107


PUT_ASIDE = ".bad"
"""How the name of a file ends that could not be read."""


@dataclass(frozen=True)
class Places:
    """Where the engine of one installation has its files. All paths are absolute."""

    home: Path
    root: Path

    @property
    def etc(self) -> Path:
        """Configuration, written by :func:`vaxel.telephony.engine.write`. Holds passwords: mode 0700."""
        return self.home / "etc"

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def control(self) -> Path:
        """The socket of the engine's remote command line."""
        return self.run / "asterisk.ctl"

    @property
    def pid_file(self) -> Path:
        return self.run / "asterisk.pid"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def database(self) -> Path:
        return self.home / "db"

    @property
    def keys(self) -> Path:
        """Certificates and keys: mode 0700."""
        return self.home / "keys"

    @property
    def spool(self) -> Path:
        return self.home / "spool"

    @property
    def recordings(self) -> Path:
        """Recordings that the controller orders, as ``ID.wav``."""
        return self.spool / "recording"

    @property
    def fallback(self) -> Path:
        """What the dialplan did by itself: calls ``ID.call``, and messages ``ID.wav`` with ``ID.txt``."""
        return self.spool / "fallback"

    def put_aside(self) -> list[Path]:
        """Records of calls that the worker could not read, for somebody to look at: ``ID.bad``."""
        return sorted(self.fallback.glob(f"*{PUT_ASIDE}"))

    @property
    def no_room(self) -> Path:
        """There while the dialplan must not begin recordings: see :mod:`vaxel.telephony.engine.room`."""
        return self.spool / "no-room"

    @property
    def sounds(self) -> Path:
        return self.home / "sounds"

    @property
    def prompts(self) -> Path:
        return self.sounds / "vaxel"

    def make(self) -> None:
        """Make the folders that are written to. Raises :class:`ConfigurationError` when the control socket's path is too long."""
        if len(str(self.control).encode()) > LONGEST_SOCKET_PATH:
            raise ConfigurationError(
                _(
                    "The path {path} is too long for a socket ({most} bytes): set VAXEL_VAR to a folder with a shorter path."
                ).format(path=self.control, most=LONGEST_SOCKET_PATH)
            )
        for private in (self.etc, self.keys):
            private.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.run, self.log, self.database, self.recordings, self.fallback, self.prompts):
            folder.mkdir(parents=True, exist_ok=True)


def places(config: Config) -> Places:
    home = (config.var / "engine").absolute()
    return Places(home=home, root=(config.engine_root or home / "root").absolute())
