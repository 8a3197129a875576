# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the prover found, in sentences for an administrator: what happens to whom, when, by which way, and what helps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vaxel.calls.words import CAUSES, word
from vaxel.directory.numbers import readable
from vaxel.domain.proof import Finding, Kind, Summary

HOPS: dict[str, Promise] = {
    "announced": gettext_lazy("hears an announcement"),
    "answered": gettext_lazy("is answered"),
    "unanswered": gettext_lazy("nobody answers"),
    "no_telephone": gettext_lazy("no telephone to ring"),
    "waited": gettext_lazy("waits for an operator"),
    "recorded": gettext_lazy("leaves a message"),
    "ended": gettext_lazy("the call ends without saying when to ring again"),
    "alone": gettext_lazy("nobody can stand in"),
    "absent": gettext_lazy("absent, without a referral"),
    "absent:switchboard": gettext_lazy("absent, referred to the switchboard"),
    "absent:voicemail": gettext_lazy("absent, referred to the own voicemail"),
    "absent:mobile": gettext_lazy("absent, referred to the own mobile"),
    "later:absent": gettext_lazy("who comes next is absent, without a referral"),
    "later:absent:switchboard": gettext_lazy("who comes next is absent, referred to the switchboard"),
    "later:absent:voicemail": gettext_lazy("who comes next is absent, referred to the own voicemail"),
    "later:absent:mobile": gettext_lazy("who comes next is absent, referred to the own mobile"),
    "chose:message": gettext_lazy("chooses to leave a message"),
    "chose:colleague": gettext_lazy("chooses a colleague"),
    "chose:group": gettext_lazy("chooses the group"),
    "chose:switchboard": gettext_lazy("chooses the switchboard"),
    "chose:nothing": gettext_lazy("presses nothing"),
}
"""What is supposed, and what happens on the way. Being present is nothing to speak of."""

UNSAID = frozenset({"present"})


def way_in_words(way: tuple[str, ...]) -> list[str]:
    """The steps of a finding's way, in order."""
    return [_hop(code) for code in way if code not in UNSAID]


def _hop(code: str) -> str:
    if code.startswith("chose:") and code not in HOPS:
        choice = word(CAUSES, code.removeprefix("chose:"))
        return _("chooses: {choice}").format(choice=choice)
    return word(HOPS, code)


def sentence(finding: Finding, zone: str) -> str:
    """What happens, to whom and when. Times are those of the time zone ``zone``."""
    return _SENTENCES[finding.kind](finding, zone)


def who(finding: Finding) -> str:
    """“Anna Berg (+46 320 12 34 56)”: the name, and the number where the subject is one."""
    number = readable(finding.subject) if finding.subject.isdecimal() else ""
    if not finding.name:
        return number or finding.subject
    return f"{finding.name} ({number})" if number else finding.name


def when(at: float | None, zone: str) -> str:
    """“Tuesday 24 November 2026, 08:00”, in the language of the reader."""
    if at is None:
        return ""
    moment = datetime.fromtimestamp(at, ZoneInfo(zone))
    return f"{date_format(moment, 'l')} {date_format(moment, 'j F Y')}, {moment:%H:%M}"


def _way(finding: Finding) -> str:
    return " → ".join(way_in_words(finding.way))


def _alike(finding: Finding) -> str:
    """Said after a sentence about one of several."""
    if not finding.others:
        return ""
    told = ngettext("So it is with {n} more number.", "So it is with {n} more numbers.", finding.others)
    return " " + told.format(n=finding.others)


def _dead_end(finding: Finding, zone: str) -> str:
    told = _("{who}: {way}. First on {when}.")
    return told.format(who=who(finding), way=_way(finding), when=when(finding.at, zone)) + _alike(finding)


def _rings_too_long(finding: Finding, zone: str) -> str:
    told = _("{who}: the caller hears nothing but ringing for {seconds} seconds ({way}). First on {when}.")
    values = {"seconds": round(finding.seconds), "way": _way(finding), "when": when(finding.at, zone)}
    return told.format(who=who(finding), **values) + _alike(finding)


def _never_opens(finding: Finding, zone: str) -> str:
    told = _("Nothing opens in the hours of {name} in the year after {when}: callers can't be told when to ring again.")
    return told.format(name=finding.name, when=when(finding.at, zone))


def _no_owner(finding: Finding, zone: str) -> str:
    return _("{number} belongs to nobody: its calls have nowhere to go.").format(number=readable(finding.subject))


