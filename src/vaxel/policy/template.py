# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A new policy file to begin with: it is good as it stands, and its comments tell what to put where."""

from __future__ import annotations

import re

from vaxel.domain.countries import COUNTRIES

TEMPLATE = """\
#:schema {schema}
# A policy for Vaxel. docs/policy.md tells how to go from a council's paper to this file in an hour.
# `vaxel policy check FILE` tells what is wrong with it; `vaxel policy controls` lists the controls.

[policy]
organisation = "{organisation}"
municipality = "{municipality}"
country = "{country}"
language = "{language}"
version = "1"
valid_from = {today}
title = "Telephone policy"

# The papers from which the clauses come.
[[policy.document]]
id = "paper"
title = "The paper's title"
# decided = 2026-01-28
# decided_by = "Council, § 7"

# Hours, where the paper gives them. Without, they are kept in the directory.
# [[hours]]
# kind = "telephone"
# clause = "{prefix}-2"
# lunch = "12:00-13:00"
# eve = "08:00-12:00"
# [hours.week]
# mon-thu = "08:00-16:30"
# fri = "08:00-15:00"

# One clause for each promise, in the paper's order. The ids stay for ever: calls and reports cite them.
[[clause]]
id = "{prefix}-1"
kinds = ["enforced"]                  # enforced, duty, measured, attested: one or several
text.en = "A call that isn't answered within five rings goes to the mailbox."
# text.{language} = "…"
source = {{ document = "paper", section = "1" }}
[[clause.control]]
use = "ring-limit"
rings = 5
[[clause.control]]
use = "answer-order"
order = ["mailbox"]
"""


def new(organisation: str, municipality: str, country: str, today: str, schema: str) -> str:
    """The text of a new policy. ``schema`` is where the JSON schema lies, as a path from the file or an address."""
    letters = re.sub(r"[^A-Z]", "", organisation.upper())
    return TEMPLATE.format(
        organisation=organisation,
        municipality=municipality,
        country=country,
        language=COUNTRIES[country].language,
        prefix=(letters or "ORG")[:3],
        today=today,
        schema=schema,
    )
