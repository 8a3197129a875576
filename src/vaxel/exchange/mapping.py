# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which column holds what: guessed from the headings, changed by a person, kept with the source."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from vaxel.exchange.fields import BY_NAME, KEY, Entry, Problem, Unfit, cleaned, guess, put_together
from vaxel.exchange.tables import FileRefused, Table


def for_table(table: Table, kept: Mapping[str, str]) -> dict[str, str]:
    """Heading → field ("" for a column that is left out): as kept with the source, guessed for headings that it doesn't know."""
    guessed = guess(heading for heading in table.headings if heading and heading not in kept)
    taken = {kept[heading] for heading in table.headings if heading in kept}
    found = {}
    for heading in table.headings:
        if heading:
            fresh = guessed.get(heading, "")
            found[heading] = kept.get(heading, "" if fresh in taken else fresh)
    return found


def check(mapping: Mapping[str, str]) -> None:
    """Raises ``FileRefused`` when rows couldn't be told apart, or have no names."""
    fields = [field for field in mapping.values() if field]
    unknown = next((field for field in fields if field not in BY_NAME), None)
    if unknown is not None:
        told = _("There is no field “%(name)s”. There are: %(all)s.")
        raise FileRefused(told % {"name": unknown, "all": ", ".join(BY_NAME)})
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice is not None:
        told = _("Two columns are to give the same: %(name)s. Leave one of them out.")
        raise FileRefused(told % {"name": BY_NAME[twice].label})
    if KEY not in fields and "email" not in fields:
        raise FileRefused(
            _(
                "No column is a key: choose the one that stays the same when somebody changes names, such as the employee number."
            )
        )
    if not {"name", "given_name", "family_name"} & set(fields):
        raise FileRefused(_("No column holds names: choose which does."))


def entries(table: Table, mapping: Mapping[str, str], country: str) -> tuple[list[Entry], list[Problem]]:
    """The people in ``table``, and what is wrong in rows that are left out. Raises ``FileRefused``."""
    check(mapping)
    columns = [
        (index, heading, mapping[heading]) for index, heading in enumerate(table.headings) if mapping.get(heading)
    ]
    found: list[Entry] = []
    problems = list(table.problems)
    for row in table.rows:
        entry, wrong = _entry(row.line, [(heading, field, row.cells[i]) for i, heading, field in columns], country)
        problems += wrong
        found.append(entry)
    return found, problems


def _entry(line: int, cells: list[tuple[str, str, str]], country: str) -> tuple[Entry, list[Problem]]:
    """The entry of a row with a problem is kept as far as it can be read: she hasn't left."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for heading, field, text in cells:
        try:
            values[field] = cleaned(field, text, country)
        except Unfit as unfit:
            problems.append(Problem(line, heading, str(unfit)))
    key = values.get(KEY, "") or (
        "" if any(field == KEY for _h, field, _t in cells) else values.get("email", "").casefold()
    )
    together = put_together(values)
    if not key and not problems:
        heading = next((h for h, field, _t in cells if field in (KEY, "email")), "")
        problems.append(Problem(line, heading, _("it is empty, and every row needs its key")))
    if not together.get("name") and not problems:
        heading = next((h for h, field, _t in cells if field in ("name", "given_name")), "")
        problems.append(Problem(line, heading, _("it is empty, and everybody has a name")))
    return Entry(line, key, together), problems
