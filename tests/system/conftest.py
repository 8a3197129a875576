# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One installation a test session; every test leaves the engine clean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import engine_root  # noqa: F401
from tests.engine.sip import require
from tests.system.installation import Installation
from tests.system.scene import Operator, Scene


@pytest.fixture(scope="session")
def installation_session(engine_root: Path | None) -> Iterator[Installation]:  # noqa: F811
    require("baresip", "sipp")
    installation = Installation(engine_root)
    try:
        installation.start("web")
        yield installation
    finally:
        installation.stop()


@pytest.fixture
def installation(installation_session: Installation) -> Iterator[Installation]:
    yield installation_session
    for part in ("controller", "web"):
        if part not in installation_session.parts:
            installation_session.start_part(part)
    installation_session.ari.assert_clean()


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
