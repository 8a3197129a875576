# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Errors in plain words: what happened, to what, and what to do about it."""

from __future__ import annotations

import errno
from pathlib import Path

from vaxel.site.words import _


class PlainError(Exception):
    """One sentence for an administrator. The command line prints it alone, without a traceback, and exits with 1."""


def explain(error: OSError, where: Path) -> PlainError:
    """What ``error`` means to an administrator, when it happened in or under the folder ``where``."""
    subject = error.filename or where
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PlainError(disk_full(where))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return PlainError(unwritable(Path(str(subject))))
    return PlainError(f"{subject}: {error.strerror or error}")


def disk_full(where: Path) -> str:
    return _("The disk with {folder} is full: make room on it and start again.").format(folder=where)


def unwritable(where: Path) -> str:
    return _(
        "{folder} can't be written to by this user: change its owner, or name another folder with VAXEL_VAR."
    ).format(folder=where)
