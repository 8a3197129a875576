# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""In whose voice a call's prompts are said: its organisation's languages, time and names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from vaxel.domain.call import Call
from vaxel.domain.plan import ReasonCode
from vaxel.domain.world import World
from vaxel.telephony.media import Voice, heard


def voice(call: Call, world: World) -> Voice:
    """The voice of the organisation that a call is for; of nobody's in English, by UTC."""
    home = world.organisations.get(call.organisation)
    if home is None:
        return Voice(organisation="", language=call.language, zone=ZoneInfo("UTC"))

    def unnamed(key: str) -> bool:
        """Someone with protected identity, or nobody of this organisation: such a name is not said."""
        owner = world.people.get(key) or world.groups.get(key)
        return owner is None or owner.organisation != call.organisation or getattr(owner, "protected", False)

    return Voice(
        organisation=home.id,
        language=call.language,
        zone=ZoneInfo(home.time_zone),
        country=home.country,
        # Employees who key a code need not hear everything twice.
        languages=() if call.reason.code is ReasonCode.FEATURE_CODE else home.languages,
        unnamed=unnamed,
        recorded=f"{call.id}-r{call.recorded}" if call.recorded else "",
    )


class Announcer:
    """Finds what a call's prompts are when they are played."""

    def __init__(self, sounds: Path, call: Call, world: World, now: float) -> None:
        self._sounds, self._call, self._world, self._now = sounds, call, world, now

    def __call__(self, items: Sequence[str]) -> tuple[str, ...]:
        return heard(items, self._sounds, voice(self._call, self._world), self._now)
