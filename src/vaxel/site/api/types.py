# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kinds of parameters that several addresses share."""

from __future__ import annotations

from typing import Annotated

from ninja.params import functions as parameter
from pydantic import StringConstraints

CALL_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"
CallId = Annotated[str, parameter.Path(pattern=CALL_ID, description="The call's id, like n1-1764000000.12.")]
CallIds = Annotated[
    list[Annotated[str, StringConstraints(pattern=CALL_ID)]],
    parameter.Query(max_length=50, description="The calls' ids, each as a parameter of its own."),
]
# The largest number that a database's key can be.
RowId = Annotated[int, parameter.Path(ge=1, le=2**63 - 1)]
OrganisationId = Annotated[str, parameter.Query(max_length=32, description="Only those of this organisation.")]
