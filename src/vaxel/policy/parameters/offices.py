# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls of who is responsible, and of how things are asked for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from vaxel.policy.terms import Name, Strict


class Responsibility(Strict):
    """A named office holds a role, and only it can do what the role allows."""

    use: Literal["responsibility"]
    role: Name = Field(description="What it answers for.")
    office: Name = Field(description="Which office or role.")


class Approval(Strict):
    """Something is decided by a role."""

    use: Literal["approval"]
    what: Name = Field(description="What is decided.")
    by: Name = Field(description="The role that decides.")


class UnitOwners(Strict):
    """Every unit has a manager, who sees the unit's telephone service."""

    use: Literal["unit-owners"]


class OrderForms(Strict):
    """Faults, questions and orders come in writing, and the sender sees what becomes of them."""

    use: Literal["order-forms"]


class ApplicationNotes(Strict):
    """Notes on how to apply the rules are issued, and stand with their clauses."""

    use: Literal["application-notes"]
    office: Name = Field(description="Who issues them.")


MODELS: tuple[type[Strict], ...] = (Responsibility, Approval, UnitOwners, OrderForms, ApplicationNotes)
