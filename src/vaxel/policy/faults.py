# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a policy file, in words: where, what was found, what was expected, what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vaxel.policy.document import Clause, Dated, Document, Head, Hours, Note, Policy, Season, Source
from vaxel.policy.locate import Lines, Path
from vaxel.policy.parameters import MODELS
from vaxel.policy.terms import Deadline, Strict, Target

USES: dict[str, type[Strict]] = {model.model_fields["use"].annotation.__args__[0]: model for model in MODELS}  # type: ignore[union-attr]
"""Control's name → its parameters."""

_TABLES: dict[str, type[Strict]] = {
    "": Policy,
    "policy": Head,
    "policy.document": Document,
    "hours": Hours,
    "hours.season": Season,
    "hours.dated": Dated,
    "clause": Clause,
    "clause.source": Source,
    "clause.note": Note,
}


class Fault(Struct, frozen=True, kw_only=True, order=True):
    """One fault: ``line`` of ``file``, ``key`` as a person would name it, ``sentence`` what is wrong and what to do."""

    line: int
    key: str
    sentence: str
    file: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.file else _("line {n}").format(n=self.line)
        return f"{where}: {self.key}: {self.sentence}" if self.key else f"{where}: {self.sentence}"


class PolicyError(Exception):
    """A policy file that can't be used; ``faults`` has all that is wrong with it, in the order of the lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


# Faults that the models find by themselves: the sentence for a code of ``terms.refuse``. %(found)s is what was found.
OWN: dict[str, Promise] = {
    "rings_or_seconds": gettext_lazy("give either rings or seconds: one of them, and not both."),
    "count_missing": gettext_lazy("“%(found)s” needs a number: add `count = 2`, for example."),
    "count_unwanted": gettext_lazy(
        "“%(found)s” takes no number: drop `count`, or count in working-days, working-hours, hours or months."
    ),
    "twice": gettext_lazy("%(found)s: something is named twice."),
    "never_reached": gettext_lazy(
        "nothing can come after “%(found)s”, which always takes the call: put it last, or drop what follows."
    ),
    "spans_overlap": gettext_lazy(
        "these times overlap: %(found)s. Join them, or end the first before the second begins."
    ),
    "span": gettext_lazy(
        "“%(found)s” isn't a time of opening. Write from and to, “08:00-16:00”, several with a comma between, or “closed”."
    ),
    "impossible_time": gettext_lazy(
        "“%(found)s” has a time that doesn't exist: hours go from 00 to 24, minutes from 00 to 59."
    ),
    "empty_span": gettext_lazy("“%(found)s” begins when it ends. For the whole day write “00:00-24:00”."),
    "day_twice": gettext_lazy("the day “%(found)s” is given twice."),
    "day": gettext_lazy("“%(found)s” isn't a day: write mon, tue, wed, thu, fri, sat or sun, or from and to: mon-thu."),
    "month_day": gettext_lazy("“%(found)s” isn't a day of the year: write month and day, “06-15”."),
    "backwards": gettext_lazy("the last day lies before the first: %(found)s."),
    "open_or_week": gettext_lazy("give either `open` (the same hours every day) or `week`: one of them, and not both."),
    "unit_or_group": gettext_lazy("these hours name a unit and a group: write them twice, once for each."),
    "not_groups": gettext_lazy(
        "%(found)s: this is asked of people, and somebody may be in several groups. Name units or people instead."
    ),
    "not_people": gettext_lazy("%(found)s: nobody is a team by herself. Name units or groups instead."),
    "wait_of_some": gettext_lazy(
        "the wait for the mailbox holds for everybody: give it in a clause that names no units and no people."
    ),
    "no_english": gettext_lazy(
        "the English paraphrase is missing: add `en`. Vaxel shows it where a language is missing."
    ),
}

_KINDS: dict[type, Promise] = {
    bool: gettext_lazy("true or false"),
    str: gettext_lazy("a text"),
    int: gettext_lazy("a whole number"),
    float: gettext_lazy("a number"),
    list: gettext_lazy("a list"),
    dict: gettext_lazy("a table"),
    datetime: gettext_lazy("a date with time"),
    date: gettext_lazy("a date"),
    time: gettext_lazy("a time"),
}

_EXPECTED: dict[str, Promise] = {
    "string": gettext_lazy("a text in quotation marks"),
    "int": gettext_lazy("a whole number, without quotation marks"),
    "float": gettext_lazy("a number, without quotation marks"),
    "bool": gettext_lazy("true or false, without quotation marks"),
    "date": gettext_lazy("a date without quotation marks, as 2026-01-31"),
    "list": gettext_lazy("a list in square brackets"),
    "dict": gettext_lazy("a table"),
    "model": gettext_lazy("a table"),
}


def of_validation(error: ValidationError, data: dict[str, Any], lines: Lines, file: str) -> list[Fault]:
    """All faults of a document that was read but doesn't fit."""
    return [_fault(details, data, lines, file) for details in error.errors(include_url=False)]


def _fault(details: ErrorDetails, data: dict[str, Any], lines: Lines, file: str) -> Fault:
    path = _path(details["loc"], data)
    return Fault(line=lines.of(path), key=name_of(path, data), sentence=_sentence(details, path, data), file=file)


def _path(loc: tuple[int | str, ...], data: Any) -> Path:
    """Where ``loc`` is in the file: without the control's name that pydantic puts between, and “[key]” of a table's keys."""
    path: list[int | str] = []
    here = data
    for part in loc:
        if part == "[key]":
            break
        if isinstance(here, dict) and part in USES and part not in here and here.get("use") == part:
            continue
        path.append(part)
        if isinstance(here, dict):
            here = here.get(str(part))
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
    return tuple(path)


