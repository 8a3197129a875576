# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proofs made and kept: each night, soon after a change, and when somebody asks."""

from __future__ import annotations

import logging
import time
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from django.db import DatabaseError, transaction
from msgspec import Struct

from vaxel.directory import snapshot
from vaxel.directory.models import Organisation
from vaxel.domain.proof import Finding, Proof
from vaxel.policy.models import PolicyVersion
from vaxel.proof import known
from vaxel.proof.models import Cause, ProofFailure, ProofRun

NIGHT = (2, 5)
"""Hours, in the municipality's time, in which the nightly proof is made."""
A_NIGHT_AGO = timedelta(hours=12)
SETTLED = timedelta(minutes=5)
"""Changes come in crowds: absences all day long, a whole directory at once. So often at most they are proved anew; a policy at once."""
AGAIN = timedelta(minutes=30)
"""So long after one that failed the next is tried."""
KEPT = timedelta(days=800)

log = logging.getLogger(__name__)


class Unmade(Exception):
    """The prover itself failed. ``what`` names the fault and the line of the program."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class State(Struct, frozen=True, kw_only=True):
    """How an organisation stands by its newest proof. ``current``: nothing has changed since it was made."""

    made_at: datetime
    checked_at: datetime
    current: bool
    counterexamples: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    run: int


def proof_state(organisation: str) -> State | None:
    """By the newest proof; None before the first. Two small queries."""
    run = newest(organisation)
    if run is None:
        return None
    found = run.found()
    return State(
        made_at=run.made_at,
        checked_at=run.checked_at,
        current=run.world_version == snapshot.version(),
        counterexamples=tuple(finding for finding in found if finding.is_counterexample),
        warnings=tuple(finding for finding in found if not finding.is_counterexample),
        run=run.pk,
    )


def newest(organisation: str) -> ProofRun | None:
    """The newest proof of ``organisation``."""
    return ProofRun.objects.filter(organisation=organisation).order_by("-id").first()


def failure(organisation: str) -> ProofFailure | None:
    """Why no proof of ``organisation`` can be made just now; None when the last one was made."""
    return ProofFailure.objects.filter(organisation=organisation).first()


def make(organisation: str, cause: Cause, now: datetime) -> ProofRun:
    """Prove ``organisation`` as it is, and keep what is found. Raises ``KeyError`` when there is none of that id.

    A fault of the prover is kept, to be shown to the administrator, and raised as ``Unmade``.
    """
    before = time.perf_counter()
    if not Organisation.objects.filter(pk=organisation).exists():
        raise KeyError(organisation)
    try:
        proof = known.proof_of(organisation)
        run = _keep(proof, organisation, cause, now, time.perf_counter() - before)
    except DatabaseError:
        raise
    except Exception as error:
        # Whatever it was, the proofs of the others are due all the same, and the next one begins from nothing.
        log.exception("the proof failed", extra={"organisation": organisation})
        known.forget()
        what = _fault(error)
        values = {"cause": cause, "at": now, "what": what}
        ProofFailure.objects.update_or_create(
            organisation_id=organisation, defaults=values, create_defaults={**values, "since": now}
        )
        raise Unmade(what) from error
    ProofFailure.objects.filter(organisation=organisation).delete()
    return run


def _fault(error: Exception) -> str:
    """“KeyError, vaxel/domain/routing/decide.py:210”: a message might name people."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "vaxel" in frame.filename]
    where = f", {Path(*Path(frames[-1].filename).parts[-3:])}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"[:200]


def _keep(proof: Proof, organisation: str, cause: Cause, now: datetime, seconds: float) -> ProofRun:
    findings, summary = proof.findings, proof.summary
    counterexamples = sum(finding.is_counterexample for finding in findings)
    run = ProofRun(
        organisation_id=organisation,
        cause=cause,
        made_at=now,
        checked_at=now,
        world_version=proof.world.version,
        start=datetime.fromtimestamp(summary.start, UTC),
        end=datetime.fromtimestamp(summary.end, UTC),
        numbers=summary.numbers,
        shapes=summary.shapes,
        plans=summary.plans,
        ways=summary.ways,
        seconds=seconds,
        counterexamples=counterexamples,
        warnings=len(findings) - counterexamples,
        findings=msgspec.to_builtins(findings),
    )
    with transaction.atomic():
        last = newest(organisation)
        if last is not None and cause is Cause.CHANGE and _said(last.findings) == _said(run.findings):
            last.checked_at, last.world_version, last.numbers = now, run.world_version, run.numbers
            last.save(update_fields=["checked_at", "world_version", "numbers"])
            return last
        run.save()
        ProofRun.objects.filter(organisation=organisation, made_at__lt=now - KEPT).exclude(pk=run.pk).delete()
    return run


def _said(findings: list[dict[str, object]]) -> list[dict[str, object]]:
    """Without the moment at which each shows first: it moves with the period."""
    return [{name: value for name, value in finding.items() if name != "at"} for finding in findings]


def keep_up(now: datetime) -> int:
    """Make the proofs that are due. Asked by the worker, again and again; how many were made."""
    version = snapshot.version()
    made = 0
    for organisation in Organisation.objects.order_by("id"):
        cause = _due(organisation, version, now)
        if cause is not None:
            made += _made(organisation.pk, cause, now)
    return made


def _made(organisation: str, cause: Cause, now: datetime) -> bool:
    try:
        make(organisation, cause, now)
    except (KeyError, Unmade):
        # Deleted meanwhile; or it is kept why not.
        return False
    return True


def _due(organisation: Organisation, version: int, now: datetime) -> Cause | None:
    failed = failure(organisation.pk)
    if failed is not None and now - failed.at < AGAIN:
        return None
    proofs = ProofRun.objects.filter(organisation=organisation).defer("findings")
    last = proofs.order_by("-id").first()
    if last is None:
        return Cause.CHANGE
    if _night_due(organisation, now):
        return Cause.NIGHT
    if version == last.world_version:
        return None
    begun = PolicyVersion.objects.filter(organisation=organisation, begun=True, begins_at__gt=last.checked_at)
    return Cause.CHANGE if now - last.checked_at >= SETTLED or begun.exists() else None


def _night_due(organisation: Organisation, now: datetime) -> bool:
    if not NIGHT[0] <= now.astimezone(ZoneInfo(organisation.time_zone)).hour < NIGHT[1]:
        return False
    tonight = ProofRun.objects.filter(organisation=organisation, cause=Cause.NIGHT, made_at__gt=now - A_NIGHT_AGO)
    return not tonight.exists()
