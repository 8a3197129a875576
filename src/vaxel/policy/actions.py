# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to policies: propose a version, activate it. Each is recorded with who did it, and published when it is committed.

A text with faults is refused whole (``PolicyError``): the version in force stays in force.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import msgspec
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from vaxel.directory.audit import By, acting
from vaxel.directory.models import Organisation
from vaxel.policy import against, hours, selectors
from vaxel.policy.compile import Compiled, compile_policy
from vaxel.policy.document import Policy
from vaxel.policy.faults import Fault, PolicyError
from vaxel.policy.load import parse
from vaxel.policy.locate import Lines
from vaxel.policy.models import PolicyVersion

Proof = Callable[[str, Compiled], list[str]]
"""Given an organisation's id and a policy that might come into force: why some call would be left ringing; [] when none would."""

PROOFS: list[Proof] = []
"""Asked before a version is activated, and again when it begins. ``vaxel.policy`` knows no prover: who has one adds it here."""


log = logging.getLogger(__name__)


class PolicyRefused(Exception):
    """The policy is free of faults, but mustn't come into force: ``reasons`` says why."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


def propose(text: str, by: By, *, organisation: str = "", note: str = "", file: str = "") -> PolicyVersion:
    """Keep ``text`` as a version that can be activated. Raises ``PolicyError``: also when it isn't for ``organisation``, where given, can't
    be kept there, or is there already.
    """
    home, policy = examined(text, organisation=organisation, file=file)
    with acting(by), transaction.atomic():
        # The organisation's row is held, so that of two who propose a version of one name at once the second is refused.
        Organisation.objects.select_for_update().get(pk=home.pk)
        there = already_there(home, policy, text, file)
        if there is not None:
            sentence = _("this version is there already, with the same text: {who} proposed it on {day}.")
            told = sentence.format(who=there.proposed_by or "–", day=date_format(timezone.localtime(there.proposed_at)))
            raise PolicyError([_fault(Lines(text), "version", told, file)])
        return PolicyVersion.objects.create(
            organisation=home,
            version=policy.policy.version,
            valid_from=policy.policy.valid_from,
            text=text,
            digest=digest(text),
            note=note.replace("\x00", "").strip()[:2000],
            proposed_by=by.name[:150],
        )


def examined(text: str, *, organisation: str = "", file: str = "") -> tuple[Organisation, Policy]:
    """Whose policy ``text`` is, and what it says. Raises ``PolicyError`` as ``propose`` does."""
    policy = parse(text, file)
    home = _home(policy, text, organisation, file)
    if found := against.faults(home, policy, Lines(text), file):
        raise PolicyError(found)
    return home, policy


def already_there(home: Organisation, policy: Policy, text: str, file: str = "") -> PolicyVersion | None:
    """The version of this name and text, if there is one. Raises ``PolicyError`` when one of this name says something else."""
    there = PolicyVersion.objects.filter(organisation=home, version=policy.policy.version).order_by("-id").first()
    if there is None or there.digest == digest(text):
        return there
    sentence = _("there is a version “{name}” already, which says something else: give this one a name of its own.")
    raise PolicyError([_fault(Lines(text), "version", sentence.format(name=there.version), file)])


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
    if reasons := _unproved(version, compiled):
        raise PolicyRefused(reasons)
    with acting(by), transaction.atomic():
        # The organisation's row is held, so that two who activate at once come one after the other.
        home = Organisation.objects.select_for_update().get(pk=version.organisation_id)
        current = PolicyVersion.objects.get(pk=version.pk)
        if current.activated_at is not None:
            return current
        current.activated_by, current.activated_at = by.name[:150], now
        current.begins_at = max(now, datetime.combine(version.valid_from, time(), ZoneInfo(home.time_zone)))
        current.compiled = msgspec.to_builtins(compiled)
        current.hindered_at, current.hindrance = None, ""
        if current.begins_at <= now:
            _take_over(current, home, compiled, now)
        current.save()
    return current


def _unproved(version: PolicyVersion, compiled: Compiled) -> list[str]:
    return [reason for proof in PROOFS for reason in proof(version.organisation_id, compiled)]


def _take_over(version: PolicyVersion, home: Organisation, compiled: Compiled, now: datetime) -> None:
    """``version`` is in force from ``now``, instead of whatever was to be in force until its day. A later one still comes on its own."""
    earlier = Q(begins_at__lt=version.begins_at) | Q(begins_at=version.begins_at, pk__lt=version.pk)
    for other in PolicyVersion.objects.filter(earlier, organisation=home, replaced_at=None):
        other.replaced_at, other.begun = now, True
        other.save(update_fields=["replaced_at", "begun"])
    version.begins_at, version.begun = now, True
    hours.keep(home, compiled, version.activated_by)


def begin_due(now: datetime) -> int:
    """Versions whose first day has come begin, if the proof still holds: their hours are kept and the controller is told. Returns how many.

    One that would leave a caller ringing on its day is a proposal again, with the reasons; the one before stays in force. Asked by the
    worker, again and again.
    """
    due = PolicyVersion.objects.filter(begun=False, begins_at__lte=now).order_by("begins_at", "id")
    return sum(_begin(version, now) for version in due)


def _begin(version: PolicyVersion, now: datetime) -> int:
    compiled = selectors.compiled(version)
    reasons = _reasons_against(version, compiled)
    by = By(name=version.activated_by)
    with acting(by), transaction.atomic():
        home = Organisation.objects.select_for_update().get(pk=version.organisation_id)
        # Of several workers one begins it; and it may have been replaced meanwhile.
        current = PolicyVersion.objects.filter(pk=version.pk, begun=False).exclude(begins_at=None).first()
        if current is None:
            return 0
        if reasons:
            current.activated_by, current.activated_at, current.begins_at = "", None, None
            current.hindered_at, current.hindrance = now, "\n".join(reasons)
        else:
            _take_over(current, home, compiled, now)
        current.save()
    return not reasons


def _reasons_against(version: PolicyVersion, compiled: Compiled) -> list[str]:
    """In the municipality's language: nobody asks just now. A prover that fails has proved nothing."""
    with override(version.organisation.language):
        try:
            reasons = _unproved(version, compiled)
        except DatabaseError:
            raise
        except Exception:
            log.exception("a policy can't be proved on its day", extra={"version": version.pk})
            return [_("The proof itself failed: that is a fault in the program, and the worker's log has it.")]
    if reasons:
        log.error("a policy doesn't come into force: calls would be left ringing", extra={"version": version.pk})
    return reasons
