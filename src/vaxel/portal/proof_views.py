# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether every call ends well, and what would happen to one: the proof and the explanation, for those who answer for them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie
from msgspec.structs import replace

from vaxel.directory import current, search
from vaxel.directory.access import Actor
from vaxel.directory.keys import row
from vaxel.directory.models import Number, NumberKind, Organisation, Person
from vaxel.directory.protection import note_reads
from vaxel.directory.rights import Rights
from vaxel.domain.proof import Finding, Kind
from vaxel.domain.proof.checks import TOLD_TOGETHER
from vaxel.domain.world import World
from vaxel.portal.remedies import Remedies
from vaxel.portal.views import actor_of, page
from vaxel.proof import tree, words
from vaxel.proof.hiding import Hiding
from vaxel.proof.models import Cause, ProofRun
from vaxel.proof.runs import Unmade, failure, make, proof_state
from vaxel.proof.tree import Explained

RUNS_SHOWN = 12
OFFERED = 12
LOCAL = "%Y-%m-%dT%H:%M"


# ── the proof ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_safe
@login_required
def proofs(request: HttpRequest) -> HttpResponse:
    """Lead to the first organisation whose proof she may read."""
    first = Rights(actor_of(request)).readable.order_by("name").first()
    if first is None:
        raise PermissionDenied
    return redirect("portal:proof", first.pk)


def organisation_of(request: HttpRequest, organisation: str) -> tuple[Actor, Organisation]:
    """Raises ``Http404`` for one whose proof she may not read, as for one that isn't there."""
    actor = actor_of(request)
    home = Rights(actor).readable.filter(pk=organisation).first()
    if home is None:
        raise Http404
    return actor, home


@require_safe
@login_required
@vary_on_cookie
def proof(request: HttpRequest, organisation: str) -> HttpResponse:
    """How an organisation stands by its newest proof: what is wrong, with the remedy, and what will be."""
    actor, home = organisation_of(request, organisation)
    state = proof_state(home.pk)
    runs = list(ProofRun.objects.filter(organisation=home).defer("findings")[:RUNS_SHOWN])
    found = _Found(actor, home)
    counterexamples, warnings = (
        found.grouped(findings) for findings in ((state.counterexamples, state.warnings) if state else ((), ()))
    )
    found.note_reads()
    return page(
        request,
        "portal/proof.html",
        actor,
        organisation=home,
        organisations=Rights(actor).readable.order_by("name"),
        state=state,
        failure=failure(home.pk),
        summary=words.concluded(runs[0].summary, len(state.counterexamples)) if state else "",
        counterexamples=counterexamples,
        warnings=warnings,
        runs=runs,
    )


class _Found:
    """Findings as the page shows them to one reader."""

    def __init__(self, actor: Actor, home: Organisation) -> None:
        world = current.world()
        self._zone = home.time_zone
        self._world = world
        self._hiding = Hiding(actor, world)
        self._actor = actor
        self._named: set[str] = set()
        self._remedies = Remedies(Rights(actor), world)

    def shown(self, finding: Finding) -> dict[str, Any]:
        told = self._hiding.finding(finding)
        number = told.subject if told.subject in self._world.numbers else ""
        self._named.add(self._world.numbers[number].owner if number else told.subject)
        return {
            "title": words.title(told.kind),
            "sentence": words.sentence(told, self._zone),
            "clause": told.clause,
            "remedy": words.remedy(told),
            "link": self._remedies.link(finding) if told.subject else None,
            "number": number,
            # Of a number that she may not know it isn't told which others are like it.
            "alike": finding.others and (told.subject or finding.kind in TOLD_TOGETHER),
            "kind": finding.kind.value,
            "subject": told.subject,
            "at": _local(told.at, self._zone) if told.at is not None else "",
        }

    def note_reads(self) -> None:
        """Whom what has been shown names."""
        note_reads_of(self._actor, self._named, self._world)

    def grouped(self, findings: Iterable[Finding]) -> list[dict[str, Any]]:
        """By kind, in the order in which the proof tells them."""
        kinds: dict[Kind, list[Finding]] = {}
        for finding in findings:
            kinds.setdefault(finding.kind, []).append(finding)
        return [
            {
                "title": words.title(kind),
                "remedy": words.remedy(found[0]),
                "n": sum(1 + finding.others for finding in found),
                "findings": [self.shown(finding) for finding in found],
            }
            for kind, found in kinds.items()
        ]


def note_reads_of(actor: Actor, keys: Iterable[str], world: World) -> None:
    """``actor`` is shown those of ``keys`` that are people."""
    protected = [row(key, "p") or 0 for key in keys if key in world.people and world.people[key].protected]
    note_reads(actor, Person.objects.filter(pk__in=protected) if protected else ())


@require_POST
@login_required
def prove_now(request: HttpRequest, organisation: str) -> HttpResponse:
    """Prove it as it is at this moment."""
    _actor, home = organisation_of(request, organisation)
    try:
        run = make(home.pk, Cause.ASKED, timezone.now())
    except Unmade:
        notices.error(request, _("The proof couldn't be made."))
        return redirect("portal:proof", home.pk)
    if run.counterexamples:
        notices.warning(request, _("Proved: there are counterexamples."))
    else:
        notices.success(request, _("Proved: every call ends well."))
    return redirect("portal:proof", home.pk)


# ── one call ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_safe
@login_required
@vary_on_cookie
def explain(request: HttpRequest) -> HttpResponse:
    """What would happen to a call to a number, at a moment, from somebody. Employees may ask about their own number."""
    actor = actor_of(request)
    asked = _Question(actor, request)
    found = asked.explained()
    return page(
        request,
        "portal/explain.html",
        actor,
        status=422 if asked.errors else 200,
        asked=asked,
        found=_explained(found, asked) if found else None,
    )


