# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The days are played once: at each moment all five municipalities are rung at the same time, and everything is kept for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
    ("first in the morning", MORNING),
    ("morning", MORNING),
    ("lunch", LUNCH),
    ("evening", EVENING),
    ("wednesday", WEDNESDAY),
    ("thursday", THURSDAY),
    ("friday", FRIDAY),
)


class Play:
    """``play()`` gives the results. What goes wrong in one scene is its result, and the others go on."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self._stage = stage
        self._cast = cast
        self._towns = list(cast.towns.values())
        self.results: Results = {}

    def play(self) -> Results:
        with ThreadPoolExecutor(len(self._towns) * CITIZENS) as pool:
            for name, moment in MOMENTS:
                self._stage.clock.set(moment)
                for done in [pool.submit(self._line, *part) for part in self._parts(name)]:
                    done.result()
        return self.results

    def _parts(self, name: str) -> list[Part]:
        if name == "morning":
            return [(town, citizen, MORNINGS[n]) for town in self._towns for n, citizen in enumerate(town.citizens)]
        if name == "first in the morning":
            falkenberg = self._cast.towns["falkenberg"]
            return [(falkenberg, falkenberg.citizens[0], [("external-first", scenes.external_first)])]
        parts: list[Part] = [(town, town.citizens[0], [(name, scenes.main_number)]) for town in self._towns]
        if name == "lunch":
            units = [town for town in self._towns if town.municipality.unit]
            parts += [(town, town.citizens[1], [("closed-unit", scenes.closed_unit)]) for town in units]
        return parts

    def _line(self, town: Town, citizen: Citizen, what: Sequence[tuple[str, Scene]]) -> None:
        for name, scene in what:
            try:
                self.results[town.id, name] = scene(self._cast, town, citizen)
            except Exception as error:
                self.results[town.id, name] = error
                citizen.phone.hang_up()
