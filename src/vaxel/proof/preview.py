# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a policy would bring, as lines for a terminal: what it says differently, whose hours and calls change, what should be known."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.directory import current
from vaxel.directory.models import Organisation
from vaxel.directory.numbers import readable
from vaxel.directory.protection import somebody
from vaxel.domain.explain import Line
from vaxel.policy import against, selectors
from vaxel.policy.changes import What, changes
from vaxel.policy.document import Policy
from vaxel.policy.faults import PolicyError
from vaxel.policy.locate import Lines
from vaxel.policy.times import day_text
from vaxel.proof import tree
from vaxel.proof.effect import Changed, ChangedDay, ChangedHours, Effect
from vaxel.proof.guard import refusals
from vaxel.proof.words import when

WIDTH = 100
DAYS = 7
"""So many days on which hours are others."""
MOST = 10
"""So many kinds of calls are told; the page tells them all."""


def preview(home: Organisation, policy: Policy, text: str, effect: Effect, file: str) -> list[str]:
    """Of ``policy``, read from ``text`` of ``file``, and its ``effect`` in ``home``. What refuses it isn't told here."""
    lines = [_("What the policy says:"), *_said(home, policy)]
    lines += ["", _("Hours:"), *(_hours(effect.hours) or [_indented(_("As they are."))])]
    lines += ["", _("Calls:"), *_calls(home, effect)]
    known = [str(note) for note in against.notes(home, policy, Lines(text), file)]
    known += refusals(effect.comparison.warnings, current.world())
    if known:
        lines += ["", _("You should know:"), *map(_indented, known)]
    return lines


def _indented(text: str, depth: int = 1) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  " * depth, subsequent_indent="  " * (depth + 1))


def _said(home: Organisation, policy: Policy) -> Iterator[str]:
    in_force = selectors.in_force(home.pk, timezone.now())
    if in_force is None:
        yield _indented(_("There is no policy in force yet: all of it is new."))
        return
    try:
        found = changes(selectors.document(in_force.text), policy)
    except PolicyError:
        yield _indented(_("The version in force can't be read by this Vaxel: all of it is new."))
        return
    if not found:
        yield _indented(_("The same as the version in force."))
    told = {What.ADDED: _("new"), What.REMOVED: _("gone"), What.CHANGED: _("changed")}
    for change in found:
        yield _indented(f"{change.subject}: {told[change.what]}")
        if change.what is What.CHANGED:
            yield from (
                _indented(f"{one.key}: {one.before or '–'} → {one.after or '–'}", 2) for one in change.differences
            )


def _hours(changed: Iterable[ChangedHours]) -> list[str]:
    lines = []
    for one in changed:
        lines.append(_indented(one.owner or somebody()))
        lines += [_indented(told, 2) for told in _days(one.days)]
    return lines


def _days(days: Sequence[ChangedDay]) -> Iterator[str]:
    for one in days[:DAYS]:
        yield f"{date_format(one.day, 'l j F Y')}: {day_text(one.before)} → {day_text(one.after)}"
    more = len(days) - DAYS
    if more > 0:
        told = ngettext("And on %(n)s more day within the year.", "And on %(n)s more days within the year.", more)
        yield told % {"n": more}


def _calls(home: Organisation, effect: Effect) -> Iterator[str]:
    if not effect.numbers:
        yield _indented(_("No call goes another way in the coming year."))
        return
    told = ngettext("Calls to %(n)s number go another way.", "Calls to %(n)s numbers go another way.", effect.numbers)
    yield _indented(told % {"n": effect.numbers})
    for one in effect.changed[:MOST]:
        yield from _call(one, home)
    if len(effect.changed) > MOST:
        yield _indented(
            _("… and {n} more kinds: the page of the policy shows them.").format(n=len(effect.changed) - MOST)
        )


def _call(one: Changed, home: Organisation) -> Iterator[str]:
    others = ngettext("and {n} more number alike", "and {n} more numbers alike", one.others).format(n=one.others)
    whose = f"{one.name or somebody()}, {readable(one.number)}, {when(one.at, home.time_zone)}"
    yield _indented(f"{whose} ({others}):" if one.others else f"{whose}:")
    for heading, lines in ((_("today"), one.before), (_("after the change"), one.after)):
        yield _indented(f"{heading}:", 2)
        yield from map(_line, lines)


def _line(line: Line) -> str:
    how = tree.branch(line)
    clause = f" [{line.clause}]" if line.clause else ""
    return _indented(f"{how}: {tree.told(line)}{clause}" if how else f"{tree.told(line)}{clause}", 3 + line.depth)
