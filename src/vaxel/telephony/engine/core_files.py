# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of the engine itself: folders, modules, log, ARI, media, tones. None depends on numbers or people."""

from __future__ import annotations

import hashlib
import resource
from pathlib import Path

from vaxel.site.config import Config
from vaxel.telephony.engine.modules import REQUIRED, WANTED
from vaxel.telephony.engine.places import Places
from vaxel.telephony.engine.program import Asterisk
from vaxel.telephony.engine.text import document, section

ARI_USER = "vaxel"
APPLICATION = "vaxel"
"""The name under which the controller serves calls."""

WANTED_DESCRIPTORS = 65536
"""A call holds about three descriptors; the usual limit of 1,024 would end at about 300 calls."""

BROWSER_SESSIONS = 4000
"""HTTP sessions: each browser phone holds one for its WebSocket. Asterisk's default is 100."""


def core_files(config: Config, at: Places, engine: Asterisk, music: Path | None) -> dict[str, str]:
    """File name → text."""
    return {
        "asterisk.conf": _asterisk(config, at, engine),
        "modules.conf": _modules(engine),
        "logger.conf": _logger(),
        "http.conf": _http(config),
        "ari.conf": _ari(config),
        "rtp.conf": _rtp(config),
        "musiconhold.conf": _music(music),
        "indications.conf": _indications(),
        **_bare_files(),
        "cdr.conf": document(
            "Calls are recorded by the controller's journal.", [section("general", {"enable": False})]
        ),
        "manager.conf": document("The manager interface is closed.", [section("general", {"enabled": False})]),
    }


def _bare_files() -> dict[str, str]:
    """Asterisk logs an error for each of these that is missing, among which a real one would drown."""
    files = {name: "" for name in ("acl", "geolocation", "websocket_client")}
    files |= {name: section("general", {}) for name in ("queuerules", "statsd", "stasis")}
    # The engine would take *8 for itself, before the dialplan; the controller knows who may pick up whose calls.
    files["features"] = section("general", {"pickupexten": "nothing"})
    files["cel"] = section("general", {"enable": False})
    files["udptl"] = section("general", {"udptlstart": 4000, "udptlend": 4001})
    files["ccss"] = section("general", {"cc_max_requests": 0})
    files["pjproject"] = section("startup", {"type": "startup", "log_level": "default"})
    return {f"{name}.conf": document("The engine's defaults.", [text]) for name, text in files.items()}


def _asterisk(config: Config, at: Places, engine: Asterisk) -> str:
    directories = {
        "astetcdir": at.etc,
        "astmoddir": engine.modules,
        "astvarlibdir": at.home,
        "astdbdir": at.database,
        "astkeydir": at.home,
        "astdatadir": at.home,
        "astagidir": at.home / "agi-bin",
        "astspooldir": at.spool,
        "astrundir": at.run,
        "astlogdir": at.log,
    }
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    options = {
        "systemname": config.node,
        "maxfiles": WANTED_DESCRIPTORS if limit == resource.RLIM_INFINITY else min(limit, WANTED_DESCRIPTORS),
        "entityid": _entity_id(config, at),
        "transmit_silence": True,
        "hideconnect": True,
        "nocolor": True,
        "live_dangerously": False,
    }
    return document(
        "Folders and options of the engine.", [section("directories", directories), section("options", options)]
    )


def _entity_id(config: Config, at: Places) -> str:
    """Asterisk takes an Ethernet address for it and complains where there is none, as in a container. Locally administered."""
    digest = hashlib.sha256(f"{config.node}:{at.home}".encode()).digest()
    return ":".join(f"{byte:02x}" for byte in (0x02, *digest[:5]))


def _modules(engine: Asterisk) -> str:
    loaded = [*REQUIRED, *(module for module in WANTED if engine.has(module))]
    return document(
        f"The modules of Asterisk {engine.version} that are used, and no others.",
        [section("modules", {"autoload": False, "load": [f"{module}.so" for module in loaded]})],
    )


def _logger() -> str:
    # Neither verbose nor debug: they would name callers. The security log names addresses that were refused, for fail2ban.
    return document(
        "Logs, in the folder log.",
        [
            section("general", {"dateformat": "%FT%T.%3q%z", "use_callids": True, "rotatestrategy": "rotate"}),
            section("logfiles", {"messages": "notice,warning,error", "security": "security"}),
        ],
    )


def _http(config: Config) -> str:
    general = {
        "enabled": True,
        "servername": "vaxel",
        "bindaddr": config.ari_host,
        "bindport": config.ari_port,
        "enablestatic": False,
        "enable_status": False,
        "sessionlimit": BROWSER_SESSIONS,
        "session_inactivity": 30000,
        "session_keep_alive": 60000,
    }
    return document("The port of ARI and of the browser phones.", [section("general", general)])


def _ari(config: Config) -> str:
    user = {"type": "user", "read_only": False, "password_format": "plain", "password": config.secrets["ari"]}
    return document(
        "The controller's access.",
        [
            section("general", {"enabled": True, "pretty": False, "websocket_write_timeout": 500}),
            section(ARI_USER, user),
        ],
    )


def _rtp(config: Config) -> str:
    general = {"rtpstart": config.rtp_first, "rtpend": config.rtp_last, "strictrtp": True, "icesupport": True}
    return document("Ports of speech.", [section("general", general)])


def _music(music: Path | None) -> str:
    classes = [section("default", {"mode": "files", "directory": music, "sort": "random"})] if music else []
    return document("Music on hold.", [section("general", {"cachertclasses": False}), *classes])


def _indications() -> str:
    """Tones as the countries' networks give them (ITU-T E.180 supplement 2)."""
    sweden = {
        "description": "Sweden",
        "ringcadence": "1000,5000",
        "dial": "425",
        "busy": "425/250,0/250",
        "ring": "425/1000,0/5000",
        "congestion": "425/250,0/750",
        "callwaiting": "425/200,0/500,425/200,0/9100",
        "info": "!950/332,!0/24,!1400/332,!0/24,!1800/332,!0/2024",
        "stutter": "!425/320,!0/20,425",
    }
    norway = sweden | {
        "description": "Norway",
        "ringcadence": "1000,4000",
        "busy": "425/500,0/500",
        "ring": "425/1000,0/4000",
        "congestion": "425/200,0/200",
        "callwaiting": "425/200,0/600,425/200,0/10000",
        "info": "!950/330,!1400/330,!1800/330,!0/1000",
    }
    denmark = norway | {"description": "Denmark", "congestion": "425/450,0/450"}
    finland = norway | {
        "description": "Finland",
        "busy": "425/300,0/300",
        "callwaiting": "425/150,0/150,425/150,0/8000",
        "info": "950/650,0/325,950/325,0/30,1400/1300,0/2600",
    }
    iceland = sweden | {
        "description": "Iceland",
        "ringcadence": "1200,4700",
        "ring": "425/1200,0/4700",
        "congestion": "425/250,0/250",
    }
    zones = {"se": sweden, "no": norway, "dk": denmark, "fi": finland, "is": iceland}
    sections = [section(code, zone) for code, zone in zones.items()]
    return document("Tones.", [section("general", {"country": "se"}), *sections])
