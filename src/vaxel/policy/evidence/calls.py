# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence from calls. Each function takes a control's parameters and a ``Look``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vaxel.domain.plan import ReasonCode
from vaxel.domain.routing import ring_seconds
from vaxel.domain.world import Group, World
from vaxel.policy.evidence.base import Case, Evidence, Look, State, judged, no_calls, nothing, percent
from vaxel.policy.evidence.records import Record, Rung, Wait
from vaxel.policy.parameters import calls, figures
from vaxel.policy.rings import seconds as seconds_of
from vaxel.policy.terms import Channel, Target, Trend

SLACK = 1.0
"""Seconds by which a timer may be late: the engine and the network need some of them."""
OFFER_SLACK = 30.0
"""Seconds for which a caller who may leave a message can still be at an operator's telephone that rings."""
UNATTENDED = frozenset({"no_answer", "unregistered"})
"""How a telephone ends that was left without a referral. One that is busy, or was rejected, has somebody beside it."""


def _at(call: Record, text: str) -> Case:
    return Case(call=call.id, at=call.at, text=text)


# ── ringing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def ring_limit(control: calls.RingLimit, look: Look) -> Evidence:
    """No telephone rang longer than allowed."""
    asked = {call.id for call in look.concerning(control, look.calls)}
    rung = [
        (call, one)
        for call in look.calls
        for one in call.rung
        if one.kind == "person" and (call.id in asked or look.concerns(control, one.party))
    ]
    if not rung:
        return no_calls()
    told = _("%(name)s's telephone rang for %(seconds)d s; %(limit)d s are allowed.")
    cases = [
        _at(call, told % {"name": one.name, "seconds": round(one.seconds), "limit": round(limit)})
        for call, one in rung
        if one.seconds > (limit := _limit(call, one, look)) + SLACK
    ]
    longest = max(one.seconds for _call, one in rung)
    summary = _("%(n)d telephones were rung, the longest for %(seconds)d s; %(broken)d too long.")
    values = {"n": len(rung), "seconds": round(longest), "broken": len(cases)}
    known = {"rung": len(rung), "longest": longest, "too_long": len(cases)}
    return judged(bool(cases), summary % values, cases, known)


def _limit(call: Record, one: Rung, look: Look) -> float:
    """Of a telephone that ``call`` rang: as long as its own number may, or, for a group or in somebody's stead, theirs."""
    rules, world = look.compiled.rules, look.world
    if not (rules.ring_of_unit or rules.ring_of_group or rules.ring_of_person):
        return rules.ring
    number = world.numbers.get(call.dialled)
    dialled = number.owner if number is not None else ""
    sought = world.people.get(dialled)
    if dialled != one.party:
        shared = [group for group in groups_behind(dialled, world) if sought is None or one.party in group.members]
        if shared:
            return max(rules.group_seconds(group.name) for group in shared)
    people = [person for person in (world.people.get(one.party), sought) if person is not None]
    gone = rules.ring_of_person.get(one.name, rules.ring)
    return max((ring_seconds(person, rules, world) for person in people), default=gone)


def groups_behind(dialled: str, world: World) -> list[Group]:
    """The groups to which a call to ``dialled`` (a group's or person's key) may go on, each once."""
    waiting = [dialled] if dialled in world.groups else list(world.groups_of.get(dialled, ()))
    found: dict[str, Group] = {}
    while waiting:
        group = world.groups.get(waiting.pop())
        if group is not None and group.id not in found:
            found[group.id] = group
            waiting.append(group.overflow)
    return list(found.values())


