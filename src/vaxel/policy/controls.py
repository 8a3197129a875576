# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The controls that a policy can use: what each means, which part of the program carries it out, and what shows that it is kept.

A control without a part that carries it out may be written in a policy all the same; its clauses are then told to have no control.
What is missing for each stands in ``policies/missing.toml``.
"""

from __future__ import annotations

from functools import cache, cached_property

from django.utils.translation import gettext
from msgspec import Struct

from vaxel.policy.faults import USES
from vaxel.policy.load import parse, shipped
from vaxel.policy.terms import Strict


class Control(Struct, frozen=True, kw_only=True, dict=True):
    """``does``: the functions that carry it out, as ``module:name``; ``measure``: the one that gives the evidence, "" for none."""

    name: str
    parameters: type[Strict]
    does: tuple[str, ...] = ()
    measure: str = ""

    @property
    def works(self) -> bool:
        return bool(self.does)

    @cached_property
    def _sentence(self) -> str:
        return (self.parameters.__doc__ or "").strip().partition("\n")[0]

    @property
    def clauses(self) -> dict[str, list[str]]:
        """The clauses that it serves in the policies that come with Vaxel, by municipality."""
        return _serves().get(self.name, {})

    @property
    def meaning(self) -> str:
        """One sentence, in the active language."""
        return gettext(self._sentence)


@cache
def _serves() -> dict[str, dict[str, list[str]]]:
    """Control's name → municipality → its clauses, as the files say."""
    found: dict[str, dict[str, list[str]]] = {}
    for text in shipped().values():
        policy = parse(text)
        for clause, control in policy.controls():
            known = found.setdefault(control.use, {}).setdefault(policy.policy.municipality, [])
            if clause.id not in known:
                known.append(clause.id)
    return found


_DOES: dict[str, tuple[str, ...]] = {
    "welcome": ("vaxel.callcontrol.views:organisation_view", "vaxel.domain.routing:to_switchboard"),
    "ring-limit": ("vaxel.domain.routing:to_person",),
    "answer-order": ("vaxel.domain.routing:to_person",),
    "personal-greeting": ("vaxel.domain.routing:to_person", "vaxel.telephony.media:heard"),
    "absence-referral": ("vaxel.absence.actions:set_absence", "vaxel.domain.routing:to_person"),
    "merged-absences": ("vaxel.domain.absence:away",),
    "shared-numbers": ("vaxel.domain.routing:to_group",),
    "group-numbers": ("vaxel.domain.routing:to_group", "vaxel.domain.proof.checks:check"),
    "temporary-groups": ("vaxel.domain.routing:to_group",),
    "external-first": ("vaxel.domain.queueing:distribute",),
    "message-offer": ("vaxel.callcontrol.arrivals:limits",),
    "no-dead-end": ("vaxel.domain.routing:plan", "vaxel.domain.proof.prover:prove"),
    "mobile-consent": ("vaxel.domain.routing:to_person",),
    "number-owners": ("vaxel.directory.models:Number",),
    "transfer": ("vaxel.domain.handlers.operators:transfer",),
    "task-search": ("vaxel.directory.search:people",),
    "consultation": ("vaxel.domain.handlers.operators:consult",),
    "route-proof": ("vaxel.domain.proof.prover:prove",),
    "staffed": ("vaxel.domain.proof.checks:check",),
    "opening-hours": ("vaxel.policy.hours:keep", "vaxel.domain.routing:to_switchboard"),
    "own-hours": ("vaxel.directory.hours:set_hours", "vaxel.domain.routing:to_person"),
    "telephone-hours": ("vaxel.directory.hours:refuse_telephone_hours",),
    "closed-announcement": ("vaxel.domain.routing:to_switchboard",),
    "exceptional-hours": (
        "vaxel.directory.hours:add_exception",
        "vaxel.directory.hours:approve_exception",
        "vaxel.notices.temporary_hours:tell",
    ),
    "message-taking": ("vaxel.duties.actions:take_message",),
    "application-notes": ("vaxel.policy.document:Note",),
    "answer-time": ("vaxel.policy.evidence.calls:answer_time",),
    "lost-calls": ("vaxel.policy.evidence.calls:lost_calls",),
    "hand-overs": ("vaxel.policy.evidence.calls:hand_overs",),
    "unreferred": ("vaxel.policy.evidence.calls:unreferred",),
    "dial-direct": ("vaxel.policy.evidence.calls:dial_direct",),
    "operator-share": ("vaxel.policy.evidence.calls:operator_share",),
    "internal-share": ("vaxel.policy.evidence.calls:internal_share",),
    "proxy-absence": ("vaxel.directory.rights:Rights", "vaxel.absence.actions:set_absence"),
    "phone-contacts": ("vaxel.directory.models:Role",),
    "trained-pool": ("vaxel.domain.proof.checks:check",),
    "transfer-preference": ("vaxel.domain.world:World.transfers_of_unit",),
    "case-division": ("vaxel.cases.selectors:handler",),
    "material-review": ("vaxel.exchange.materials:review", "vaxel.exchange.pdf:telephone_list"),
    "change-notices": ("vaxel.notices.actions:tell", "vaxel.notices.upkeep:remind"),
    "expected-calls": ("vaxel.notices.plans:filled",),
    "press-releases": ("vaxel.notices.feeds:work", "vaxel.notices.actions:tell"),
    "prepared-answers": ("vaxel.notices.selectors:matching",),
    "change-form": ("vaxel.staffing.actions:report", "vaxel.staffing.actions:carry_out_due"),
    "unstaffed": ("vaxel.staffing.actions:approve",),
    "directory-contents": ("vaxel.directory.completeness:scores",),
    "search-words": ("vaxel.directory.units:review", "vaxel.directory.completeness:scores"),
    "publication": ("vaxel.directory.publication:published", "vaxel.directory.publication:decide"),
    "calendar-presence": ("vaxel.absence.calendars.poll:poll_due", "vaxel.absence.presence:presences"),
    "calendar-freshness": ("vaxel.absence.calendars.selectors:doubtful", "vaxel.absence.calendars.reading:read"),
    "calendar-privacy": ("vaxel.absence.calendars.reading:read",),
    "calendar-clash": ("vaxel.absence.calendars.clashes:clashes",),
    "number-to-tell": ("vaxel.directory.telling:to_tell",),
    "mobile-mailbox": ("vaxel.directory.people:confirm_mobile_greeting",),
    "relief": ("vaxel.domain.breaks:reliefs",),
    "surge": ("vaxel.callcontrol.surges:Surges",),
    "listening": ("vaxel.domain.handlers.listening:listen",),
    "short-calls": ("vaxel.callcontrol.views:organisation_view", "vaxel.duties.actions:promise_call_back"),
}

