# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from tests import rows
from vaxel.directory.audit import By
from vaxel.directory.models import Operator, Organisation, Person
from vaxel.policy import actions as policies
from vaxel.policy.load import shipped


@pytest.fixture
def aabenraa(db: None) -> Organisation:
    """With its own policy in force."""
    home = rows.organisation("aabenraa", "4584000100", language="da", country="DK", time_zone="Europe/Copenhagen")
    by = By(name="Test")
    rows.operator(home, name="Trine", username="trine")
    policies.activate(policies.propose(shipped()["aabenraa"], by, organisation="aabenraa"), by)
    return home


@pytest.fixture
def trine(aabenraa: Organisation) -> Operator:
    return Operator.objects.get(name="Trine")


@pytest.fixture
def bo(aabenraa: Organisation) -> Person:
    return rows.person(aabenraa, "Bo Ek", "4584000102", unit="Borgerservice", has_greeting=True)
