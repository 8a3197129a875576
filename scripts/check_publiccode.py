#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check ``publiccode.yml`` against the required keys and value lists of its standard, version 0.4, and against the project."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
)
VALUES = {
    "developmentStatus": ("concept", "development", "beta", "stable", "obsolete"),
    "softwareType": (
        "standalone/mobile",
        "standalone/iot",
        "standalone/desktop",
        "standalone/web",
        "standalone/backend",
        "standalone/other",
        "addon",
        "library",
        "configurationFiles",
    ),
}


def problems(content: dict[str, Any], project: dict[str, Any]) -> Iterator[str]:
    for key in REQUIRED:
        if key not in content:
            yield f"{key} is missing"
    for key, values in VALUES.items():
        if content.get(key) not in values:
            yield f"{key} is {content.get(key)!r}, not one of {', '.join(values)}"
    for language, texts in content.get("description", {}).items():
        yield from description_problems(language, texts)
    if content.get("softwareVersion", project["version"]) != project["version"]:
        yield f"softwareVersion is {content['softwareVersion']}, but pyproject.toml says {project['version']}"
    yield from country_problems(content.get("intendedAudience", {}).get("countries", []))
    if content.get("legal", {}).get("license") != project["license"]:
        yield "legal/license differs from pyproject.toml"
    maintenance = content.get("maintenance", {})
    if maintenance.get("type") in ("internal", "community") and not maintenance.get("contacts"):
        yield "maintenance/contacts is missing"


def country_problems(countries: list[object]) -> Iterator[str]:
    for country in countries:
        # An unquoted no is the value false in YAML.
        if not isinstance(country, str) or not country.islower() or len(country) != 2:
            yield f"intendedAudience/countries has {country!r}, not two small letters"


def description_problems(language: str, texts: dict[str, Any]) -> Iterator[str]:
    for key in ("shortDescription", "longDescription", "features"):
        if not texts.get(key):
            yield f"description/{language}/{key} is missing"
    if len(texts.get("shortDescription", "")) > 150:
        yield f"description/{language}/shortDescription is longer than 150 characters"
    if not 150 <= len(texts.get("longDescription", "")) <= 10_000:
        yield f"description/{language}/longDescription isn't between 150 and 10,000 characters"


def main() -> int:
    content = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = list(problems(content, project))
    for problem in found:
        print(f"publiccode.yml: {problem}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
