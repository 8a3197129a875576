# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Policy files read: from a text, from a path, and those that come with Vaxel."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from vaxel.policy.contradictions import contradictions
from vaxel.policy.document import POLICY, Policy
from vaxel.policy.faults import Fault, PolicyError, of_validation
from vaxel.policy.locate import Lines

LARGEST = 1_000_000
"""Characters. A thousand clauses need half of it."""

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
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([_syntax(error, text, file)]) from error


def _syntax(error: tomllib.TOMLDecodeError, text: str, file: str) -> Fault:
    match = _AT.search(str(error))
    line = int(match[1]) if match and match[1] else text.count("\n") + 1
    reason = _AT.sub("", str(error))
    wrote = text.splitlines()[line - 1].strip()[:60] if text else ""
    sentence = _("this isn't TOML: {reason}. The line says: {line}").format(reason=reason, line=wrote)
    return Fault(line=line, key="", sentence=sentence, file=file)


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
