# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operators, and what callers hear while the switchboard is closed."""

from __future__ import annotations

from vaxel.domain.plan import Announce, HangUp, Queue, Reason, ReasonCode, Step, Voicemail
from vaxel.domain.routing.case import EXTERNAL, INTERNAL, Case
from vaxel.domain.rules import Topic
from vaxel.domain.words import _
from vaxel.domain.working_day import NOTICE
from vaxel.domain.world import Person


def main_number(case: Case) -> Step:
    """The municipality's welcome, then the switchboard."""
    reason = Reason(code=ReasonCode.MAIN_NUMBER, clause=case.clause(Topic.WELCOME))
    step = to_switchboard(case, reason, _("The main number was called."))
    notice = (NOTICE,) if case.rules.working_day.listening else ()
    prompts = (*(("welcome",) if case.home.welcome_prompt else ()), *notice)
    if isinstance(step, Queue) and prompts:
        clause = case.clause(Topic.WELCOME)
        return Announce(prompts=prompts, then=step, why=_("The municipality's welcome."), clause=clause)
    return step


def to_switchboard(case: Case, reason: Reason, why: str) -> Step:
    """The operators when the switchboard is open; else an announcement of when it opens (GNO-16), or a message if the policy says so."""
    if case.is_open(case.home.schedule):
        priority = INTERNAL if case.internal else EXTERNAL
        return Queue(reason=reason, priority=priority, why=why, clause=reason.clause)
    opens = case.opens(case.home.schedule)
    prompts = ("closed", *when("opens", opens))
    clause = case.clause(Topic.CLOSED_ANNOUNCEMENT)
    if case.rules.closed_offers_message:
        return Voicemail(
            person="",
            name=case.home.name,
            prompts=(*prompts, "leave-message"),
            seconds=case.home.voicemail_seconds,
            why=_("The switchboard is closed: a message."),
            clause=clause,
        )
    end = HangUp(told=opens is not None, why=_("The switchboard is closed."), clause=clause)
    return Announce(prompts=prompts, then=end, why=_("The switchboard is closed: when it opens again."), clause=clause)


def when(what: str, moment: float | None) -> tuple[str, ...]:
    """The prompt that says ``moment``; none where it isn't known."""
    return () if moment is None else (f"{what}:{moment:.0f}",)


REASONED_BY = {
    ReasonCode.ABSENT: (Topic.ABSENCE_REFERRAL, Topic.NO_DEAD_END),
    ReasonCode.ABSENT_UNREFERRED: (Topic.ABSENCE_REFERRAL, Topic.NO_DEAD_END),
    ReasonCode.NOT_REACHED: (Topic.ANSWER_ORDER, Topic.NO_DEAD_END),
}
"""What a call to a person comes to the switchboard by, the nearest first: not every policy speaks of each."""


def reason_of(case: Case, code: ReasonCode, person: Person, until: float | None = None) -> Reason:
    """Why an operator gets a call to ``person``, with the nearest clause."""
    topics = REASONED_BY.get(code, (Topic.NO_DEAD_END,))
    return Reason(code=code, person=person.shown, until=until, clause=case.clause(*topics, of=person))