def dead_ends(control: calls.NoDeadEnd, look: Look) -> Evidence:
    """Every call that wasn't given up reached somebody, a mailbox or an announcement, and none rang too long."""
    if not look.calls:
        return no_calls()
    longest = look.compiled.rules.longest_ringing
    ended = [
        _at(call, _("The call ended without anybody, a mailbox or an announcement."))
        for call in look.calls
        if not (call.answered or call.recorded or call.told) and call.lost is None
    ]
    told = _("The caller heard nothing but ringing for %(seconds)d s; %(limit)d s are allowed.")
    rang = [
        _at(call, told % {"seconds": round(call.ringing), "limit": round(longest)})
        for call in look.calls
        if call.ringing > longest + SLACK
    ]
    summary = _("%(n)d calls; %(dead)d ended nowhere, %(rang)d rang too long.")
    values = {"n": len(look.calls), "dead": len(ended), "rang": len(rang)}
    cases = [*ended, *rang]
    known = {"calls": len(look.calls), "dead_ends": len(ended), "rang_too_long": len(rang)}
    return judged(bool(cases), summary % values, cases, known)


def answer_order(control: calls.AnswerOrder, look: Look) -> Evidence:
    """Calls that the person sought didn't answer went on: to a colleague, a mailbox or the switchboard."""
    direct = look.concerning(control, look.direct)
    passed = [call for call in direct if call.rung and call.rung[0].cause and call.lost is None]
    if not passed:
        return no_calls()
    colleagues = [call for call in passed if len({one.party for one in call.rung}) > 1]
    mailboxes = [call for call in passed if call.mailbox]
    switchboard = [call for call in passed if call.waits]
    # On another telephone of hers, such as the mobile.
    elsewhere = [call for call in passed if any(not one.cause for one in call.rung[1:])]
    onward = {call.id for call in (*colleagues, *elsewhere, *mailboxes, *switchboard)}
    told = _("%(name)s didn't answer, and the call went nowhere.")
    cases = [_at(call, told % {"name": call.rung[0].name}) for call in passed if call.id not in onward]
    summary = _(
        "%(n)d calls that the person sought didn't answer: %(colleagues)d went to colleagues, %(mailboxes)d to a mailbox, "
        "%(switchboard)d to the switchboard."
    )
    known = {
        "n": len(passed),
        "colleagues": len(colleagues),
        "mailboxes": len(mailboxes),
        "switchboard": len(switchboard),
    }
    return judged(bool(cases), summary % known, cases, known)


def unreferred(control: figures.Unreferred, look: Look) -> Evidence:
    """Calls to people's numbers that rang at a telephone nobody had referred, and that no colleague took."""
    direct = look.direct
    if not direct:
        return no_calls()
    told = _("%(name)s didn't answer, had referred to nobody, and no colleague took the call.")
    cases = [_at(call, told % {"name": one.name}) for call in direct if (one := _left_alone(call)) is not None]
    share = percent(len(cases), len(direct))
    summary = _("%(cases)d of %(n)d calls to direct numbers, %(share)s %%; at most %(most)s %% are allowed.")
    values = {"cases": len(cases), "n": len(direct), "share": share, "most": f"{control.at_most_percent:g}"}
    known = {"calls": len(direct), "unreferred": len(cases), "percent": share}
    known = {"calls": len(direct), "unreferred": len(cases), "percent": share}
    return judged(share > control.at_most_percent, summary % values, cases, known)


def _left_alone(call: Record) -> Rung | None:
    if call.answered_by == "person":
        return None
    return next((one for one in call.rung if one.kind == "person" and one.cause in UNATTENDED), None)


# ── answering ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def answer_time(control: figures.AnswerTime, look: Look) -> Evidence:
    """How long callers from outside waited until somebody answered."""
    outside = look.concerning(control, look.outside)
    waited = _waited(outside)
    if not waited:
        return no_calls()
    half, most = median(waited), _ninth(waited)
    told = _("%(n)d calls answered, half of them within %(half)d s, nine of ten within %(most)d s.")
    summary = told % {"n": len(waited), "half": round(half), "most": round(most)}
    known = {"answered": len(waited), "median": round(half, 1), "nine_of_ten": round(most, 1)}
    targets = [target for target in control.targets if target.channel is Channel.TELEPHONE]
    others = [target for target in control.targets if target.channel is not Channel.TELEPHONE]
    if targets:
        found = _against_targets(targets, outside, look.policy.policy.country, summary, known)
        return _without_others(found, others)
    if others:
        return _without_others(judged(False, summary, figures=known), others)
    if control.trend is not None:
        before = _waited(look.concerning(control, look.earlier))
        return _trend(control.trend, half, median(before) if before else None, _seconds, summary, known)
    if control.to_measure:
        return judged(False, summary, figures=known)
    return Evidence(state=State.NOT_MEASURED, summary=f"{summary} {_no_target()}", figures=known)


