# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's file format: sections of ``name = value`` lines, with ``;`` for comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vaxel.site.words import _
from vaxel.telephony.engine.errors import ConfigurationError

HEADER = "; Written by vaxel from the database; edits are lost.\n"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,78}")
_NUMBER = re.compile(r"\+?[0-9*#]{1,32}")


def value(text: str) -> str:
    """``text`` as a value on one line: what comes from people must not start another line, a comment or a section."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).replace(";", r"\;").strip()


def display_name(text: str) -> str:
    """``text`` inside the quotes of a caller's name."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\"\\<>;]+", " ", text).split())


def name(text: str, what: str) -> str:
    """A section's name. Raises :class:`ConfigurationError` for one that the format can't carry; ``what`` is its place in words."""
    if not _NAME.fullmatch(text):
        raise ConfigurationError(
            _("The engine can't use “{text}” ({what}): use letters, digits, full stop, hyphen and underscore.").format(
                text=text, what=what
            )
        )
    return text


def number(text: str, what: str) -> str:
    """Something dialled. Raises :class:`ConfigurationError` as :func:`name` does."""
    if not _NUMBER.fullmatch(text):
        raise ConfigurationError(_("“{text}” can't be dialled ({what}): use digits only.").format(text=text, what=what))
    return text


def section(title: str, values: Mapping[str, object], template: str = "") -> str:
    """``template`` is ``!`` to define one, or the name of the one used. ``None`` values are left out; a list repeats its name."""
    lines = [f"[{title}]" + (f"({template})" if template else "")]
    for key, entry in values.items():
        if entry is None:
            continue
        for item in entry if isinstance(entry, list | tuple) else (entry,):
            # Without the spaces, a value that begins with ">" would lose it.
            lines.append(f"{key} = {value(_plain(item))}")
    return "\n".join(lines) + "\n"


def document(about: str, parts: Iterable[str]) -> str:
    """A whole file; ``about`` says in a sentence what it holds."""
    return HEADER + f"; {about}\n\n" + "\n".join(parts)


def _plain(item: object) -> str:
    if isinstance(item, bool):
        return "yes" if item else "no"
    return str(item)
