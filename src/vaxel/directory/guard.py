# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes that are looked at before they are saved: a change of hours or groups that would leave a caller ringing is taken back.

The directory knows no prover: who has one adds it to ``GUARDS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.db import transaction


class Looked(Protocol):
    """What a guard has to say of a change, when it is over."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for whoever made it."""


Guard = Callable[[str], AbstractContextManager[Looked]]
"""Given an organisation's id: what is entered before a change of it is written and left afterwards, in the same transaction. Raises
``ValidationError`` to take it back."""

GUARDS: list[Guard] = []
_inside: ContextVar[frozenset[str]] = ContextVar("vaxel_guarded", default=frozenset())


@contextmanager
def guarded(organisation: str) -> Iterator[list[Looked]]:
    """One transaction, looked at as a whole at its end: also when it holds others that would be. What was seen is told afterwards."""
    looked_at = organisation in _inside.get()
    looked: list[Looked] = []
    with watching(organisation), ExitStack() as stack:
        if not looked_at:
            looked += [stack.enter_context(guard(organisation)) for guard in GUARDS]
        with transaction.atomic():
            yield looked


@contextmanager
def watching(organisation: str) -> Iterator[None]:
    """Whoever enters this looks at changes of ``organisation`` inside: nobody else needs to."""
    token = _inside.set(_inside.get() | {organisation})
    try:
        yield
    finally:
        _inside.reset(token)
