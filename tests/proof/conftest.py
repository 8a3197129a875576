# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small municipality that is in order: open on weekdays, two people, an operator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests import rows
from vaxel.directory import current
from vaxel.directory.models import Hours, Organisation
from vaxel.proof import known

WEEKDAYS = [[[480, 960]]] * 5 + [[], []]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Rows of one test aren't there in the next."""
    known.forget()
    current.forget()
    yield
    known.forget()
    current.forget()


@pytest.fixture
def gnosjo() -> Organisation:
    made = rows.organisation()
    Hours.objects.create(organisation=made, week=WEEKDAYS)
    rows.operator(made)
    rows.person(made, has_greeting=True, unit="Bygg")
    rows.person(made, "Bo Ek", "46980319202", has_greeting=True, unit="Bygg")
    return made