def _without_others(found: Evidence, others: Sequence[Target]) -> Evidence:
    """What is promised of other ways than the telephone isn't measured yet, and so never green."""
    if not others:
        return found
    ways = ", ".join(dict.fromkeys(str(CHANNELS[target.channel]) for target in others))
    told = _("Not measured yet: %(ways)s.") % {"ways": ways}
    state = State.BROKEN if found.state is State.BROKEN else State.NOT_MEASURED
    return Evidence(state=state, summary=f"{found.summary} {told}", cases=found.cases, figures=found.figures)


CHANNELS: dict[Channel, Promise] = {
    Channel.TELEPHONE: gettext_lazy("telephone"),
    Channel.MAIL: gettext_lazy("e-mail"),
    Channel.DESK: gettext_lazy("visits to the desk"),
    Channel.MESSAGE: gettext_lazy("messages"),
}


def _waited(found: Sequence[Record]) -> list[float]:
    return [call.waited for call in found if call.external and call.waited is not None]


def _ninth(values: list[float]) -> float:
    return quantiles(values, n=10)[-1] if len(values) > 1 else values[0]


def _no_target() -> str:
    return _("The paper names no figure to hold this against.")


def _seconds(value: float) -> str:
    return _("%(n)s s") % {"n": f"{value:.1f}"}


def _percent(value: float) -> str:
    return _("%(n)s %%") % {"n": f"{value:g}"}


def _against_targets(
    targets: Iterable[Target], outside: Sequence[Record], country: str, summary: str, known: dict[str, float]
) -> Evidence:
    parts, cases, broken = [summary], [], False
    for target in targets:
        within = float(target.seconds or seconds_of(target.rings or 0, country))
        late = [call for call in outside if call.waited is None or call.waited > within]
        share = percent(len(outside) - len(late), len(outside))
        told = _("%(share)s %% within %(within)d s; the target is %(target)s %%.")
        parts.append(told % {"share": share, "within": round(within), "target": f"{target.percent:g}"})
        known[f"within_{within:g}"] = share
        if share < target.percent:
            broken = True
            cases += [_at(call, _("Not answered within %(within)d s.") % {"within": round(within)}) for call in late]
    return judged(broken, " ".join(parts), cases, known)


def _trend(
    wanted: Trend,
    now: float,
    before: float | None,
    shown: Callable[[float], str],
    summary: str,
    known: dict[str, float],
) -> Evidence:
    if before is None:
        told = _("There is no period before to compare with.")
        return Evidence(state=State.NOT_MEASURED, summary=f"{summary} {told}", figures=known)
    told = _("In the period before: %(before)s.") % {"before": shown(before)}
    worse = now > before if wanted is Trend.FALLING else now < before
    return judged(worse, f"{summary} {told}", figures={"before": round(before, 1), **known})


def lost_calls(control: figures.LostCalls, look: Look) -> Evidence:
    """Callers from outside who gave up before anybody answered."""
    outside = look.outside
    if not outside:
        return no_calls()
    told = _("The caller gave up after %(seconds)d s.")
    cases = [
        _at(call, told % {"seconds": round(call.lost)})
        for call in outside
        if call.lost is not None and call.lost >= control.not_before_seconds
    ]
    share = percent(len(cases), len(outside))
    values = {"cases": len(cases), "n": len(outside), "share": share}
    summary = _("%(cases)d of %(n)d calls from outside were lost, %(share)s %%.") % values
    known = {"calls": len(outside), "lost": len(cases), "percent": share}
    if control.at_most_percent is not None:
        return judged(share > control.at_most_percent, summary, cases, known)
    if control.to_measure:
        return judged(False, summary, figures=known)
    return Evidence(state=State.NOT_MEASURED, summary=f"{summary} {_no_target()}", figures=known)


