# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The spoken names of people and groups, synthesised a few at a time: a municipality has thousands, and nobody waits for them.

They lie in ``names/ORGANISATION/KEY`` below the prompts. Until one is there, callers hear “the person you are calling”.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vaxel.site.config import Config
from vaxel.telephony import prompts
from vaxel.telephony.engine.places import places
from vaxel.telephony.media import spoken
from vaxel.telephony.prompts import Prompt


@dataclass(frozen=True)
class Named:
    """Whose name is to be spoken: ``key`` is that of a person or group (``p12``), ``language`` the organisation's."""

    organisation: str
    key: str
    language: str
    name: str

    @property
    def prompt(self) -> Prompt:
        # The comma: a sentence goes on after it.
        return Prompt(f"names/{self.organisation}/{self.key}", prompts.VOICES[spoken(self.language)], f"{self.name},")


def keep_up(wanted: Iterable[Named], config: Config, seconds: float) -> bool:
    """Make missing and changed names for about so many seconds, and remove those of nobody. Whether all are there now.

    Raises as ``prompts.keep_up`` does.
    """
    folder = places(config).prompts
    return prompts.keep_up([named.prompt for named in wanted], folder / "names", config, seconds)
