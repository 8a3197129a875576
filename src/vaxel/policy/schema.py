# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The JSON schema of policy files, with which editors complete and check them while they are written."""

from __future__ import annotations

import json
from typing import Any

from vaxel.policy.document import POLICY

FILE = "vaxel-policy.schema.json"
"""Its name beside a policy file."""
ID = "urn:vaxel:policy"
"""Of whichever Vaxel wrote it. It names the schema, and is no address: there is no one place from which Vaxel comes."""


def schema() -> dict[str, Any]:
    """Of a whole file."""
    made = POLICY.json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Vaxel policy",
        **{key: value for key, value in made.items() if key != "title"},
    }


def text() -> str:
    """As it is published: ``docs/policy.schema.json``."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
