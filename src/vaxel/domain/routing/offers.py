# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mailboxes and menus: what a caller is offered who reaches nobody."""

from __future__ import annotations

import msgspec

from vaxel.domain.plan import Menu, Option, Reason, ReasonCode, Step, Voicemail
from vaxel.domain.routing.case import Case
from vaxel.domain.routing.switchboard import to_switchboard, when
from vaxel.domain.rules import Choice, Topic
from vaxel.domain.words import _
from vaxel.domain.world import Group, Person


def name_of(owner: Person | Group) -> tuple[str, ...]:
    """The prompt that says the name."""
    return (f"name:{owner.id}",)


def mailbox_of(case: Case, person: Person, why: str, prompts: tuple[str, ...] = ()) -> Voicemail:
    """Her mailbox, which says ``prompts`` first, else her own greeting or one by name."""
    generated = (*name_of(person), "voicemail-greeting")
    greeting = (f"greeting:{person.id}",) if person.has_greeting else generated
    return Voicemail(
        person=person.id,
        name=person.shown,
        prompts=(*prompts, "leave-message") if prompts else greeting,
        seconds=case.home.voicemail_seconds,
        why=why,
        clause=case.clause(Topic.ANSWER_ORDER, Topic.RING_LIMIT, of=person),
    )


def group_mailbox(case: Case, group: Group) -> Voicemail:
    """The group's, else a message to the switchboard."""
    return Voicemail(
        person=group.id if group.mailbox else "",
        name=group.name,
        prompts=(*name_of(group), "voicemail-greeting"),
        seconds=case.home.voicemail_seconds,
        why=_("The group's mailbox.") if group.mailbox else _("A message to the switchboard."),
        clause=case.clause(Topic.GROUP_NUMBERS),
    )


def menu(prompts: tuple[str, ...], offered: list[tuple[str, Step]], why: str, clause: str) -> Menu:
    """Who presses nothing (many can't) gets the last that was offered that is an operator, else the first."""
    options = tuple(Option(digit=str(n), code=code, then=step) for n, (code, step) in enumerate(offered, 1))
    otherwise = next((option.then for option in options if option.code == Choice.SWITCHBOARD), options[0].then)
    spoken = tuple(f"option:{option.code}:{option.digit}" for option in options)
    return Menu(prompts=(*prompts, *spoken), options=options, otherwise=otherwise, why=why, clause=clause)


def closed_unit(case: Case, owner: Person | Group, name: str, schedule: str, mailbox: Voicemail) -> Step:
    """Outside a unit's own hours: when it opens, and a message or the switchboard meanwhile (AAB-5, AAB-10)."""
    opens = case.opens(schedule)
    clause = case.clause(Topic.OWN_HOURS, of=owner)
    prompts = ("unit-closed", *when("opens", opens))
    offered: list[tuple[str, Step]] = [(Choice.MESSAGE, _with_prompts(mailbox, ("voicemail-tone", "leave-message")))]
    if case.is_open(case.home.schedule):
        reason = Reason(code=ReasonCode.CLOSED_UNIT, person=name, until=opens, clause=clause)
        offered.append(
            (Choice.SWITCHBOARD, to_switchboard(case, reason, _("Outside the unit's hours: the switchboard.")))
        )
        return menu(prompts, offered, _("Outside the unit's telephone hours: the caller chooses."), clause)
    return _with_prompts(mailbox, (*prompts, "leave-message"))


def _with_prompts(mailbox: Voicemail, prompts: tuple[str, ...]) -> Voicemail:
    return msgspec.structs.replace(mailbox, prompts=prompts)