def message_offer(control: calls.MessageOffer, look: Look) -> Evidence:
    """Nobody waited for an operator much longer than allowed without being offered to leave a message."""
    waits = [(call, wait) for call in look.calls for wait in call.waits if wait.until is not None]
    if not waits:
        return no_calls()
    told = _("Waited for %(seconds)d s without being offered to leave a message.")
    cases = [
        _at(call, told % {"seconds": round(length)})
        for call, wait in waits
        if (length := _length(wait)) > control.after_seconds + OFFER_SLACK
    ]
    longest = max(_length(wait) for _call, wait in waits)
    summary = _("%(n)d waits for an operator, the longest %(seconds)d s; %(broken)d without an offer in time.")
    values = {"n": len(waits), "seconds": round(longest), "broken": len(cases)}
    known = {"waits": len(waits), "longest": longest, "without_offer": len(cases)}
    return judged(bool(cases), summary % values, cases, known)


def _length(wait: Wait) -> float:
    return (wait.until or wait.since) - wait.since


# ── at the switchboard ──────────────────────────────────────────────────────────────────────────────────────────────────


def external_first(control: calls.ExternalFirst, look: Look) -> Evidence:
    """No colleague was offered to an operator while a citizen waited whom nobody had been offered."""
    internal = [(call, wait) for call in look.calls if not call.external for wait in call.waits]
    offered = [(call, wait, wait.offered) for call, wait in internal if wait.offered is not None]
    if not offered:
        return no_calls()
    outside = [wait for call in look.calls if call.external for wait in call.waits]
    told = _("A colleague was offered to an operator while a citizen waited.")
    patience = control.internal_waits_at_most_seconds
    cases = [
        _at(call, told)
        for call, wait, at in offered
        if at - wait.since < patience and any(_passed_over(other, at) for other in outside)
    ]
    summary = _("%(n)d calls from colleagues came to an operator; %(broken)d before a citizen who waited.")
    values = {"n": len(offered), "broken": len(cases)}
    known = {"internal": len(offered), "before_citizens": len(cases)}
    return judged(bool(cases), summary % values, cases, known)


def _passed_over(wait: Wait, at: float) -> bool:
    first = wait.offered if wait.offered is not None else wait.until
    return wait.since < at - SLACK and (first is None or first > at + SLACK)


def hand_overs(control: figures.HandOvers, look: Look) -> Evidence:
    """How often callers from outside were passed on."""
    answered = [call for call in look.outside if call.answered]
    if not answered:
        return no_calls()
    often = [call.handed_over for call in answered]
    mean = round(sum(often) / len(often), 2)
    first = percent(sum(1 for n in often if n == 0), len(often))
    told = _(
        "%(n)d calls answered, passed on %(mean)s times on average, %(first)s %% helped by the first who answered."
    )
    summary = told % {"n": len(answered), "mean": mean, "first": first}
    known = {"answered": len(answered), "mean": mean, "first_contact_percent": first}
    if control.at_most is None:
        return Evidence(state=State.NOT_MEASURED, summary=f"{summary} {_no_target()}", figures=known)
    cases = [
        _at(call, _("The caller was passed on %(n)d times.") % {"n": call.handed_over})
        for call in answered
        if call.handed_over > control.at_most
    ]
    return judged(bool(cases), summary, cases, known)


def dial_direct(control: figures.DialDirect, look: Look) -> Evidence:
    """The share of callers from outside who dialled a person's or group's number."""
    outside = look.outside
    if not outside:
        return no_calls()
    share = _share_direct(outside)
    summary = _("%(share)s %% of %(n)d callers from outside dialled direct.") % {"share": share, "n": len(outside)}
    known = {"calls": len(outside), "percent": share}
    if control.at_least_percent is not None:
        return judged(share < control.at_least_percent, summary, figures=known)
    before = [call for call in look.earlier if call.external]
    return _trend(
        control.trend or Trend.RISING, share, _share_direct(before) if before else None, _percent, summary, known
    )


