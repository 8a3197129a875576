# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an import would do, decided before anything is written: whom it adds, changes and lets go, and what it leaves alone.

A field is changed only when it still has the value that the source gave it: what was changed by hand is held, until she who changed it lets
go of it, or source and hand agree again. No database is asked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from msgspec import Struct, field

from vaxel.directory.keys import row
from vaxel.exchange import references
from vaxel.exchange.fields import CONSENTS, UNIT_SEPARATOR, Entry, Problem
from vaxel.exchange.references import References

TENTH = 10
"""One in so many may vanish unasked."""


class Do(StrEnum):
    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"
    UNCHANGED = "unchanged"


class Known(Struct, frozen=True, kw_only=True):
    """Somebody in the directory. ``key``: the source's name for her, "" when it has none; ``said``, ``given``: see ``ExternalKey``."""

    person: int
    name: str
    values: dict[str, str]
    key: str = ""
    said: dict[str, str] = {}
    given: dict[str, str] = {}
    gone: bool = False
    protected: bool = False


class Directory(Struct, frozen=True, kw_only=True):
    """What an import meets. ``owners``: number → person, None for a number that no person of the organisation has.

    ``units``: the paths of all units, in their own spelling; ``today`` in the organisation; ``country``: in which its numbers are dialled.
    """

    organisation: str
    today: date
    country: str = ""
    people: Sequence[Known] = ()
    owners: Mapping[str, int | None] = {}
    units: Sequence[str] = ()


class Options(Struct, frozen=True, kw_only=True):
    """``complete``: who isn't told of has left; ``override``: also what was changed by hand is written; ``force``: also when more than a
    tenth leaves; ``protected``: may touch people with protected identity."""

    complete: bool = False
    override: bool = False
    force: bool = False
    protected: bool = False


class Step(Struct, frozen=True, kw_only=True):
    """What is done to one person. ``before`` and ``after`` hold the fields that change, ``held`` those that are left as they are.

    ``said``: all that the source says. ``adopted``: she was in the directory, and the source gets to know her. Other people are named as
    ``references`` does.
    """

    do: Do
    key: str
    name: str
    line: int = 0
    person: int | None = None
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    held: dict[str, str] = {}
    said: dict[str, str] = {}
    extra: dict[str, object] = {}
    adopted: bool = False
    protected: bool = False


