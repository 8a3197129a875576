# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the person at the terminal reads when everything runs: where to go, and how to log in to the demonstration."""

from __future__ import annotations

import json
from typing import Any

from vaxel.directory.numbers import readable
from vaxel.site.config import Config
from vaxel.site.words import _


def welcome(config: Config) -> str:
    """Several lines, with a line feed at the end. Log-ins are only those of the demonstration."""
    lines = [("", ""), (_("Address"), f"{config.web_url}/")]
    demo = _demonstration(config)
    if demo:
        lines += [(_("Ring the municipality"), f"{config.web_url}/citizen"), ("", "")]
        lines += [_operator(municipality) for municipality in demo["municipalities"].values()]
        lines += [("", ""), (_("All log-ins"), str(config.var / "demo.json"))]
    lines += [(_("Logs"), str(config.var / "log")), (_("Stop"), "Ctrl-C"), ("", "")]
    return "".join(f"  {label:<24}{value}".rstrip() + "\n" for label, value in lines)


def _operator(municipality: dict[str, Any]) -> tuple[str, str]:
    operator = municipality["operators"][0]
    login = _("log in as {user} with {password}").format(user=operator["user"], password=operator["password"])
    return municipality["name"], f"{readable(municipality['main_number']):<18}{login}"


def _demonstration(config: Config) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads((config.var / "demo.json").read_text())
    except (FileNotFoundError, ValueError):
        return None
    return content
