# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's configuration: every file in ``VAR/engine/etc``, written from the model and from the installation's settings."""

from __future__ import annotations

import os
from pathlib import Path

from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine import certificate, program
from vaxel.telephony.engine.core_files import core_files
from vaxel.telephony.engine.dialplan import dialplan_files
from vaxel.telephony.engine.errors import ConfigurationError
from vaxel.telephony.engine.model import EngineModel
from vaxel.telephony.engine.places import Places, places
from vaxel.telephony.engine.sip_files import media_address, sip_files


def write(model: EngineModel, config: Config) -> frozenset[str]:
    """Write the files that differ, and return their names (``{"pjsip_phones.conf"}``).

    Each is replaced in one step, so a reload never reads half of one. When the model can't be carried,
    :class:`ConfigurationError` is raised and nothing is written: the engine keeps what it has.
    """
    at = places(config)
    found = program.find(config)
    engine = program.asterisk(config)
    at.make()
    wanted = program.survives_transfers(engine.version) if config.phone_transfers is None else config.phone_transfers
    transfers = wanted and program.leaves_transfers_to_us(engine.version)
    files = (
        core_files(config, at, engine, found.music)
        | sip_files(model, config, at, transfers=transfers)
        | dialplan_files(model, config, at)
    )
    try:
        _link_documentation(at, engine)
        for pair in (certificate.SIP, certificate.BROWSER):
            certificate.ensure(pair, at.keys, media_address(config))
        changed = frozenset(file for file, text in files.items() if _replace(at.etc / file, text))
        _remove_others(at, files)
    except OSError as error:
        raise ConfigurationError(
            _("The engine's configuration can't be written to {folder}: {reason}.").format(
                folder=at.etc, reason=error.strerror
            )
        ) from error
    return changed


def is_written(config: Config) -> bool:
    """Whether there is a configuration to start with."""
    return (places(config).etc / "asterisk.conf").is_file()


def _replace(path: Path, text: str) -> bool:
    """Whether ``path`` had to be written. Mode 0600: there are passwords in it."""
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
    return True


def _remove_others(at: Places, files: dict[str, str]) -> None:
    for path in at.etc.glob("*.conf"):
        if path.name not in files:
            path.unlink()


def _link_documentation(at: Places, engine: program.Asterisk) -> None:
    """Asterisk looks for its documentation in the folder of its sounds, and doesn't start without."""
    link = at.home / "documentation"
    if link.is_symlink() and link.readlink() == engine.documentation:
        return
    draft = at.home / f".documentation.{os.getpid()}"
    draft.symlink_to(engine.documentation)
    draft.replace(link)
