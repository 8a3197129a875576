# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People with protected identity are named to those alone who are allowed to find them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from vaxel.directory.access import Actor
from vaxel.directory.protection import somebody
from vaxel.domain.explain import Line
from vaxel.domain.plan import Party
from vaxel.domain.proof import Finding
from vaxel.domain.world import World


class Hiding:
    """What ``actor`` may read of a proof or an explanation in ``world``; None: what everybody may. ``known``: whom she knows anyhow,
    besides herself.
    """

    def __init__(self, actor: Actor | None, world: World, known: Collection[str] = ()) -> None:
        if actor is not None and actor.person is not None:
            known = (*known, actor.person.key)
        every = actor is not None and actor.finds_protected
        hidden = (person for person in world.people.values() if person.protected and person.id not in known)
        protected = [] if every else list(hidden)
        self._names = {person.name for person in protected}
        self._keys = {person.id for person in protected}
        self._numbers = {number for key in self._keys for number in world.numbers_of.get(key, ())}

    def hides(self, number: str) -> bool:
        """Is it the number of somebody whom she may not find?"""
        return number in self._numbers

    def hides_person(self, key: str) -> bool:
        """Is it somebody whom she may not find?"""
        return key in self._keys

    def lines(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        if not self._keys:
            return tuple(lines)
        return tuple(
            replace(line, who=tuple(map(self._party, line.who)), heard=self._text(line.heard)) for line in lines
        )

    def finding(self, finding: Finding) -> Finding:
        if not self._keys:
            return finding
        hidden = finding.subject in self._keys or finding.subject in self._numbers
        return replace(
            finding,
            subject="" if hidden else finding.subject,
            name=self._text(finding.name),
            detail=self._text(finding.detail),
        )

    def _party(self, party: Party) -> Party:
        return replace(party, id="", name=somebody(), number="") if party.id in self._keys else party

    def _text(self, text: str) -> str:
        for name in self._names:
            text = text.replace(name, somebody())
        return text