def _share_direct(found: Sequence[Record]) -> float:
    return percent(sum(call.arrival == "direct" for call in found), len(found))


def operator_share(control: figures.OperatorShare, look: Look) -> Evidence:
    """The share of calls to direct numbers that reached an operator for one of the causes, with the units where it is highest."""
    if not look.direct:
        return no_calls()
    causes: set[str] = set(control.causes)
    reached = [call for call in look.direct if _reached_for(call, causes)]
    share = percent(len(reached), len(look.direct))
    told = _("%(cases)d of %(n)d calls to direct numbers reached an operator so, %(share)s %%%(units)s.")
    values = {"cases": len(reached), "n": len(look.direct), "share": share, "units": _units(reached, look)}
    summary = told % values
    known = {"calls": len(look.direct), "reached": len(reached), "percent": share}
    cases = [_at(call, _("Reached an operator: %(name)s.") % {"name": _sought(call)}) for call in reached]
    if control.at_most_percent is not None:
        return judged(share > control.at_most_percent, summary, cases, known)
    before = look.to_people(look.earlier)
    earlier = percent(sum(_reached_for(call, causes) for call in before), len(before)) if before else None
    found = _trend(control.trend or Trend.FALLING, share, earlier, _percent, summary, known)
    return found if found.state is not State.BROKEN else judged(True, found.summary, cases, found.figures)


def _reached_for(call: Record, causes: set[str]) -> bool:
    return any(wait.cause in causes for wait in call.waits)


def _sought(call: Record) -> str:
    return next((one.name for one in call.rung), "") or "–"


def _units(found: Iterable[Record], look: Look) -> str:
    """“: Bygg 12, Skola 3”, the three with most."""
    counts: dict[str, int] = {}
    for call in found:
        person = look.world.people.get(call.rung[0].party) if call.rung else None
        unit = person.unit if person else ""
        if unit:
            counts[unit] = counts.get(unit, 0) + 1
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
    return ": " + ", ".join(f"{unit} {n}" for unit, n in most) if most else ""


def internal_share(control: figures.InternalShare, look: Look) -> Evidence:
    """The share of colleagues among those who rang the main number."""
    main = [call for call in look.calls if call.arrival == ReasonCode.MAIN_NUMBER]
    if not main:
        return no_calls()
    inside = [call for call in main if not call.external]
    share = percent(len(inside), len(main))
    told = _("%(cases)d of %(n)d calls to the main number came from colleagues, %(share)s %%.")
    summary = told % {"cases": len(inside), "n": len(main), "share": share}
    known = {"calls": len(main), "internal": len(inside), "percent": share}
    if control.at_most_percent is None:
        return Evidence(state=State.NOT_MEASURED, summary=f"{summary} {_no_target()}", figures=known)
    cases = [_at(call, _("A colleague rang the switchboard.")) for call in inside]
    return judged(share > control.at_most_percent, summary, cases, known)


# ── what was used ───────────────────────────────────────────────────────────────────────────────────────────────────────


def transfer(control: calls.Transfer, look: Look) -> Evidence:
    """Calls were passed on. That they can be is the program's doing; that nobody needed it says nothing."""
    passed = sum(call.handed_over for call in look.calls)
    if not passed:
        return nothing(_("No call was passed on in the period."))
    back = sum(wait.cause == "returned" for call in look.calls for wait in call.waits)
    summary = _("Calls were passed on %(n)d times; %(back)d came back to the switchboard unanswered.")
    return judged(False, summary % {"n": passed, "back": back}, figures={"transfers": passed, "returned": back})


def consultation(control: calls.Consultation, look: Look) -> Evidence:
    """Operators asked colleagues while the caller was held."""
    asked = sum(call.consulted for call in look.calls)
    if not asked:
        return nothing(_("No colleague was asked in the period."))
    return judged(
        False,
        _("Colleagues were asked %(n)d times while the caller was held.") % {"n": asked},
        figures={"asked": asked},
    )
