# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proofs kept between requests: the first of a process walks everything, the next ones only what a change reached."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from django.db import connection

from vaxel.directory import current
from vaxel.domain.proof import Proof, prove
from vaxel.domain.world import World
from vaxel.proof.differences import touched
from vaxel.proof.period import DAY, YEAR


@dataclass
class _Kept:
    """Proofs of one world, by organisation, from ``start`` on: one copy of the directory a process."""

    world: World
    start: float
    proofs: dict[str, Proof] = field(default_factory=dict)


# A proof lays out timetables as it goes, which must not be done by two threads at once.
_lock = threading.RLock()
_kept: _Kept | None = None


def proof_of(organisation: str) -> Proof:
    """The proof of ``organisation`` as it is now, over the coming year. Raises ``KeyError`` when there is none of that id."""
    with _lock:
        return _proved(current.world(), organisation)


def proof_in(world: World, organisation: str) -> Proof:
    """The proof of ``organisation`` in a ``world`` that might be: nothing of it is kept. Raises ``KeyError``."""
    with _lock:
        return _after(_proved(current.world(), organisation), world, organisation)


def forget() -> None:
    """Prove anew at the next use: the database is another one."""
    global _kept  # noqa: PLW0603 - one copy a process, as large as the directory
    with _lock:
        _kept = None


def after(proof: Proof, world: World, organisation: str) -> Proof:
    """The proof of ``world``, made from that of another. Raises ``KeyError`` when ``organisation`` isn't there any longer."""
    with _lock:
        return _after(proof, world, organisation)


def _proved(world: World, organisation: str) -> Proof:
    global _kept  # noqa: PLW0603 - see above
    world.organisations[organisation]
    known, now = _kept, time.time()
    if known is None or now - known.start > DAY:
        known = _Kept(world, now)
    elif known.world is not world:
        known = _moved(known, world)
    if organisation not in known.proofs:
        known.proofs[organisation] = prove(world, known.start, known.start + YEAR, [organisation])
    if not connection.in_atomic_block:
        # What isn't committed may be taken back.
        _kept = known
    return known.proofs[organisation]


def _moved(known: _Kept, world: World) -> _Kept:
    keys = touched(known.world, world)
    if keys is None:
        return _Kept(world, known.start)
    return _Kept(world, known.start, {home: proof.after(world, keys) for home, proof in known.proofs.items()})


def _after(proof: Proof, world: World, organisation: str) -> Proof:
    world.organisations[organisation]
    keys = touched(proof.world, world)
    if keys is None:
        start = proof.summary.start
        return prove(world, start, start + YEAR, [organisation])
    return proof.after(world, keys)