def _referral_ring(finding: Finding, zone: str) -> str:
    told = _("{who} is absent, and the referrals lead back to where they began: {names}. From {when}.")
    return told.format(who=who(finding), names=finding.detail, when=when(finding.at, zone))


def _referred_to_nobody(finding: Finding, zone: str) -> str:
    if not finding.detail:
        told = _("{who} is absent and refers callers to somebody who isn't in the directory any longer. From {when}.")
        return told.format(who=who(finding), when=when(finding.at, zone))
    told = _(
        "{who} is absent and refers callers to {other}, who has left, or will have before the absence ends. From {when}."
    )
    return told.format(who=who(finding), other=finding.detail, when=when(finding.at, zone))


def _referred_to_absent(finding: Finding, zone: str) -> str:
    told = _("{who} is absent and refers callers to {other}, who is absent too. From {when}.")
    return told.format(who=who(finding), other=finding.detail, when=when(finding.at, zone))


def _hours_uncovered(finding: Finding, zone: str) -> str:
    told = _(
        "Nobody covers the telephone hours of {name} on {when}: everybody is then absent, off duty, gone or without a telephone."
    )
    return told.format(name=finding.name, when=when(finding.at, zone))


def _forbidden_hours(finding: Finding, zone: str) -> str:
    return _("{name} has telephone hours of its own, which the policy doesn't allow.").format(name=finding.name)


def _no_operators(finding: Finding, zone: str) -> str:
    return _("No operator serves {name}: callers wait in vain, and leave a message.").format(name=finding.name)


def _too_few_trained(finding: Finding, zone: str) -> str:
    serving, _slash, wanted = finding.detail.partition(" / ")
    told = _("{serving} people are trained to serve the switchboard of {name}; the policy asks for {wanted}.")
    return told.format(serving=serving, name=finding.name, wanted=wanted)


def _no_greeting(finding: Finding, zone: str) -> str:
    if not finding.others:
        return _("{name} has no personal greeting: callers hear the general one.").format(name=finding.name)
    told = ngettext(
        "{name} and {n} other have no personal greeting: callers hear the general one.",
        "{name} and {n} others have no personal greeting: callers hear the general one.",
        finding.others,
    )
    return told.format(name=finding.name, n=finding.others)


def _no_telephone(finding: Finding, zone: str) -> str:
    if not finding.others:
        return _("{name} has a direct number but no telephone: calls go on at once.").format(name=finding.name)
    told = ngettext(
        "{name} and {n} other have a direct number but no telephone: calls go on at once.",
        "{name} and {n} others have a direct number but no telephone: calls go on at once.",
        finding.others,
    )
    return told.format(name=finding.name, n=finding.others)


def _group_empty(finding: Finding, zone: str) -> str:
    return _("Nobody is logged in to the group {name}: its calls go on at once.").format(name=finding.name)


def _group_of_one(finding: Finding, zone: str) -> str:
    return _("The group {name} has one member: when that one is away or busy, nobody stands in.").format(
        name=finding.name
    )


def _without_group(finding: Finding, zone: str) -> str:
    told = _("{n} people answer questions about “{function}”, without a group number in common.")
    return told.format(n=finding.others + 1, function=finding.name)


_SENTENCES: dict[Kind, Callable[[Finding, str], str]] = {
    Kind.DEAD_END: _dead_end,
    Kind.RINGS_TOO_LONG: _rings_too_long,
    Kind.NEVER_OPENS: _never_opens,
    Kind.NO_OWNER: _no_owner,
    Kind.REFERRAL_RING: _referral_ring,
    Kind.REFERRED_TO_NOBODY: _referred_to_nobody,
    Kind.REFERRED_TO_ABSENT: _referred_to_absent,
    Kind.HOURS_UNCOVERED: _hours_uncovered,
    Kind.FORBIDDEN_HOURS: _forbidden_hours,
    Kind.NO_OPERATORS: _no_operators,
    Kind.TOO_FEW_TRAINED: _too_few_trained,
    Kind.NO_GREETING: _no_greeting,
    Kind.NO_TELEPHONE: _no_telephone,
    Kind.GROUP_EMPTY: _group_empty,
    Kind.GROUP_OF_ONE: _group_of_one,
    Kind.WITHOUT_GROUP: _without_group,
}