_MEASURES: dict[str, str] = {
    "welcome": "vaxel.policy.evidence.directory:welcome",
    "ring-limit": "vaxel.policy.evidence.calls:ring_limit",
    "personal-greeting": "vaxel.policy.evidence.directory:greetings",
    "message-offer": "vaxel.policy.evidence.calls:message_offer",
    "no-dead-end": "vaxel.policy.evidence.calls:dead_ends",
    "number-owners": "vaxel.policy.evidence.directory:number_owners",
    "opening-hours": "vaxel.policy.evidence.directory:opening_hours",
    "own-hours": "vaxel.policy.evidence.directory:own_hours",
    "telephone-hours": "vaxel.policy.evidence.directory:telephone_hours",
    "exceptional-hours": "vaxel.policy.evidence.directory:exceptional_hours",
    "external-first": "vaxel.policy.evidence.calls:external_first",
    "route-proof": "vaxel.policy.evidence.proof:route_proof",
    "group-numbers": "vaxel.policy.evidence.proof:group_numbers",
    "staffed": "vaxel.policy.evidence.proof:staffed",
    "application-notes": "vaxel.policy.evidence.directory:application_notes",
    "answer-time": "vaxel.policy.evidence.calls:answer_time",
    "lost-calls": "vaxel.policy.evidence.calls:lost_calls",
    "hand-overs": "vaxel.policy.evidence.calls:hand_overs",
    "unreferred": "vaxel.policy.evidence.calls:unreferred",
    "dial-direct": "vaxel.policy.evidence.calls:dial_direct",
    "operator-share": "vaxel.policy.evidence.calls:operator_share",
    "internal-share": "vaxel.policy.evidence.calls:internal_share",
    "transfer": "vaxel.policy.evidence.calls:transfer",
    "consultation": "vaxel.policy.evidence.calls:consultation",
    "trained-pool": "vaxel.policy.evidence.directory:trained_pool",
    "phone-contacts": "vaxel.policy.evidence.directory:phone_contacts",
    "closed-announcement": "vaxel.policy.evidence.directory:closed_announcement",
    "answer-order": "vaxel.policy.evidence.calls:answer_order",
    "absence-referral": "vaxel.policy.evidence.absences:absence_referral",
    "merged-absences": "vaxel.policy.evidence.absences:merged_absences",
    "shared-numbers": "vaxel.policy.evidence.absences:shared_numbers",
    "proxy-absence": "vaxel.policy.evidence.absences:proxy_absence",
    "mobile-consent": "vaxel.policy.evidence.absences:mobile_consent",
    "task-search": "vaxel.policy.evidence.directory:task_search",
    "temporary-groups": "vaxel.policy.evidence.directory:temporary_groups",
    "transfer-preference": "vaxel.policy.evidence.directory:transfer_preference",
    "message-taking": "vaxel.policy.evidence.directory:message_taking",
    "case-division": "vaxel.policy.evidence.directory:case_division",
    "material-review": "vaxel.policy.evidence.material:material_review",
    "change-notices": "vaxel.policy.evidence.notices:change_notices",
    "expected-calls": "vaxel.policy.evidence.notices:expected_calls",
    "press-releases": "vaxel.policy.evidence.notices:press_releases",
    "prepared-answers": "vaxel.policy.evidence.notices:prepared_answers",
    "change-form": "vaxel.policy.evidence.notices:change_form",
    "unstaffed": "vaxel.policy.evidence.notices:unstaffed",
    "directory-contents": "vaxel.policy.evidence.contents:directory_contents",
    "search-words": "vaxel.policy.evidence.contents:search_words",
    "publication": "vaxel.policy.evidence.contents:publication",
    "calendar-presence": "vaxel.policy.evidence.contents:calendar_presence",
    "calendar-freshness": "vaxel.policy.evidence.contents:calendar_freshness",
    "calendar-privacy": "vaxel.policy.evidence.contents:calendar_privacy",
    "calendar-clash": "vaxel.policy.evidence.contents:calendar_clash",
    "number-to-tell": "vaxel.policy.evidence.contents:number_to_tell",
    "mobile-mailbox": "vaxel.policy.evidence.contents:mobile_mailbox",
    "relief": "vaxel.policy.evidence.working_day:relief",
    "surge": "vaxel.policy.evidence.working_day:surge",
    "listening": "vaxel.policy.evidence.working_day:listening",
    "short-calls": "vaxel.policy.evidence.short_calls:short_calls",
}

CONTROLS: dict[str, Control] = {
    name: Control(name=name, parameters=model, does=_DOES.get(name, ()), measure=_MEASURES.get(name, ""))
    for name, model in USES.items()
}
"""Every control, by the name that a policy uses."""
