# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom a municipality can be reached through: organisations, units, people, tasks, numbers, groups, telephones and operators.

Outside the database an operator, person, group or unit is named by its ``key``: a letter and the row's number (``o7``, ``p12``, ``g3``,
``u5``), so that it can't be taken for a telephone number.
"""

from __future__ import annotations

from vaxel.directory.audit import AuditEntry
from vaxel.directory.changelog import Change
from vaxel.directory.models.choices import (
    ANNOUNCED,
    E164,
    LOG_ON_CODE,
    SIP_USER,
    Country,
    FunctionRole,
    Language,
    NoAnswer,
    NumberKind,
    PhoneKind,
    Prefers,
    Published,
    RoleKind,
    Strategy,
    Transport,
    UnitKind,
    check_announced_in,
    check_time_zone,
    new_password,
)
from vaxel.directory.models.groups import Group, Membership
from vaxel.directory.models.organisations import Organisation, User
from vaxel.directory.models.people import Exemption, FurtherFunction, Person, Substitute, search_text
from vaxel.directory.models.tasks import Synonyms, Task, TaskHandler, TaskWords
from vaxel.directory.models.telephones import ApiToken, Number, Operator, Phone, Trunk, WorldVersion
from vaxel.directory.models.units import Place, Role, Unit
from vaxel.directory.opening import ClosingDay, Hours, HoursException

__all__ = [
    "ANNOUNCED",
    "E164",
    "LOG_ON_CODE",
    "SIP_USER",
    "ApiToken",
    "AuditEntry",
    "Change",
    "ClosingDay",
    "Country",
    "Exemption",
    "FunctionRole",
    "FurtherFunction",
    "Group",
    "Hours",
    "HoursException",
    "Language",
    "Membership",
    "NoAnswer",
    "Number",
    "NumberKind",
    "Operator",
    "Organisation",
    "Person",
    "Phone",
    "PhoneKind",
    "Place",
    "Prefers",
    "Published",
    "Role",
    "RoleKind",
    "Strategy",
    "Substitute",
    "Synonyms",
    "Task",
    "TaskHandler",
    "TaskWords",
    "Transport",
    "Trunk",
    "Unit",
    "UnitKind",
    "User",
    "WorldVersion",
    "check_announced_in",
    "check_time_zone",
    "new_password",
    "search_text",
]
