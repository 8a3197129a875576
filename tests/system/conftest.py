# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities and their operators, on the installation that all tests of a process share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.system.installation import Installation
from tests.system.scene import Operator, Scene


@pytest.fixture
def scene(installation: Installation) -> Iterator[Scene]:
    """Gnosjö: whoever does not answer a direct number, the switchboard gets the call back."""
    with Scene(installation) as scene:
        yield scene


@pytest.fixture
def voicemail_scene(installation: Installation) -> Iterator[Scene]:
    """Falkenberg: whoever does not answer has a mailbox."""
    with Scene(installation, "falkenberg") as scene:
        yield scene


@pytest.fixture(params=["line", "phone"])
def operator(scene: Scene, request: pytest.FixtureRequest) -> Operator:
    """An operator with an open line, and one whose telephone rings."""
    return scene.operator(line=request.param == "line")
