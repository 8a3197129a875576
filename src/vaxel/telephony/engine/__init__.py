# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The telephone engine: Asterisk, fetched, configured and kept running for one installation.

``install`` fetches it, ``write`` makes its configuration from an :class:`EngineModel`, ``start``, ``run``, ``stop`` and ``status`` are its
life, and ``reload`` has it read what changed while calls go on.
"""

from vaxel.telephony.engine.configuration import is_written, write
from vaxel.telephony.engine.control import Reloaded, command, reload
from vaxel.telephony.engine.core_files import APPLICATION, ARI_USER
from vaxel.telephony.engine.errors import (
    CommandError,
    ConfigurationError,
    EngineError,
    InstallError,
    NotInstalledError,
    StartError,
)
from vaxel.telephony.engine.installation import SPACE_NEEDED, install
from vaxel.telephony.engine.lifecycle import Status, check, run, start, status, stop, wait_until_ready
from vaxel.telephony.engine.logs import rotate_logs
from vaxel.telephony.engine.model import EngineModel, FallbackNumber, Phone, PhoneKind, Trunk
from vaxel.telephony.engine.places import PUT_ASIDE, Places, places
from vaxel.telephony.engine.program import Programs, find
from vaxel.telephony.engine.room import Room, room, tell_dialplan

__all__ = [
    "APPLICATION",
    "ARI_USER",
    "PUT_ASIDE",
    "SPACE_NEEDED",
    "CommandError",
    "ConfigurationError",
    "EngineError",
    "EngineModel",
    "FallbackNumber",
    "InstallError",
    "NotInstalledError",
    "Phone",
    "PhoneKind",
    "Places",
    "Programs",
    "Reloaded",
    "Room",
    "StartError",
    "Status",
    "Trunk",
    "check",
    "command",
    "find",
    "install",
    "is_written",
    "places",
    "reload",
    "room",
    "rotate_logs",
    "run",
    "start",
    "status",
    "stop",
    "tell_dialplan",
    "wait_until_ready",
    "write",
]
