# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Policy files read: from a text, from a path, and those that come with Vaxel."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from vaxel.policy.contradictions import contradictions
from vaxel.policy.document import POLICY, Policy
from vaxel.policy.faults import Fault, PolicyError, name_of, of_validation
from vaxel.policy.locate import Lines
from vaxel.policy.locate import Path as Place

LARGEST = 1_000_000
"""Characters. A thousand clauses need half of it."""

_DAY = re.compile(r"(?<![\w\"'-])\d{4}-\d{2}-\d{2}(?![\w-])")
_MARK = "impossible day: "
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\s*$")


def parse(text: str, file: str = "") -> Policy:
    """The policy in ``text``. Raises ``PolicyError`` with all faults; ``file`` is its name in them."""
    data = _read(text, file)
    lines = Lines(text)
    try:
        policy = POLICY.validate_python(data)
    except ValidationError as error:
        raise PolicyError(of_validation(error, data, lines, file)) from error
    found = contradictions(policy, lines, file)
    if found:
        raise PolicyError(found)
    return policy


def _read(text: str, file: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        sentence = _("it has {n} characters, more than a policy ever needs ({most}).").format(n=len(text), most=LARGEST)
        raise PolicyError([Fault(line=1, key="", sentence=sentence, file=file)])
    written = text
    while True:
        try:
            data = tomllib.loads(written)
            break
        except tomllib.TOMLDecodeError as error:
            marked = _with_a_day_marked(written, error)
            if marked is None:
                raise PolicyError([_syntax(error, text, file)]) from error
            written = marked
    if written != text:
        raise PolicyError(_impossible_days(data, Lines(written), file))
    return data


def _with_a_day_marked(text: str, error: tomllib.TOMLDecodeError) -> str | None:
    """``text`` with the day that doesn't exist, on the line of ``error``, made a string, so that its key can be told; None without one."""
    lines = text.splitlines(keepends=True)
    n = _line(error, text) - 1
    for found in _DAY.finditer(lines[n] if n < len(lines) else ""):
        try:
            date.fromisoformat(found[0])
        except ValueError:
            lines[n] = f'{lines[n][: found.start()]}"{_MARK}{found[0]}"{lines[n][found.end() :]}'
            return "".join(lines)
    return None


def _impossible_days(data: dict[str, Any], lines: Lines, file: str) -> list[Fault]:
    told = _("“{day}” doesn't exist: expected a date, as 2026-01-31.")
    return [
        Fault(
            line=lines.of(path),
            key=name_of(path, data),
            sentence=told.format(day=value.removeprefix(_MARK)),
            file=file,
        )
        for path, value in _values(data, ())
        if isinstance(value, str) and value.startswith(_MARK)
    ]


def _values(value: Any, path: Place) -> Iterator[tuple[Place, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield path, value
        return
    for key, one in inner:
        yield from _values(one, (*path, key))


def _syntax(error: tomllib.TOMLDecodeError, text: str, file: str) -> Fault:
    line = _line(error, text)
    reason = _AT.sub("", str(error))
    wrote = text.splitlines()[line - 1].strip()[:60] if text else ""
    sentence = _("this isn't TOML: {reason}. The line says: {line}").format(reason=reason, line=wrote)
    return Fault(line=line, key="", sentence=sentence, file=file)


def _line(error: tomllib.TOMLDecodeError, text: str) -> int:
    match = _AT.search(str(error))
    return int(match[1]) if match and match[1] else text.count("\n") + 1


def read(path: Path) -> tuple[Policy, str]:
    """The policy in the file ``path``, and its text. Raises ``PolicyError``, ``OSError``."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        sentence = _("it isn't text in UTF-8. Save it as UTF-8 in your editor.")
        raise PolicyError([Fault(line=1, key="", sentence=sentence, file=str(path))]) from error
    return parse(text, str(path)), text


def shipped() -> dict[str, str]:
    """The policy files that come with Vaxel, by organisation: their text."""
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in sorted(_folder().iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml") and entry.name != "missing.toml"
    }


def _folder() -> Traversable:
    """Where they are: in an installed package beside this module; in a work tree at its top."""
    installed = files("vaxel.policy") / "policies"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "policies"


def missing_controls() -> str:
    """The text of the list of what is missing."""
    return (_folder() / "missing.toml").read_text(encoding="utf-8")