class Plan(Struct, kw_only=True):
    """``refusal``: why it mustn't be carried out, "" when it may; ``known``: how many the source has had until now."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    refusal: str = ""
    known: int = 0

    def of(self, *dos: Do) -> list[Step]:
        """The steps of a kind."""
        return [step for step in self.steps if step.do in dos]

    @property
    def counts(self) -> dict[str, int]:
        """How many are added, changed, left, unchanged; how many fields are held; how many rows are left out."""
        found = Counter(step.do.value for step in self.steps)
        held = sum(len(step.held) for step in self.steps)
        wrong = len({problem.line for problem in self.problems})
        return {do.value: found[do.value] for do in Do} | {"held": held, "wrong": wrong}

    @property
    def changes(self) -> bool:
        """Whether carrying it out changes anybody."""
        return any(step.do is not Do.UNCHANGED or step.adopted for step in self.steps)


def plan(entries: Iterable[Entry], problems: Iterable[Problem], directory: Directory, options: Options) -> Plan:
    """What to do so that the directory has what the source says."""
    return _Planner(directory, options).plan(list(entries), list(problems))


class _Planner:
    def __init__(self, directory: Directory, options: Options) -> None:
        self.directory = directory
        self.options = options
        self.by_key = {known.key.casefold(): known for known in directory.people if known.key}
        self.by_person = {known.person: known for known in directory.people}
        self.by_email = _unique((known.values.get("email", "").casefold(), known) for known in directory.people)
        self.units = _Units(directory)
        self.references = References(directory, protected=options.protected)
        self.whom: dict[int, tuple[Known | None, bool]] = {}
        self.taken: dict[int, int] = {}

    def plan(self, entries: list[Entry], problems: list[Problem]) -> Plan:
        made = Plan(problems=problems, known=sum(not known.gone for known in self.by_key.values()))
        wrong = {problem.line for problem in problems}
        present = {entry.key.casefold() for entry in entries if entry.key}
        steps = []
        once = self._once(entries, made)
        for entry in once:
            self.whom[entry.line] = self._whom(entry)
            self.references.learn(entry, self.whom[entry.line][0])
        for entry in once:
            if entry.line in wrong:
                continue
            try:
                steps.append(self._step(entry))
            except _Wrong as error:
                made.problems.append(Problem(entry.line, error.column, str(error)))
        leaving = self._leaving(present) if self.options.complete else []
        made.steps = [*_without_conflicts(steps, leaving, self, made.problems), *leaving]
        made.units = self.units.new(step.after.get("unit", "") for step in made.steps)
        made.problems.sort(key=lambda problem: problem.line)
        made.refusal = self._refusal(made, entries, leaving)
        return made

    def _once(self, entries: list[Entry], made: Plan) -> list[Entry]:
        """Each key's first entry; the others are problems."""
        first: dict[str, int] = {}
        kept = []
        for entry in entries:
            plain = entry.key.casefold()
            if plain and plain in first:
                told = _("the key “%(key)s” stands on line %(line)d already: each may stand once")
                made.problems.append(Problem(entry.line, "", told % {"key": entry.key, "line": first[plain]}))
                continue
            first[plain] = entry.line
            if plain:
                kept.append(entry)
        return kept

    # ── one person ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _step(self, entry: Entry) -> Step:
        known, adopted = self.whom[entry.line]
        if known is not None and known.protected and not self.options.protected:
            raise _Wrong(_("this row can only be imported by somebody who may see everybody in the directory"))
        said = self._said(entry, known)
        if known is None:
            after = {name: value for name, value in said.items() if value}
            self._check_consent(after, {})
            return Step(
                do=Do.ADD, key=entry.key, name=said["name"], line=entry.line, after=after, said=said, extra=entry.extra
            )
        if known.person in self.taken:
            told = _("it is the same person as on line %(line)d, by e-mail address or number")
            raise _Wrong(told % {"line": self.taken[known.person]})
        self.taken[known.person] = entry.line
        changed, held = self._changes(known, said, adopted)
        self._check_consent(changed, known.values)
        return Step(
            do=Do.CHANGE if changed else Do.UNCHANGED,
            key=known.key or entry.key,
            name=known.name,
            line=entry.line,
            person=known.person,
            before={name: known.values.get(name, "") for name in changed},
            after=changed,
            held=held,
            said=said,
            extra=entry.extra,
            adopted=adopted,
            protected=known.protected,
        )

    def _said(self, entry: Entry, known: Known | None) -> dict[str, str]:
        """What the source says, with units and people as the directory names them. Raises ``_Wrong``."""
        said = dict(entry.values)
        if "unit" in said:
            said["unit"] = self.units.canonical(said["unit"])
        own = references.name_of(known.person if known else None, entry.line)
        for name in references.FIELDS:
            if name in said:
                current = known.values.get(name, "") if known else ""
                try:
                    said[name] = self.references.resolved(name, said[name], own, current)
                except references.NotFound as error:
                    raise _Wrong(str(error)) from error
        return said

    def _whom(self, entry: Entry) -> tuple[Known | None, bool]:
        """Who it is, and whether the source gets to know her only now.

        That is by the directory's own key, which its exports have, by e-mail address, or by her direct number.
        """
        said = entry.values
        known = self.by_key.get(entry.key.casefold())
        if known is not None:
            return known, False
        exported = self.by_person.get(row(entry.key, "p") or 0)
        if exported is not None and exported.name.casefold() == said.get("name", "").casefold():
            return exported, not exported.key
        found = self.by_email.get(said.get("email", "").casefold()) if said.get("email") else None
        if found is None:
            owners = {self.directory.owners.get(number) for number in said.get("numbers", "").split()} - {None}
            owner = self.by_person.get(owners.pop() or 0) if len(owners) == 1 else None
            # A number changes hands; only with the same name it is the same person.
            if owner is not None and owner.name.casefold() == said.get("name", "").casefold():
                found = owner
        return (found, True) if found is not None and not found.key else (None, False)

    def _changes(self, known: Known, said: Mapping[str, str], adopted: bool) -> tuple[dict[str, str], dict[str, str]]:
        changed: dict[str, str] = {}
        held: dict[str, str] = {}
        for name, value in said.items():
            current = known.values.get(name, "")
            if value == current:
                continue
            # Told for the first time, what stands there already is somebody's own.
            given = "" if adopted else known.given.get(name, "")
            # What she agreed to or took back herself nobody overrides, and what was told of an older number isn't told of the new (GNO-15).
            again = name in CONSENTS and value == known.said.get(name)
            override = self.options.override and name not in CONSENTS
            if (override or current == given) and not again:
                changed[name] = value
            else:
                held[name] = value
        for name in CONSENTS:
            if "mobile" in changed and known.values.get(name):
                changed.setdefault(name, "")
        if known.gone and "last_day" not in said and known.values.get("last_day"):
            changed["last_day"] = ""
        return changed, held

    def _check_consent(self, after: Mapping[str, str], values: Mapping[str, str]) -> None:
        for consent in (after.get(name, "") for name in CONSENTS):
            if consent and not after.get("mobile", values.get("mobile", "")):
                raise _Wrong(_("there is no mobile number to which she could have agreed"))
            if consent > self.directory.today.isoformat():
                raise _Wrong(_("she can't have agreed on %(day)s, which is still to come") % {"day": consent})

    # ── those who aren't there any longer ───────────────────────────────────────────────────────────────────────────

    def _leaving(self, present: set[str]) -> list[Step]:
        today = self.directory.today.isoformat()
        steps = []
        for plain, known in self.by_key.items():
            told = plain in present or references.name_of(known.person, 0) in present
            if known.gone or told or (known.protected and not self.options.protected):
                continue
            before = known.values.get("last_day", "")
            after = {} if before and before <= today else {"last_day": today}
            steps.append(
                Step(
                    do=Do.LEAVE,
                    key=known.key,
                    name=known.name,
                    person=known.person,
                    before={"last_day": before} if after else {},
                    after=after,
                    said=known.said,
                    protected=known.protected,
                )
            )
        return steps

    def _refusal(self, made: Plan, entries: list[Entry], leaving: list[Step]) -> str:
        if not leaving:
            return ""
        if any(not entry.key for entry in entries):
            return _(
                "Nobody can leave as long as there are rows without a key that can be read: mend those rows, or import the "
                "file as one that isn't complete."
            )
        if len(leaving) * TENTH > made.known and not self.options.force:
            told = _(
                "%(leave)d of the %(known)d people whom this source knows would leave, which is more than a tenth. Look "
                "whether the file is complete. If they really leave, say so and run it again."
            )
            return told % {"leave": len(leaving), "known": made.known}
        return ""


