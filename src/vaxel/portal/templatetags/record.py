# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes, numbers and durations as pages show them."""

from __future__ import annotations

from django import template

from vaxel.calls import words
from vaxel.directory.access import Actor
from vaxel.directory.models import Person
from vaxel.directory.numbers import readable
from vaxel.directory.protection import may_know, somebody

register = template.Library()


@register.filter
def name_for(person: Person, actor: Actor) -> str:
    """The name of ``person``, or what stands instead of one that ``actor`` may not know."""
    return person.name if may_know(actor, person) else somebody()


@register.filter
def state(code: str) -> str:
    """A call's state in words."""
    return words.word(words.STATES, code)


@register.filter
def cause(code: str) -> str:
    """A cause or reason in words."""
    return words.word(words.CAUSES, code) if code else ""


@register.filter
def direction(code: str) -> str:
    """A call's direction in words."""
    return words.word(words.DIRECTIONS, code)


@register.filter
def number(digits: str) -> str:
    """A telephone number in readable groups."""
    return readable(digits)


@register.filter
def duration(seconds: float) -> str:
    """Seconds for reading."""
    return words.duration(seconds)


@register.filter
def field(values: dict[str, str], name: str) -> str:
    """What stands in a form's field whose name is no identifier (``eve-ordinary``)."""
    return values.get(name, "")
