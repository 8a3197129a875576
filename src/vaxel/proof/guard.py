# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change is proved before it is saved: what would leave a caller ringing is taken back, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from vaxel.directory.guard import watching
from vaxel.directory.models import Organisation
from vaxel.directory.noted import noting
from vaxel.directory.rereading import written
from vaxel.domain.proof import Finding, Proof
from vaxel.domain.world import World
from vaxel.policy.compile import Compiled
from vaxel.proof import known
from vaxel.proof.comparison import Comparison, compared
from vaxel.proof.effect import Effect, effect
from vaxel.proof.hiding import Hiding
from vaxel.proof.whatif import with_policy
from vaxel.proof.words import remedy, sentence

T = TypeVar("T")


class Unproved(ValidationError):
    """The change would leave callers ringing, or what else a counterexample is. Its messages are sentences."""

    def __init__(self, findings: tuple[Finding, ...], world: World) -> None:
        self.findings = findings
        super().__init__(refusals(findings, world))


class Unaccepted(ValidationError):
    """The change brings something that its maker should know of, and hasn't accepted yet."""

    def __init__(self, findings: tuple[Finding, ...], world: World) -> None:
        self.findings = findings
        super().__init__(refusals(findings, world))


class _Seen(Exception):
    """Takes back what was only tried."""


class Result:
    """Of a change, when it is over: ``comparison`` is with the proof before."""

    def __init__(self, world: World) -> None:
        self.comparison = Comparison()
        self._world = world

    @property
    def warnings(self) -> tuple[str, ...]:
        """What its maker should know of."""
        return tuple(refusals(self.comparison.warnings, self._world))


_asking: ContextVar[bool] = ContextVar("vaxel_proof_asking", default=False)


@contextmanager
def asking() -> Iterator[None]:
    """Changes inside that bring new warnings are taken back too (``Unaccepted``): the page shows them, and asks."""
    token = _asking.set(True)
    try:
        yield
    finally:
        _asking.reset(token)


@contextmanager
def proved(organisation: str) -> Iterator[Result]:
    """What is written inside stands only if the proof of ``organisation`` gets no new counterexample. Raises ``Unproved``, ``Unaccepted``.

    Faults that were there before hinder nobody: else the one who mends the first of two couldn't save.
    """
    before = known.proof_of(organisation)
    result = Result(before.world)
    with transaction.atomic(), noting() as noted:
        yield result
        world = written(before.world, noted)
        if organisation not in world.organisations:
            return
        after = known.after(before, world, organisation)
        result.comparison = compared(before, after)
        if result.comparison.counterexamples:
            raise Unproved(result.comparison.counterexamples, world)
        if _asking.get() and result.comparison.warnings:
            raise Unaccepted(result.comparison.warnings, world)
        if world is not before.world:
            transaction.on_commit(lambda: known.adopt(before, after, organisation))


def tried(organisation: str, change: Callable[[], object]) -> Effect:
    """What ``change`` (which writes) would bring: it is carried out and taken back. What it raises is passed on."""
    before = known.proof_of(organisation)
    found: list[Effect] = []
    try:
        with transaction.atomic(), watching(organisation), noting() as noted:
            change()
            found.append(_effect(before, written(before.world, noted), organisation))
            raise _Seen
    except _Seen:
        return found[0]


def tried_policy(organisation: str, compiled: Compiled) -> Effect:
    """What putting ``compiled`` in force would bring. Nothing is written."""
    before = known.proof_of(organisation)
    return _effect(before, with_policy(before.world, organisation, compiled), organisation)


def _effect(before: Proof, world: World, organisation: str) -> Effect:
    after = known.after(before, world, organisation)
    return effect(before, after, organisation)


def refusals(findings: Iterable[Finding], world: World) -> list[str]:
    """For each a sentence with its clause and what helps. They are stored, and told to many: nobody with protected identity is named."""
    found = list(findings)
    hiding = Hiding(None, world) if found else None
    return [_refusal(hiding.finding(finding)) for finding in found] if hiding else []


def _refusal(finding: Finding) -> str:
    zone = Organisation.objects.filter(pk=finding.organisation).values_list("time_zone", flat=True).first() or "UTC"
    told = sentence(finding, zone)
    if finding.clause:
        told = _("{sentence} [{clause}]").format(sentence=told, clause=finding.clause)
    return f"{told} {remedy(finding)}"


def against_policy(organisation: str, compiled: Compiled) -> list[str]:
    """Why ``compiled`` mustn't come into force: asked by ``vaxel.policy.actions.activate``."""
    before = known.proof_of(organisation)
    world = with_policy(before.world, organisation, compiled)
    found = compared(before, known.after(before, world, organisation))
    return refusals(found.counterexamples, world)
