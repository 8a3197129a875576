# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would happen to one call, asked for by people: the question understood, the tree's lines in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from msgspec import Struct
from msgspec.structs import replace

from vaxel.calls.words import CAUSES, word
from vaxel.directory.numbers import international
from vaxel.domain.absence import changes
from vaxel.domain.explain import Line, What, explain
from vaxel.domain.plan import Party
from vaxel.domain.routing import Reads, Route, plan
from vaxel.domain.world import World
from vaxel.proof.effect import bare
from vaxel.proof.period import WEEK

NAMED_TOGETHER = 3
"""So many people are named of those rung together; of the others it is told how many."""


class Explained(Struct, frozen=True, kw_only=True):
    """``number`` in E.164 digits; ``internal``: the caller is a colleague. ``until``: when calls first go otherwise, None for not
    within a week.
    """

    number: str
    at: float
    internal: bool
    route: Route
    lines: tuple[Line, ...]
    until: float | None = None


def explained(number: str, caller: str, at: float, world: World) -> Explained:
    """What happens to a call from ``caller`` ("" for anybody outside) to ``number``, both E.164 digits, at ``at``."""
    known, calling = world.numbers.get(number), world.numbers.get(caller)
    internal = known is not None and calling is not None and known.organisation == calling.organisation
    reads = Reads()
    route = plan(number, internal, world, at, reads=reads)
    until = next(_otherwise(route, number, internal, world, at, reads), None)
    if known is not None and known.owner in world.people:
        # Calls don't show the name of a protected identity; here ``hiding`` knows who may read it.
        route = replace(route, dialled_name=world.people[known.owner].name)
    return Explained(number=number, at=at, internal=internal, route=route, lines=explain(route, at, world), until=until)


def _otherwise(route: Route, number: str, internal: bool, world: World, at: float, reads: Reads) -> Iterator[float]:
    """The moments after ``at`` at which a call goes another way than ``route``: of those at which anything it depends on changes."""
    end = at + WEEK
    moments = {moment for table in reads.tables for moment in table.changes(at, end)}
    moments |= {moment for moment in reads.moments if at < moment < end}
    moments |= {moment for who in reads.absences for moment in changes(world.absences[who], at, end)}
    for moment in sorted(moments):
        if bare(plan(number, internal, world, moment).plan) != bare(route.plan):
            yield moment


def digits(text: str, country: str, known: Iterable[str] = ()) -> str:
    """A number as somebody wrote it, as E.164 digits. What is a number in ``known`` as it stands is taken so. Raises ``ValueError``."""
    bare = text.strip().removeprefix("+")
    return bare if bare in known else international(text, country)


def told(line: Line) -> str:
    """What happens in one line."""
    known = _FIXED.get(line.what)
    return str(known) if known is not None else _TOLD[line.what](line)


_FIXED: dict[What, Promise] = {
    What.OPERATOR: gettext_lazy("Talks with an operator"),
    What.TOLD: gettext_lazy("The call ends; the caller knows when to ring again"),
    What.DEAD: gettext_lazy("The call ends without saying when to ring again"),
}


def _announced(line: Line) -> str:
    return _("The caller hears: “{heard}”").format(heard=line.heard)


def _rung(line: Line) -> str:
    return _("Rings {names} for {seconds} seconds").format(names=named(line.who), seconds=round(line.seconds))


def _no_telephone(line: Line) -> str:
    return _("{names} has no telephone to ring").format(names=named(line.who))


def _talks(line: Line) -> str:
    return _("Talks with {names}").format(names=_one_of(line.who))


def _chooses(line: Line) -> str:
    return _("The caller hears: “{heard}”, and chooses").format(heard=line.heard)


def _waits(line: Line) -> str:
    reason = word(CAUSES, line.reason)
    waiting = _("Waits for an operator, who sees “{reason}”; for {seconds} seconds at most")
    return waiting.format(reason=reason, seconds=round(line.seconds))


def _mailbox(line: Line) -> str:
    left = _("Leaves a message in the mailbox of {names}{heard}")
    return left.format(names=named(line.who), heard=_heard(line))


def _message(line: Line) -> str:
    return _("Leaves a message for the switchboard{heard}").format(heard=_heard(line))


def _same(line: Line) -> str:
    return _("As after pressing {digit}").format(digit=line.digit)


_TOLD: dict[What, Callable[[Line], str]] = {
    What.ANNOUNCE: _announced,
    What.RING: _rung,
    What.NO_TELEPHONE: _no_telephone,
    What.PERSON: _talks,
    What.MENU: _chooses,
    What.QUEUE: _waits,
    What.MAILBOX: _mailbox,
    What.MESSAGE: _message,
    What.SAME: _same,
}


def _heard(line: Line) -> str:
    if line.heard:
        return _(", after hearing: “{heard}”").format(heard=line.heard)
    return _(", after the personal greeting") if line.prompts else ""


def branch(line: Line) -> str:
    """How the call gets to a line; "" when it simply goes on."""
    if line.branch.startswith("chose:"):
        code = line.branch.removeprefix("chose:")
        if code == "nothing":
            return _("Presses nothing")
        return _("Presses {digit} ({choice})").format(digit=line.digit, choice=word(CAUSES, code))
    return str(_BRANCHES.get(line.branch, ""))


_BRANCHES = {
    "answered": gettext_lazy("If it is answered"),
    "unanswered": gettext_lazy("If nobody answers"),
    "waited": gettext_lazy("If no operator answers in time"),
}


def why(line: Line) -> str:
    """The reason for the step, as the domain gives it, in the reader's language."""
    return _(line.why) if line.why else ""


def named(people: tuple[Party, ...]) -> str:
    """“Anna Berg, Bo Ek, Eva Ek and 3 others”."""
    names = [party.name or party.number for party in people]
    if len(names) <= NAMED_TOGETHER + 1:
        return _and(names)
    first, rest = ", ".join(names[:NAMED_TOGETHER]), len(names) - NAMED_TOGETHER
    return ngettext("{names} and {n} other", "{names} and {n} others", rest).format(names=first, n=rest)


def _and(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _one_of(people: tuple[Party, ...]) -> str:
    return named(people) if len(people) == 1 else _("whoever answers first")
