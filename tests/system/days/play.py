# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The days are played once: at each moment all five municipalities are rung at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime

from tests.system.days import scenes
from tests.system.days.municipalities import (
    EARLY,
    EVENING,
    FRIDAY,
    LUNCH,
    MORNING,
    SATURDAY,
    THURSDAY,
    WEDNESDAY,
)
from tests.system.days.scenes import Outcome, Scene
from tests.system.days.stage import Cast, Citizen, Stage, Town

CITIZENS = 4
"""Of each municipality: so many calls at once."""

Part = tuple[Town, Citizen, Sequence[tuple[str, Scene]]]
"""A municipality, one of its citizens, and what the citizen does, one after the other."""

Results = dict[tuple[str, str], Outcome | Exception]
"""(municipality, scene) → what came of it."""

MORNINGS: tuple[Sequence[tuple[str, Scene]], ...] = (
    (("answered", scenes.answered), ("absent", scenes.absent), ("leaver", scenes.left)),
    (("unreferred", scenes.unreferred), ("errand", scenes.on_an_errand), ("protected", scenes.protected)),
    (("silent", scenes.silent),),
    (
        ("full-group", scenes.full_group),
        ("hotline", scenes.hotline),
        ("pick-up", scenes.picked_up),
        ("in-turn", scenes.in_turn),
    ),
)
"""What each of a municipality's citizens does on Monday morning."""

MOMENTS: tuple[tuple[str, datetime], ...] = (
    ("saturday", SATURDAY),
    ("early", EARLY),
    ("morning", MORNING),
    ("lunch", LUNCH),
    ("evening", EVENING),
    ("wednesday", WEDNESDAY),
    ("thursday", THURSDAY),
    ("friday", FRIDAY),
)


class Play:
    """What goes wrong in one scene is its result, and the others go on."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self._stage = stage
        self._cast = cast
        self._towns = list(cast.towns.values())

    def moments(self) -> Iterator[Results]:
        """Play it; the results of one moment after the other."""
        with ThreadPoolExecutor(len(self._towns) * CITIZENS) as pool:
            for name, moment in MOMENTS:
                self._stage.clock.set(moment)
                found: Results = {}
                for part in [pool.submit(self._line, *part) for part in self._parts(name)]:
                    found |= part.result()
                yield found

    def _parts(self, name: str) -> list[Part]:
        if name == "morning":
            return [
                (town, citizen, _morning(town, n)) for town in self._towns for n, citizen in enumerate(town.citizens)
            ]
        return [(town, town.citizens[0], _at_the_main_number(town, name)) for town in self._towns]

    def _line(self, town: Town, citizen: Citizen, what: Sequence[tuple[str, Scene]]) -> Results:
        found: Results = {}
        for name, scene in what:
            try:
                found[town.id, name] = scene(self._cast, town, citizen)
            except Exception as error:
                found[town.id, name] = error
                with suppress(OSError, TimeoutError):
                    citizen.phone.hang_up()
        return found


def _morning(town: Town, n: int) -> Sequence[tuple[str, Scene]]:
    if n == len(MORNINGS) - 1 and town.municipality.unit:
        return (*MORNINGS[n], ("closed-unit", scenes.closed_unit))
    return MORNINGS[n]


def _at_the_main_number(town: Town, name: str) -> Sequence[tuple[str, Scene]]:
    alone = ((name, scenes.main_number),)
    # Then nobody else wants Falkenberg's operator, and elsewhere the announcements take longer.
    return (
        (*alone, ("external-first", scenes.external_first)) if (town.id, name) == ("falkenberg", "wednesday") else alone
    )