class _Wrong(Exception):
    """A row that can't be carried out, and why."""

    def __init__(self, told: str, column: str = "") -> None:
        super().__init__(told)
        self.column = column


def _unique(pairs: Iterable[tuple[str, Known]]) -> dict[str, Known]:
    found: dict[str, list[Known]] = {}
    for word, known in pairs:
        if word:
            found.setdefault(word, []).append(known)
    return {word: people[0] for word, people in found.items() if len(people) == 1}


# ── numbers that change hands ───────────────────────────────────────────────────────────────────────────────────────────


def _without_conflicts(
    steps: list[Step], leaving: list[Step], planner: _Planner, problems: list[Problem]
) -> list[Step]:
    """The steps whose numbers are free, or become free by others of them, and which name nobody who isn't there.

    Leaving one out may take a number, or somebody named, from the next: so again.
    """
    while True:
        kept = []
        claimed: dict[str, int] = {}
        free = _given_up(steps) | {number for step in leaving for number in _numbers_of(planner, step.person)}
        unnamed = _Unnamed(steps, planner.directory)
        for step in steps:
            told = _conflict(step, free, claimed, planner) or unnamed.told(step)
            if told:
                problems.append(Problem(step.line, "", told))
            else:
                kept.append(step)
        if len(kept) == len(steps):
            return kept
        steps = kept


