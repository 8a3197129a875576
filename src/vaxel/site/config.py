# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where this installation keeps its things, and on which addresses it listens.

Every value can be set in the environment as ``VAXEL_<NAME>`` or in a file ``.env`` in the working directory. All parts
(engine, controller, web, worker) read the same values, so they find each other without further configuration.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Config(BaseSettings):
    """One installation. Addresses default to loopback: opening them is a deliberate setting."""

    model_config = SettingsConfigDict(env_prefix="VAXEL_", env_file=".env", extra="ignore")

    var: Path = Field(default=Path("var"), description="Everything the installation writes is under this folder.")
    database_url: str = Field(default="", description="postgresql://… ; empty means SQLite in VAR/vaxel.sqlite3.")
    node: str = Field(
        default="n1", pattern=r"^[a-z][a-z0-9]{0,7}$", description="Name of this engine node, in call ids."
    )

    web_host: str = "127.0.0.1"
    web_port: int = 8000
    public_url: str = Field(default="", description="How browsers reach the web, when a proxy stands in front.")
    live_host: str = "127.0.0.1"
    live_port: int = 8001
    public_live_url: str = Field(default="", description="ws(s)://… of the live hub, when a proxy stands in front.")

    engine_root: Path | None = Field(
        default=None, description="Unpacked engine; default VAR/engine/root, or the system's."
    )
    ari_host: str = "127.0.0.1"
    ari_port: int = Field(default=8088, description="The engine's HTTP port: ARI and the browser phones' WebSocket.")
    public_sip_ws_url: str = Field(
        default="", description="ws(s)://… of the browser phones, when a proxy stands in front."
    )
    sip_host: str = Field(default="127.0.0.1", description="Address on which the engine listens for SIP and audio.")
    sip_port: int = 5060
    sip_tls_port: int = 5061
    rtp_first: int = 10000
    rtp_last: int = 12999
    recording_room: int = Field(
        default=500,
        ge=0,
        description="MB free on the disk below which no recording is begun: voice messages are not taken.",
    )
    calendar_networks: str = Field(
        default="",
        description="Networks of one's own in which people's calendars and feeds of press releases may lie, like 10.1.0.0/16, "
        "with commas between; else only public addresses.",
    )
    phone_transfers: bool | None = Field(
        default=None,
        description="Desk phones may transfer by their own key (SIP REFER). Not set: if the engine survives all of it; see docs/engine.md.",
    )

    @property
    def web_url(self) -> str:
        return self.public_url or f"http://{self.web_host}:{self.web_port}"

    @property
    def live_url(self) -> str:
        return self.public_live_url or f"ws://{self.live_host}:{self.live_port}/live"

    @property
    def sip_ws_url(self) -> str:
        return self.public_sip_ws_url or f"ws://{self.ari_host}:{self.ari_port}/ws"

    @property
    def ari_url(self) -> str:
        return f"http://{self.ari_host}:{self.ari_port}/ari"

    @cached_property
    def secrets(self) -> dict[str, str]:
        """Secrets of this installation: ``django``, ``ari``, ``internal``, ``sip``. Made once, mode 0600, never logged."""
        return _load_or_make_secrets(self.var / "secrets.json")


def _load_or_make_secrets(path: Path) -> dict[str, str]:
    names = ("django", "ari", "internal", "sip")
    make_private(path.parent)
    if not path.exists():
        # Two processes may start at once: the link is atomic, so exactly one set of secrets wins.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({name: secrets.token_urlsafe(32) for name in names}, file)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    values: dict[str, str] = json.loads(path.read_text())
    return values


def make_private(folder: Path) -> None:
    """Make ``folder``, or close one of ours to others: the database in it holds passwords of telephones, its recordings voices."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = folder.stat().st_mode
    if mode & stat.S_IRWXO and folder.stat().st_uid == os.geteuid():
        folder.chmod(stat.S_IMODE(mode) & ~stat.S_IRWXO)


@lru_cache(maxsize=1)
def config() -> Config:
    """The configuration of this process, read once."""
    return Config()