class _Question:
    """``number``, ``at`` and ``caller`` as they were written; ``errors`` by field. ``choices``: several people are meant."""

    def __init__(self, actor: Actor, request: HttpRequest) -> None:
        self.actor = actor
        self.world = current.world()
        self.hiding = Hiding(actor, self.world)
        self.homes = list(Rights(actor).readable.order_by("name"))
        self.number, self.at, self.caller = (
            request.GET.get(name, "").replace("\x00", "").strip()[:120] for name in ("number", "at", "caller")
        )
        self.errors: dict[str, str] = {}
        self.choices: list[dict[str, str]] = []
        if not self.homes and actor.person is None:
            raise PermissionDenied

    def explained(self) -> Explained | None:
        if not self.number:
            return None
        number = self._number()
        if number is None:
            return None
        home = self.world.organisations[self.world.numbers[number].organisation]
        at, caller = self._moment(home.time_zone), self._caller(home.country)
        if self.errors:
            return None
        found = tree.explained(number, caller, at, self.world)
        shown = self.hiding.lines(found.lines)
        named = {party.id for line in shown for party in line.who} | {self.world.numbers[number].owner}
        note_reads_of(self.actor, named, self.world)
        return replace(found, lines=shown)

    def _may_ask(self, number: str) -> bool:
        known = self.world.numbers.get(number)
        if known is None or self.hiding.hides(number):
            return False
        own = self.actor.person is not None and known.owner == self.actor.person.key
        return own or known.organisation in {home.pk for home in self.homes}

    def _number(self) -> str | None:
        for country in dict.fromkeys([*(home.country for home in self.homes), *self._own_country()]):
            try:
                number = tree.digits(self.number, country, self.world.numbers)
            except ValueError:
                continue
            if self._may_ask(number):
                return number
        return self._named()

    def _own_country(self) -> list[str]:
        return [self.actor.person.organisation.country] if self.actor.person is not None else []

    def _named(self) -> str | None:
        """By words of a person, as operators search; or by the name of a group or organisation."""
        wanted = self.number.casefold()
        owners = {key: group.name for key, group in self.world.groups.items()}
        owners |= {home.pk: home.name for home in self.homes}
        numbers = [number for key, name in owners.items() if name.casefold() == wanted for number in self._numbers(key)]
        people = search.people(self.number, self.homes, protected=self.actor.finds_protected)[: OFFERED + 1]
        numbers += [number.number for person in people for number in person.numbers.all()[:1]]
        numbers = [number for number in dict.fromkeys(numbers) if self._may_ask(number)]
        if len(numbers) == 1:
            return numbers[0]
        self.errors["number"] = (
            _("Several are found. Choose one.") if numbers else _("No number of yours is found by this.")
        )
        self.choices = [{"number": number, "name": _name(number, self.world)} for number in numbers[:OFFERED]]
        return None

    def _numbers(self, key: str) -> tuple[str, ...]:
        home = self.world.organisations.get(key)
        return (home.main_number,) if home is not None else self.world.numbers_of.get(key, ())

    def _moment(self, zone: str) -> float:
        if not self.at:
            # To the second, though minutes are shown: an absence set just now has begun.
            now = time.time()
            self.at = _local(now, zone)
            return now
        try:
            return datetime.fromisoformat(self.at).replace(tzinfo=ZoneInfo(zone)).timestamp()
        except (ValueError, OverflowError):
            self.errors["at"] = _("Write day and time like 2026-03-02 13:00.")
            return 0.0

    def _caller(self, country: str) -> str:
        if not self.caller:
            return ""
        try:
            return tree.digits(self.caller, country, self.world.numbers)
        except ValueError:
            self.errors["caller"] = _("“{text}” is not a telephone number. Write it like +46 980 31 92 01.").format(
                text=self.caller
            )
            return ""

    @property
    def offered(self) -> list[dict[str, str]]:
        """Main numbers and groups, for who doesn't know what to ask."""
        rows = Number.objects.filter(organisation__in=self.homes, kind__in=(NumberKind.MAIN, NumberKind.GROUP))
        numbers = rows.order_by("organisation__name", "-kind", "number").values_list("number", flat=True)[:OFFERED]
        own = self.actor.person
        mine = list(own.numbers.values_list("number", flat=True)[:1]) if own is not None else []
        found = [number for number in dict.fromkeys([*mine, *numbers]) if number in self.world.numbers]
        return [{"number": number, "name": _name(number, self.world)} for number in found]


def _explained(found: Explained, asked: _Question) -> dict[str, Any]:
    home = asked.world.organisations[found.route.organisation]
    return {
        "number": found.number,
        "name": found.route.dialled_name,
        "organisation": home.name,
        "when": words.when(found.at, home.time_zone),
        "until": words.when(found.until, home.time_zone),
        "until_local": _local(found.until, home.time_zone) if found.until is not None else "",
        "internal": found.internal,
        "policy": home.rules.version,
        "lines": [
            {
                "depth": min(line.depth, 6),
                "branch": tree.branch(line),
                "told": tree.told(line),
                "why": tree.why(line),
                "clause": line.clause,
                "what": line.what.value,
            }
            for line in found.lines
        ],
    }


def _local(at: float, zone: str) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(zone)).strftime(LOCAL)


def _name(number: str, world: World) -> str:
    known = world.numbers[number]
    owner = world.people.get(known.owner) or world.groups.get(known.owner) or world.organisations[known.organisation]
    return owner.name
