# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proofs kept between requests: the first of a process walks everything, the next ones only what a change reached.

They are of the world that ``vaxel.directory.current`` keeps, and move on with it.
"""

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
    """Proofs of one world, by organisation, from ``start`` on."""

    world: World
    start: float
    proofs: dict[str, Proof] = field(default_factory=dict)


# A proof lays out timetables as it goes, which must not be done by two threads at once. Who holds it may ask for the current world, not the
# other way round.
_lock = threading.RLock()
_kept: _Kept | None = None


def proof_of(organisation: str) -> Proof:
    """The proof of ``organisation`` as it is now, over the coming year. Raises ``KeyError`` when there is none of that id."""
    with _lock:
        return _proved(current.world(), organisation)


def forget() -> None:
    """Prove anew at the next use: the database is another one."""
    global _kept  # noqa: PLW0603 - one copy a process, as large as the directory
    with _lock:
        _kept = None


def follow(world: World) -> None:
    """Another world has taken the place of the one that was kept: the proofs move on to it, and let the old one go."""
    global _kept  # noqa: PLW0603 - see above
    # Somebody who proves just now moves them on the next time.
    if not _lock.acquire(blocking=False):
        return
    try:
        if _kept is not None and _kept.world is not world and not connection.in_atomic_block:
            _kept = _moved(_kept, world)
    finally:
        _lock.release()


def adopt(before: Proof, proof: Proof, organisation: str) -> None:
    """A change of this process from ``before`` to ``proof`` has been committed: its world and proof are those that are kept now."""
    global _kept  # noqa: PLW0603 - see above
    with _lock:
        if _kept is not None and _kept.proofs.get(organisation) is before:
            _kept = _moved(_kept, proof.world, {organisation: proof})
        current.adopt(proof.world, before.world)


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


def _moved(known: _Kept, world: World, made: dict[str, Proof] | None = None) -> _Kept:
    """The proofs of ``known`` in another ``world``; those ``made`` already aren't made again."""
    keys = touched(known.world, world)
    if keys is None:
        return _Kept(world, known.start, made or {})
    others = {home: proof for home, proof in known.proofs.items() if home not in (made or {})}
    return _Kept(world, known.start, {home: proof.after(world, keys) for home, proof in others.items()} | (made or {}))


def _after(proof: Proof, world: World, organisation: str) -> Proof:
    world.organisations[organisation]
    keys = touched(proof.world, world)
    if keys is None:
        start = proof.summary.start
        return prove(world, start, start + YEAR, [organisation])
    return proof.after(world, keys)