REMEDIES: dict[Kind, Promise] = {
    Kind.DEAD_END: gettext_lazy(
        "Give the way an end: a mailbox, an overflow of the group, opening hours of the switchboard, or messages when it is closed."
    ),
    Kind.RINGS_TOO_LONG: gettext_lazy("Let fewer telephones ring one after the other, or each for a shorter time."),
    Kind.NEVER_OPENS: gettext_lazy("Give the hours a time at which they open again."),
    Kind.NO_OWNER: gettext_lazy("Give the number an owner, or take it out of the directory."),
    Kind.REFERRAL_RING: gettext_lazy("Let one of them refer to the switchboard or the own voicemail instead."),
    Kind.REFERRED_TO_NOBODY: gettext_lazy("Let the absence refer to somebody else, or to the switchboard."),
    Kind.REFERRED_TO_ABSENT: gettext_lazy("Let the absence refer to a group, or to somebody who is here."),
    Kind.HOURS_UNCOVERED: gettext_lazy("Let somebody stand in, or close for that time by an exception."),
    Kind.FORBIDDEN_HOURS: gettext_lazy("Remove these hours: those of the switchboard then apply."),
    Kind.NO_OPERATORS: gettext_lazy("Let an operator serve the organisation."),
    Kind.TOO_FEW_TRAINED: gettext_lazy("Train more people, and let them serve the organisation."),
    Kind.NO_GREETING: gettext_lazy("Ask them to record one: by telephone, or on their own page."),
    Kind.NO_TELEPHONE: gettext_lazy("Give them a telephone, or let the number lead to the switchboard."),
    Kind.GROUP_EMPTY: gettext_lazy("Log somebody in, or give the group an overflow."),
    Kind.GROUP_OF_ONE: gettext_lazy("Add a member, or an overflow to another group."),
    Kind.WITHOUT_GROUP: gettext_lazy("Make a group of them, with a number of its own."),
}


def remedy(finding: Finding) -> str:
    """What helps."""
    return str(REMEDIES[finding.kind])


TITLES: dict[Kind, Promise] = {
    Kind.DEAD_END: gettext_lazy("A call ends nowhere"),
    Kind.RINGS_TOO_LONG: gettext_lazy("It rings longer than the policy allows"),
    Kind.NEVER_OPENS: gettext_lazy("Hours that never open again"),
    Kind.NO_OWNER: gettext_lazy("A number without owner"),
    Kind.REFERRAL_RING: gettext_lazy("Referrals in a ring"),
    Kind.REFERRED_TO_NOBODY: gettext_lazy("Referred to somebody who has left"),
    Kind.REFERRED_TO_ABSENT: gettext_lazy("Referred to somebody who is absent"),
    Kind.HOURS_UNCOVERED: gettext_lazy("Telephone hours that nobody covers"),
    Kind.FORBIDDEN_HOURS: gettext_lazy("Telephone hours that the policy forbids"),
    Kind.NO_OPERATORS: gettext_lazy("No operators"),
    Kind.TOO_FEW_TRAINED: gettext_lazy("Too few trained for the switchboard"),
    Kind.NO_GREETING: gettext_lazy("Without a personal greeting"),
    Kind.NO_TELEPHONE: gettext_lazy("A direct number without a telephone"),
    Kind.GROUP_EMPTY: gettext_lazy("A group without anybody logged in"),
    Kind.GROUP_OF_ONE: gettext_lazy("A group of one"),
    Kind.WITHOUT_GROUP: gettext_lazy("The same questions, without a group number"),
}


def title(kind: Kind) -> str:
    """A heading for findings of one kind."""
    return str(TITLES[kind])


def counted(summary: Summary) -> str:
    """What was walked."""
    told = _("{numbers} numbers of {shapes} shapes, {plans} decisions, {ways} ways through them")
    return told.format(
        numbers=_thousands(summary.numbers),
        shapes=_thousands(summary.shapes),
        plans=_thousands(summary.plans),
        ways=_thousands(summary.ways),
    )


def concluded(summary: Summary, counterexamples: int) -> str:
    """What the proof comes to, in one sentence."""
    if not counterexamples:
        told = _("{counted}: every way ends with a person, a mailbox, a message or the next opening.")
        return told.format(counted=counted(summary))
    told = ngettext(
        "{counted}: {n} counterexample.",
        "{counted}: {n} counterexamples.",
        counterexamples,
    )
    return told.format(counted=counted(summary), n=counterexamples)


def _thousands(n: int) -> str:
    from django.utils.formats import number_format

    return number_format(n, use_l10n=True, force_grouping=True)