def name_of(path: Path, data: Any) -> str:
    """``("clause", 3, "control", 0, "rings")`` as a person would say it: “SOL-2 › ring-limit › rings”."""
    names: list[str] = []
    here = data
    for part in path:
        previous, here = here, _step(here, part)
        if isinstance(part, str):
            names.append(part)
            continue
        told = next((str(here[key]) for key in ("id", "use", "name") if isinstance(here, dict) and key in here), "")
        if isinstance(previous, list) and names:
            names[-1] = told or f"{names[-1]} {part + 1}"
    return " › ".join(names)


def _step(here: Any, part: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(str(part))
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return None


def _sentence(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    kind = details["type"]
    if kind.startswith("vaxel_"):
        return str(OWN[kind.removeprefix("vaxel_")]) % {"found": details.get("ctx", {}).get("sentence", "")}
    for names, tell in _TELLERS:
        if kind in names:
            return tell(details, path, data)
    expected = _EXPECTED.get(kind.partition("_")[0])
    if expected is not None:
        return _("found {found}; expected {expected}.").format(found=_found(details["input"]), expected=expected)
    return _("found {found}, which doesn't fit here.").format(found=_found(details["input"]))


def _found(value: Any) -> str:
    kind = next((str(name) for type_, name in _KINDS.items() if isinstance(value, type_)), type(value).__name__)
    if isinstance(value, list | dict):
        return kind
    return f"{kind}, {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{value[:60]}”"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _unknown_key(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    known = _keys_at(path[:-1], data)
    meant = nearest(str(path[-1]), known)
    sentence = _("this key isn't known here.")
    if meant:
        sentence += " " + _("Did you mean `{meant}`?").format(meant=meant)
    if known:
        sentence += " " + _("There may be: {keys}.").format(keys=", ".join(known))
    return sentence


def _keys_at(path: Path, data: dict[str, Any]) -> list[str]:
    """The keys that are known in the table at ``path``."""
    here: Any = data
    for part in path:
        here = _step(here, part)
    if isinstance(here, dict) and here.get("use") in USES:
        return [key for key in USES[here["use"]].model_fields if key != "use"]
    names = [part for part in path if isinstance(part, str)]
    if names and names[-1] == "targets":
        return list(Target.model_fields)
    if names and (names[-1] in ("deadline", "read")):
        return list(Deadline.model_fields)
    model = _TABLES.get(".".join(names))
    return list(model.model_fields) if model else []


def nearest(word: str, known: Iterable[str]) -> str:
    """What of ``known`` was probably meant by ``word``, "" when nothing is near."""
    found = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def _missing(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    return _("the key `{key}` is missing.").format(key=path[-1])


def _unknown_control(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    tag = str(details.get("ctx", {}).get("tag", ""))
    meant = nearest(tag, USES)
    sentence = _("there is no control “{name}”.").format(name=tag)
    if meant:
        return f"{sentence} " + _("Did you mean `{meant}`?").format(meant=meant)
    return f"{sentence} " + _("`vaxel policy controls` lists them.")


def _no_use(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    return _('the control\'s name is missing: add `use = "…"`. `vaxel policy controls` lists them.')


def _not_among(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    words = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))
    found = details["input"]
    sentence = _("found {found}; expected one of: {words}.").format(found=_found(found), words=", ".join(words))
    if path == ("policy", "country"):
        return f"{sentence} " + _("Vaxel knows the public holidays and the length of a ring of these alone.")
    meant = nearest(found, words) if isinstance(found, str) else ""
    return f"{sentence} " + _("Did you mean `{meant}`?").format(meant=meant) if meant else sentence


def _limit(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    limits = details.get("ctx", {})
    found = _shown(details["input"])
    for key, sentence in (
        ("ge", _("found {found}; expected at least {limit}.")),
        ("gt", _("found {found}; expected more than {limit}.")),
        ("le", _("found {found}; expected at most {limit}.")),
        ("lt", _("found {found}; expected less than {limit}.")),
    ):
        if key in limits:
            return sentence.format(found=found, limit=f"{limits[key]:g}")
    return _("found {found}, which doesn't fit here.").format(found=found)


def _too_short(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    if path and path[-1] == "control":
        return _("a clause without a control is only a sentence: add a [[clause.control]] that makes it true.")
    return _("it is empty.")


def _too_long(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    return _("it is longer than {n} characters.").format(n=details.get("ctx", {}).get("max_length", ""))


def _pattern(details: ErrorDetails, path: Path, data: dict[str, Any]) -> str:
    found = _shown(details["input"])
    if path[:1] == ("clause",):
        return _("{found} isn't a clause's id: write capital letters, a hyphen and a number, “SOL-2”.").format(
            found=found
        )
    return _("{found} isn't a short name: write small letters, digits and hyphens, “telephone-rules”.").format(
        found=found
    )


Teller = Callable[[ErrorDetails, Path, dict[str, Any]], str]

_TELLERS: tuple[tuple[frozenset[str], Teller], ...] = (
    (frozenset({"extra_forbidden"}), _unknown_key),
    (frozenset({"missing"}), _missing),
    (frozenset({"union_tag_invalid"}), _unknown_control),
    (frozenset({"union_tag_not_found"}), _no_use),
    (frozenset({"literal_error", "enum"}), _not_among),
    (frozenset({"greater_than_equal", "greater_than", "less_than_equal", "less_than"}), _limit),
    (frozenset({"too_short", "string_too_short"}), _too_short),
    (frozenset({"too_long", "string_too_long"}), _too_long),
    (frozenset({"string_pattern_mismatch"}), _pattern),
)
