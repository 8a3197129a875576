# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong with the engine, each in a sentence for the person who must do something about it."""

from __future__ import annotations


class EngineError(Exception):
    """One sentence: what happened, to what, and what to do."""


class NotInstalledError(EngineError):
    """There is no engine, or only half of one."""


class InstallError(EngineError):
    """The engine could not be fetched. Nothing half-installed is left."""


class ConfigurationError(EngineError):
    """The engine can't be configured as asked."""


class StartError(EngineError):
    """The engine did not come up."""


class CommandError(EngineError):
    """A running engine refused or did not answer a command."""


class NotRunningError(CommandError):
    """There is no engine to command."""
