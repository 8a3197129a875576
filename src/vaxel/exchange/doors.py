# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People as another program sends them, made into what a plan is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vaxel.exchange.fields import KEY, UNIT_SEPARATOR, Entry, Problem, Unfit, cleaned, put_together


def entries(people: Iterable[Mapping[str, Any]], country: str) -> tuple[list[Entry], list[Problem]]:
    """Each with its place in the list, from 1, as its line. Numbers, units, functions and substitutes are lists."""
    found: list[Entry] = []
    problems: list[Problem] = []
    for line, told in enumerate(people, 1):
        values: dict[str, str] = {}
        for name, value in told.items():
            try:
                values[name] = cleaned(name, _text(name, value), country)
            except Unfit as unfit:
                problems.append(Problem(line, name, str(unfit)))
        found.append(Entry(line, values.get(KEY, ""), put_together(values)))
    return found, problems + _nameless(found, problems)


def _text(name: str, value: Any) -> str:
    if isinstance(value, list):
        return (UNIT_SEPARATOR if name == "unit" else ", ").join(map(str, value))
    return str(value)


def _nameless(found: list[Entry], problems: list[Problem]) -> list[Problem]:
    from django.utils.translation import gettext as _

    wrong = {problem.line for problem in problems}
    nameless = [entry for entry in found if entry.line not in wrong and not (entry.key and entry.values.get("name"))]
    return [Problem(entry.line, "name", _("it is empty, and everybody has a name")) for entry in nameless]
