# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An installation whose controller has a clock of its own, and the five municipalities on it with their people and telephones."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from tests.engine import scenarios
from tests.engine.sip import Baresip, Sipp
from tests.system.days.clock import FOR_ITSELF_ALONE, Clock
from tests.system.days.municipalities import ALL, Json, Municipality, cast
from tests.system.days.telephones import Telephones
from tests.system.installation import ConsoleClient, Installation
from tests.system.scene import CITIZEN, Operator, Scene
from vaxel.telephony import engine

SET_UP = """
import json, sys
from tests.system.days.setting import {what}
print(json.dumps({what}(json.loads(sys.argv[1]))))
"""


class Stage(Installation):
    """``start(moment)`` gives it at that moment; ``clock.set`` moves on."""

    AS_IT_IS = True

    def __init__(self, engine_root: Path | None) -> None:
        super().__init__(engine_root)
        self.clock = Clock(self.folder)

    def start_at(self, moment: datetime) -> None:
        """Everything set up and running, the controller at ``moment``."""
        self.move_in()
        self.start_part("web", wait=False)
        with ThreadPoolExecutor(1) as pool:
            started = pool.submit(engine.start, self.config)
            self.setting("set_up")
            started.result()
        self.clock.set(moment)
        self.start_part("controller", wait=True, broken=FOR_ITSELF_ALONE, **self.clock.environment)
        self.wait_until_ready("web")

    def setting(self, what: str) -> Any:
        """A function of ``setting``, with the models of this installation."""
        return json.loads(self.django(SET_UP.format(what=what), json.dumps(self.demo["municipalities"])))


@dataclass
class Citizen:
    """Somebody in the public network, with one call at a time."""

    phone: Baresip
    _since: int = -1
    _dialled: float = 0.0

    @property
    def number(self) -> str:
        return self.phone.account.user

    def dial(self, number: str) -> None:
        """Once the last call is over."""
        if self._since >= 0:
            self.phone.wait_for("CALL_CLOSED", since=self._since)
        self._since, self._dialled = self.phone.events.count(), time.time()
        self.phone.dial(number)

    @property
    def recording(self) -> Path | None:
        """What was heard in the call that was dialled last; None when nothing was."""
        # Not by name: calls that begin within a second have one file.
        newest = self.phone.heard()[-1:]
        return newest[0] if newest and newest[0].stat().st_mtime >= self._dialled else None


@dataclass
class Town:
    """A municipality with its operator at her console and line, and citizens who ring it. ``desk``: she takes one call at a time."""

    stage: Stage
    municipality: Municipality
    scene: Scene
    operator: Operator
    citizens: list[Citizen]
    desk: RLock = field(default_factory=RLock)

    @property
    def id(self) -> str:
        return self.municipality.id

    @property
    def home(self) -> Json:
        return self.scene.home

    @property
    def console(self) -> ConsoleClient:
        return self.operator.console

    @property
    def main_number(self) -> str:
        return self.scene.main_number

    @property
    def cast(self) -> dict[str, Json]:
        return cast(self.home, self.municipality.unit)

    def person(self, part: str) -> Json:
        return self.cast[part]

    def group_number(self, n: int) -> str:
        return f"{self.main_number[:-2]}{n:02d}"


class Cast:
    """Everybody's telephones. Use as a context manager."""

    def __init__(self, stage: Stage, citizens: int) -> None:
        self._stage = stage
        self._citizens = citizens
        self._stack = ExitStack()
        self.towns: dict[str, Town] = {}

    def __enter__(self) -> Self:
        try:
            with ThreadPoolExecutor(len(ALL)) as pool:
                self.towns = {town.id: town for town in pool.map(self._town, range(len(ALL)))}
            self.silent = self._telephones(scenarios.ringing_only(), "silent", "rung")
            self.busy = self._telephones(scenarios.refusing(486), "busy", "busy-2", group=0)
            answering = ("stand-in", "successor", "turn-1", "turn-2", "turn-3")
            self.answering = self._telephones(scenarios.answering(), *answering)
            trunk = Sipp(
                self._stage.folder, scenarios.answering(), self._stage.server, port=self._stage.trunk_port, calls=1000
            )
            self.mobiles = self._stack.enter_context(trunk)
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self._stack.close()

    def _town(self, n: int) -> Town:
        municipality = ALL[n]
        scene = self._stack.enter_context(Scene(self._stage, municipality.id))
        citizens = [self._citizen(n * self._citizens + m) for m in range(self._citizens)]
        return Town(self._stage, municipality, scene, scene.operator(), citizens)

    def _citizen(self, n: int) -> Citizen:
        number = f"46701740{605 + n}"
        return Citizen(self._stack.enter_context(self._stage.citizen(number, tone=CITIZEN, trace=True)))

    def _telephones(self, scenario: str, *parts: str, group: int | None = None) -> Telephones:
        people: list[Json] = []
        for town in self.towns.values():
            people += [town.person(part) for part in parts]
            if group is not None:
                members = town.home["groups"][group]["members"]
                people += [person for person in town.home["people"] if person["id"] in members]
        return self._stack.enter_context(Telephones(self._stage, scenario, people))
