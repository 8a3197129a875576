# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a supervisor announces: a text to an organisation's operators, and an announcement that its waiting callers hear.

Both last until they are ended or replaced. They stand in the desk of whoever made them, so a restarted controller knows them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from vaxel.domain import desk as d
from vaxel.domain import events as e
from vaxel.domain.call import Call, State

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller


class Announcements:
    """``publish(operator, organisation, text)`` makes a notice of a text, which operators acknowledge; "" withdraws it."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self.publish: Callable[[str, str, str], None] = lambda operator, organisation, text: None

    def of(self, organisation: str) -> list[d.Announcement]:
        """What is announced now, newest first."""
        said = (said for desk in self._controller.desks for said in desk.told if said.organisation == organisation)
        return sorted(said, key=lambda said: -said.at)

    def begin(self, desk: d.Desk, organisation: str, text: str, prompt: str) -> None:
        self._end(organisation, prompt=bool(prompt))
        desk = self._controller.desks[desk.operator]
        event = d.Announced(at=time.time(), organisation=organisation, text=text, prompt=prompt)
        self._controller.desks.work(desk, event)
        self._controller.show_organisation(organisation)
        if text:
            self.publish(desk.operator, organisation, text)
        for call in list(self._controller.calls.values()):
            if prompt and call.organisation == organisation:
                self._tell(call.id, prompt)

    def end(self, organisation: str, *, callers: bool) -> None:
        self._end(organisation, prompt=callers)
        self._controller.show_organisation(organisation)

    def _end(self, organisation: str, *, prompt: bool) -> None:
        for desk in self._controller.desks:
            if any(said.organisation == organisation and bool(said.prompt) == prompt for said in desk.told):
                event = d.AnnouncementEnded(at=time.time(), organisation=organisation, callers=prompt)
                self._controller.desks.work(desk, event)
                if not prompt:
                    self.publish(desk.operator, organisation, "")

    def follow(self, before: Call | None, after: Call) -> None:
        """Who begins to wait hears what is announced to callers, once."""
        begins = after.state is State.WAITING and (before is None or before.state is not State.WAITING)
        prompt = next((said.prompt for said in self.of(after.organisation) if said.prompt), "") if begins else ""
        if prompt and not any(fact.code == "told" and fact.cause == prompt for fact in after.facts):
            asyncio.get_running_loop().call_soon(self._tell, after.id, prompt)

    def _tell(self, id_: str, prompt: str) -> None:
        call = self._controller.calls.get(id_)
        if call is not None and call.state is State.WAITING:
            self._controller.apply(id_, e.Tell(at=time.time(), prompts=(prompt,)))
