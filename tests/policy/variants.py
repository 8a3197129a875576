# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The five policies, changed for tests that can't wait so long, or that run at night."""

from __future__ import annotations

import re
from secrets import token_hex

from vaxel.directory.audit import By
from vaxel.policy import actions
from vaxel.policy.load import shipped
from vaxel.policy.models import PolicyVersion

RING_LIMIT = """
[[clause]]
id = "{prefix}-99"
kinds = ["enforced"]
text.en = "For tests: so long and no longer."
source = {{ document = "{document}", section = "none" }}
[[clause.control]]
use = "ring-limit"
seconds = {seconds}
"""


def variant(name: str, seconds: float) -> str:
    """A policy in which telephones ring for ``seconds``, and which has no hours."""
    text = shipped()[name]
    # Each has its own name, as versions must.
    text = re.sub(r'(?m)^version = "(.+)"$', rf'version = "\1-{token_hex(4)}"', text, count=1)
    text = re.sub(r"\[\[hours\]\]\n(?:(?!\[\[clause).*\n)*", "", text)
    text = re.sub(r'\[\[clause\.control\]\]\nuse = "ring-limit"\nrings = \d+\n', "", text)
    prefix = re.search(r'id = "([A-Z]+)-1"', text)
    document = re.search(r'document = "([a-z]+)"', text)
    assert prefix is not None
    assert document is not None
    return text + RING_LIMIT.format(prefix=prefix[1], document=document[1], seconds=seconds)


def put_in_force(name: str, seconds: float) -> PolicyVersion:
    by = By(name="Test")
    return actions.activate(actions.propose(variant(name, seconds), by, organisation=name), by)
