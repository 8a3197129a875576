# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small policies, to be spoilt in one place."""

from __future__ import annotations

import pytest

from vaxel.policy.document import Policy
from vaxel.policy.faults import Fault, PolicyError
from vaxel.policy.load import parse

HEAD = """\
[policy]
organisation = "lillby"
municipality = "Lillby kommun"
country = "SE"
language = "sv"
version = "1"
valid_from = 2026-01-01
title = "Telefonpolicy"

[[policy.document]]
id = "paper"
title = "Telefonpolicy för Lillby"

"""

CLAUSE = """\
[[clause]]
id = "{id}"
kinds = ["enforced"]
text.en = "A promise."
source = {{ document = "paper", section = "1" }}
{controls}

"""

HOURS = """\
[[hours]]
kind = "telephone"
clause = "LIL-1"
{lines}

"""


def clause(id_: str, *controls: str) -> str:
    """A clause with ``controls``, each the lines of one."""
    return CLAUSE.format(id=id_, controls="\n".join(f"[[clause.control]]\n{lines}" for lines in controls))


def hours(lines: str) -> str:
    return HOURS.format(lines=lines)


def policy(*parts: str) -> Policy:
    """The policy of these parts, which must be good."""
    return parse(HEAD + "".join(parts))


def text(*parts: str) -> str:
    return HEAD + "".join(parts)


def faults(written: str) -> list[Fault]:
    """What is wrong with a text in which something is."""
    with pytest.raises(PolicyError) as caught:
        parse(written, "lillby.toml")
    return caught.value.faults


def only_fault(written: str) -> Fault:
    found = faults(written)
    assert len(found) == 1, found
    return found[0]


def line_of(written: str, sought: str) -> int:
    """The number of the first line that holds ``sought``."""
    return next(n for n, line in enumerate(written.splitlines(), 1) if sought in line)
