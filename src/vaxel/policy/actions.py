# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to policies: propose a version, activate it. Each is recorded with who did it, and published when it is committed.

A text with faults is refused whole (``PolicyError``): the version in force stays in force.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.changes import raise_version
from vaxel.directory.models import Organisation
from vaxel.policy import hours, selectors
from vaxel.policy.compile import Compiled, compile_policy
from vaxel.policy.document import Policy
from vaxel.policy.faults import Fault, PolicyError
from vaxel.policy.load import parse
from vaxel.policy.locate import Lines
from vaxel.policy.models import PolicyVersion

Proof = Callable[[str, Compiled], list[str]]
"""Given an organisation's id and a policy that might come into force: why some call would be left ringing; [] when none would."""

PROOFS: list[Proof] = []
"""Asked before a version is activated. ``vaxel.policy`` knows no prover: who has one adds it here."""


class PolicyRefused(Exception):
    """The policy is free of faults, but mustn't come into force: ``reasons`` says why."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


def propose(text: str, by: By, *, organisation: str = "", note: str = "", file: str = "") -> PolicyVersion:
    """Keep ``text`` as a version that can be activated. Raises ``PolicyError``: also when it isn't for ``organisation``, where given."""
    policy = parse(text, file)
    home = _home(policy, text, organisation, file)
    with acting(by), transaction.atomic():
        return PolicyVersion.objects.create(
            organisation=home,
            version=policy.policy.version,
            valid_from=policy.policy.valid_from,
            text=text,
            digest=digest(text),
            note=note.replace("\x00", "").strip()[:2000],
            proposed_by=by.name[:150],
        )


def _home(policy: Policy, text: str, organisation: str, file: str) -> Organisation:
    """The organisation that the policy is for."""
    head, lines = policy.policy, Lines(text)
    if organisation and head.organisation != organisation:
        sentence = _("this policy is for “{found}”, not for “{wanted}”.").format(
            found=head.organisation, wanted=organisation
        )
        raise PolicyError([_fault(lines, "organisation", sentence, file)])
    home = Organisation.objects.filter(pk=head.organisation).first()
    if home is None:
        sentence = _("there is no organisation “{name}” in this installation.").format(name=head.organisation)
        raise PolicyError([_fault(lines, "organisation", sentence, file)])
    if home.country != head.country:
        sentence = _("the organisation lies in {found} by the directory: rings and holidays would be wrong.")
        raise PolicyError([_fault(lines, "country", sentence.format(found=home.country), file)])
    return home


def _fault(lines: Lines, key: str, sentence: str, file: str) -> Fault:
    return Fault(line=lines.of(("policy", key)), key=f"policy › {key}", sentence=sentence, file=file)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def activate(version: PolicyVersion, by: By, *, moment: datetime | None = None) -> PolicyVersion:
    """Put ``version`` in force: now, or when its first day begins in the municipality. What held until then is kept.

    Nothing happens to one that is activated already. Raises ``PolicyError`` for a text that this Vaxel doesn't take, ``PolicyRefused``
    when a proof finds a call that would be left ringing.
    """
    now = moment or timezone.now()
    compiled = compile_policy(parse(version.text))
    reasons = [reason for proof in PROOFS for reason in proof(version.organisation_id, compiled)]
    if reasons:
        raise PolicyRefused(reasons)
    with acting(by), transaction.atomic():
        # The organisation's row is held, so that two who activate at once come one after the other.
        home = Organisation.objects.select_for_update().get(pk=version.organisation_id)
        current = PolicyVersion.objects.get(pk=version.pk)
        if current.activated_at is not None:
            return current
        _put_in_force(current, _begins(current, home, now), by, now)
        current.compiled = msgspec.to_builtins(compiled)
        current.save()
        if current.begun:
            hours.keep(home, compiled, by.name)
    return current


def _begins(version: PolicyVersion, home: Organisation, now: datetime) -> datetime:
    first = datetime.combine(version.valid_from, time(), ZoneInfo(home.time_zone))
    return max(now, first)


def _put_in_force(version: PolicyVersion, begins: datetime, by: By, now: datetime) -> None:
    """A later version that waits for its day still replaces this one then."""
    others = PolicyVersion.objects.filter(organisation=version.organisation_id).exclude(begins_at=None)
    later = others.filter(begins_at__gt=begins).order_by("begins_at").first()
    for other in others.filter(begins_at__lte=begins):
        if other.replaced_at is None or other.replaced_at > begins:
            other.replaced_at = begins
            other.save(update_fields=["replaced_at"])
    version.activated_by, version.activated_at = by.name[:150], now
    version.begins_at, version.replaced_at = begins, later.begins_at if later else None
    version.begun = begins <= now


def begin_due(now: datetime) -> int:
    """Versions whose first day has come begin: their hours are kept and the controller is told. Returns how many.

    Asked by the worker, again and again.
    """
    due = PolicyVersion.objects.filter(begun=False, begins_at__lte=now).order_by("begins_at", "id")
    return sum(_begin(version, now) for version in due.select_related("organisation"))


def _begin(version: PolicyVersion, now: datetime) -> int:
    by = By(name=version.activated_by)
    with acting(by), transaction.atomic():
        # A conditional update: of several workers one begins it.
        if not PolicyVersion.objects.filter(pk=version.pk, begun=False).update(begun=True):
            return 0
        if version.replaced_at is None or version.replaced_at > now:
            hours.keep(version.organisation, selectors.compiled(version), by.name)
        raise_version()
    return 1