class _Unnamed:
    """Rows that name somebody whose own row is left out, or a successor whose successors lead back."""

    def __init__(self, steps: list[Step], directory: Directory) -> None:
        self._new = {references.name_of(None, step.line) for step in steps if step.do is Do.ADD}
        self._following = {
            references.name_of(known.person, 0): known.values.get("successor", "") for known in directory.people
        }
        for step in steps:
            if "successor" in step.after:
                self._following[references.name_of(step.person, step.line)] = step.after["successor"]

    def told(self, step: Step) -> str:
        """What is wrong, "" for nothing."""
        for name in references.FIELDS:
            for who in references.named(name, step.said.get(name, "")):
                if who.startswith("=") and who not in self._new:
                    return _("it names the person on line %(line)s, whose row is left out") % {"line": who[1:]}
        if step.after.get("successor") and self._leads_back(references.name_of(step.person, step.line)):
            return _("the successors lead back to where they began")
        return ""

    def _leads_back(self, begin: str) -> bool:
        seen: set[str] = set()
        following = self._following.get(begin, "")
        while following and following not in seen:
            if following == begin:
                return True
            seen.add(following)
            following = self._following.get(following, "")
        return False


def _given_up(steps: Iterable[Step]) -> set[str]:
    found: set[str] = set()
    for step in steps:
        if "numbers" in step.after:
            found |= set(step.before.get("numbers", "").split()) - set(step.after["numbers"].split())
    return found


def _numbers_of(planner: _Planner, person: int | None) -> list[str]:
    known = planner.by_person.get(person or 0)
    return known.values.get("numbers", "").split() if known else []


def _conflict(step: Step, free: set[str], claimed: dict[str, int], planner: _Planner) -> str:
    for number in step.after.get("numbers", "").split():
        if number in claimed:
            told = _("the number %(number)s stands on line %(line)d already: a number has one owner")
            return told % {"number": number, "line": claimed[number]}
        claimed[number] = step.line
        if number not in planner.directory.owners or number in free:
            continue
        owner = planner.directory.owners[number]
        if owner == step.person and owner is not None:
            continue
        known = planner.by_person.get(owner or 0)
        if known is not None and _has_left(known, planner.directory.today):
            continue
        if known is not None and not (known.protected and not planner.options.protected):
            return _("the number %(number)s belongs to %(name)s") % {"number": number, "name": known.name}
        return _("the number %(number)s has another owner already") % {"number": number}
    return ""


def _has_left(known: Known, today: date) -> bool:
    last = known.values.get("last_day", "")
    return bool(last) and last < today.isoformat()


# ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Units:
    """The units by their path, and by the end of it: a source may leave out what is above."""

    def __init__(self, directory: Directory) -> None:
        self._organisation = directory.organisation.casefold()
        self._paths = {path.casefold(): path for path in directory.units}
        self._ends: dict[str, set[str]] = {}
        for path in directory.units:
            parts = path.split(UNIT_SEPARATOR)
            for at in range(1, len(parts)):
                self._ends.setdefault(UNIT_SEPARATOR.join(parts[at:]).casefold(), set()).add(path)

    def canonical(self, told: str) -> str:
        """The whole path of the unit that a source calls ``told``; itself when there is none yet. Raises ``_Wrong``."""
        parts = told.split(UNIT_SEPARATOR)
        if len(parts) > 1 and parts[0].casefold() == self._organisation:
            parts = parts[1:]
        plain = UNIT_SEPARATOR.join(parts).casefold()
        if plain in self._paths:
            return self._paths[plain]
        ends = self._ends.get(plain, set())
        if len(ends) > 1:
            all_ = ", ".join(f"“{path}”" for path in sorted(ends)[:5])
            raise _Wrong(
                _("there are several units “%(name)s”: write which one, as in %(all)s") % {"name": told, "all": all_}
            )
        return next(iter(ends)) if ends else UNIT_SEPARATOR.join(parts)

    def new(self, paths: Iterable[str]) -> list[str]:
        """The units that don't exist yet, those above before those below."""
        found: dict[str, str] = {}
        for path in paths:
            parts = path.split(UNIT_SEPARATOR) if path else []
            for n in range(1, len(parts) + 1):
                upper = UNIT_SEPARATOR.join(parts[:n])
                if upper.casefold() not in self._paths:
                    found.setdefault(upper.casefold(), upper)
        return list(found.values())
