# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls that the engine's own dialplan served become calls of the record: while the controller was away, and to emergency services always.

The engine writes ``ID.call`` when such a call ends, with ``key=value`` lines (``telephony.engine.dialplan``).
"""

from __future__ import annotations

import logging
import re
import time
import wave
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from msgspec import Struct

from vaxel.calls.models import Call, Direction
from vaxel.calls.projection import ship
from vaxel.directory.models import Country, Number, Organisation, Phone
from vaxel.directory.numbers import international
from vaxel.directory.text import visible
from vaxel.domain.journal import Entry
from vaxel.domain.plan import PartyKind
from vaxel.telephony.engine import PUT_ASIDE

log = logging.getLogger(__name__)

FOLDER = "fallback"
BEING_WRITTEN = timedelta(minutes=1)
"""So long a file may be only half there."""
JOURNAL_AWAITED = timedelta(hours=1)
"""So long the controller's own journal of a call that it gave back to the dialplan is waited for."""
NATIONAL_DIGITS = 8
"""Of a Danish or Norwegian number, which has no 0 in front."""
LAST_MOMENT = 4e9

CAUSES = {
    "BUSY": "busy",
    "NOANSWER": "no_answer",
    "CANCEL": "hangup",
    "CHANUNAVAIL": "unregistered",
    "CONGESTION": "failed",
}
"""``DIALSTATUS`` of a call that wasn't answered → why (``docs/journal.md``)."""

Way = Literal["house", "outside", "emergency"]
Fact = dict[str, Any]


class Served(Struct, frozen=True, kw_only=True):
    """What stands in an ``ID.call``. Moments are seconds since the epoch.

    ``way``: to a number of the ``house``, ``outside`` to the public network, or to an ``emergency`` service. ``organisation`` is the one
    called, or whose telephone it was; ``home`` the telephone's, "" for a caller from outside. ``phone`` and ``by`` are the SIP users that
    called and answered. ``gave_back``: the controller had the call first.
    """

    id: str
    dialled: str
    way: Way
    organisation: str = ""
    phone: str = ""
    home: str = ""
    begun: float
    ended: float
    status: str = ""
    answered: float | None = None
    by: str = ""
    told: bool = False
    gave_back: bool = False
    recorded: float | None = None
    caller: str = ""
    name: str = ""

    @property
    def incoming(self) -> bool:
        return self.way == "house"


class Party(Struct, frozen=True, kw_only=True):
    """Somebody in a fact."""

    kind: PartyKind = PartyKind.NUMBER
    key: str = ""
    name: str = ""
    number: str = ""


def import_all(spool: Path) -> int:
    """Import what lies in ``spool``/fallback; return how many calls are new.

    Doing it again changes nothing. An imported file is removed; one that can't be read is put aside as ``ID.bad``, for somebody to look at.
    """
    made = 0
    for path in sorted((spool / FOLDER).glob("*.call")):
        try:
            served = read(path)
        except ValueError as error:
            _put_aside(path, error)
            continue
        except OSError as error:
            log.warning("the record of a call can't be read", extra={"file": path.name, "why": type(error).__name__})
            continue
        kept = keep(served)
        if kept is None:
            continue
        made += kept
        path.unlink(missing_ok=True)
    return made


def _put_aside(path: Path, error: ValueError) -> None:
    # The engine may be about to write it.
    if time.time() - path.stat().st_mtime > BEING_WRITTEN.total_seconds():
        path.rename(path.with_suffix(PUT_ASIDE))
        log.warning(
            "the record of a call can't be read and was put aside", extra={"file": path.name, "why": str(error)}
        )


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def values(path: Path) -> dict[str, str]:
    """The ``key=value`` lines of ``path``. Raises ``OSError`` when it can't be read."""
    found: dict[str, str] = {}
    for key, _, value in (line.partition("=") for line in path.read_text("utf-8", errors="replace").split("\n")):
        # The first word on a matter counts: the name, which is foreign text, stands last and may hold anything.
        found.setdefault(key.strip(), value.replace("\x00", "").strip())
    return found


def read(path: Path) -> Served:
    """Read ``ID.call``. Raises ``ValueError`` for one that says no call, ``OSError`` when it can't be read."""
    told = values(path)
    if not re.fullmatch(r"[\w.-]{1,60}", path.stem):
        raise ValueError("its name is no call's")
    if not re.fullmatch(r"[0-9*#+]{1,32}", told.get("dialled", "")):
        raise ValueError("it names no number")
    way = told.get("way")
    if way not in ("house", "outside", "emergency"):
        raise ValueError("it doesn't say which way the call went")
    begun, ended = _moment(told.get("begun", "")), _moment(told.get("ended", ""))
    return Served(
        id=path.stem,
        dialled=told["dialled"],
        way=way,  # type: ignore[arg-type]
        organisation=told.get("organisation", ""),
        phone=told.get("phone", ""),
        home=told.get("home", ""),
        begun=begun,
        ended=max(begun, ended),
        status=told.get("status", ""),
        answered=_answered(told, begun, ended),
        by=_user(told.get("line-by") or told.get("by") or ""),
        told=told.get("told") == "no-room",
        gave_back=told.get("stasis") == "SUCCESS",
        recorded=_recorded(path.with_suffix(".wav")),
        caller=told.get("caller", "")[:80],
        name=visible(told.get("name", ""))[:120],
    )


def _moment(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,12}", text) or float(text) > LAST_MOMENT:
        raise ValueError("a time is none")
    return float(text)


def _answered(told: dict[str, str], begun: float, ended: float) -> float | None:
    """When somebody answered: in the line after so many seconds, at a telephone so many seconds before the end."""
    if told.get("line-by"):
        at = begun + _seconds(told.get("line-waited", ""))
    elif told.get("status") == "ANSWER":
        at = ended - _seconds(told.get("talked", ""))
    else:
        return None
    return min(max(at, begun), ended)


def _seconds(text: str) -> float:
    return float(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0.0


def _user(interface: str) -> str:
    """``PJSIP/anna-desk`` in the line, ``PJSIP/anna-desk-0000001f`` as a channel → ``anna-desk``."""
    found = re.fullmatch(r"PJSIP/(.+?)(-[0-9a-f]{8})?", interface)
    return found[1] if found else ""


def _recorded(sound: Path) -> float | None:
    """None without a message that can be heard."""
    with suppress(OSError, ValueError):
        return seconds_of(sound)
    return None


def seconds_of(path: Path) -> float:
    """The length of a recording. Raises ``ValueError`` for one that isn't whole."""
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes() / sound.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path.name} is not a whole WAVE file") from error


def readable_by_us(caller: str, country: str) -> str:
    """The dialplan writes E.164 digits; only what a trunk without a country passed on may be a national number, of 8 digits or with 0."""
    if caller.isdecimal() and not caller.startswith("0") and len(caller) > NATIONAL_DIGITS:
        return caller
    try:
        return international(caller, Country(country).value)
    except ValueError:
        return caller


# ── keeping ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def keep(served: Served) -> bool | None:
    """Write the call and its journal. False: it is there already. None: later, for the controller's journal of it isn't here yet."""
    with transaction.atomic():
        known = Call.objects.select_for_update().filter(pk=served.id).first()
        if known is None:
            if served.gave_back and time.time() - served.ended < JOURNAL_AWAITED.total_seconds():
                return None
            ship(_entries(served, _view(served)))
            return True
        if known.reason in ("fallback", "emergency") or known.journal.filter(data__alone=True).exists():
            return False
        # The controller began the record; how the call went on stands at its end.
        ship(_entries(served, known.view, known.n, gone_on=True))
        return True


def _entries(served: Served, view: dict[str, Any], n: int = 0, *, gone_on: bool = False) -> Sequence[Entry]:
    """One for each fact; the call's state after the last stands in all of them."""
    caller, answerer = _caller(served), _party(served.by) if served.incoming else _other(served)
    facts = [*([] if gone_on else [_begun(served, caller)]), *_outcome(served, caller, answerer)]
    view = {**view, "path": [*view.get("path", []), *facts], "ended": served.ended, "end_cause": _cause(served)}
    if served.answered is not None:
        view["answered"] = view.get("answered") or served.answered
        if answerer.kind is PartyKind.OPERATOR:
            view |= {"operator": answerer.key, "operator_name": answerer.name}
    return [
        Entry(
            stream=served.id,
            n=n + count,
            at=fact["at"],
            kind=fact["code"],
            organisation=view["organisation"],
            data={**fact, "alone": True},
            view=view,
        )
        for count, fact in enumerate(facts, 1)
    ]


def _view(served: Served) -> dict[str, Any]:
    """Of a call that nobody has written down yet, without what happened."""
    caller = _caller(served)
    direction = Direction.OUTGOING if not served.incoming else Direction.INTERNAL if served.home else Direction.INCOMING
    return {
        "id": served.id,
        "organisation": _organisation(served),
        "state": "ended",
        "direction": direction.value,
        "started": served.begun,
        "since": served.ended,
        "answered": None,
        "dialled": served.dialled,
        "caller": {"number": caller.number, "name": caller.name, "internal": bool(served.home)},
        "reason": {"code": _reason(served)},
    }


def _organisation(served: Served) -> str:
    """Whose call it is: of whoever has the number now, as for recordings, or of the telephone as it was then."""
    known = Organisation.objects.filter(pk=served.organisation).values_list("pk", flat=True).first()
    if not served.incoming and known:
        return known
    owners = (
        Number.objects.filter(number=served.dialled) if served.incoming else Phone.objects.filter(user=served.phone)
    )
    return owners.values_list("organisation_id", flat=True).first() or known or ""


def _reason(served: Served) -> str:
    return "emergency" if served.way == "emergency" else "fallback"


def _cause(served: Served) -> str:
    if served.answered is not None or served.incoming:
        return "released" if served.told else "hangup"
    return CAUSES.get(served.status, "failed")


def _caller(served: Served) -> Party:
    """Whoever has the telephone, of a call from the house; else the number from outside."""
    if served.home:
        owner = _party(served.phone)
        return Party(kind=owner.kind, key=owner.key, name=owner.name, number=served.caller or owner.number)
    home = Organisation.objects.filter(pk=_organisation(served)).first()
    number = readable_by_us(served.caller, home.country) if home is not None else served.caller
    return Party(kind=PartyKind.CALLER, name=served.name, number=number)


def _other(served: Served) -> Party:
    return Party(number=served.dialled)


def _party(user: str) -> Party:
    """Whose telephone ``user`` is: a person's, an operator's, or that of a room, which is called by its label."""
    phone = Phone.objects.filter(user=user).select_related("person", "operator").first()
    if phone is not None and phone.person is not None:
        return Party(kind=PartyKind.PERSON, key=phone.person.key, name=phone.person.name)
    if phone is not None and phone.operator is not None:
        return Party(kind=PartyKind.OPERATOR, key=phone.operator.key, name=phone.operator.name)
    return Party(name=(phone.label if phone is not None else "") or user)


def _begun(served: Served, caller: Party) -> Fact:
    return _fact(served.begun, "arrived", caller, cause=_reason(served))


def _outcome(served: Served, caller: Party, answerer: Party) -> list[Fact]:
    """Who was reached, and how it ended: ``lost`` when the caller gave up before anybody was."""
    found = []
    reached = served.answered is not None
    if served.answered is not None:
        found.append(_fact(served.answered, "answered", answerer, served.answered - served.begun))
    elif served.status in CAUSES and not (served.incoming and served.status == "CANCEL"):
        found.append(_fact(served.ended, "rang", Party() if served.incoming else answerer, cause=CAUSES[served.status]))
    if not reached and served.recorded is not None:
        found.append(_fact(served.ended, "fallback_recorded", caller, served.recorded))
    elif not reached and served.told:
        found += [_fact(served.ended, "no_room"), _fact(served.ended, "announced")]
    lost = served.incoming and not reached and served.recorded is None and not served.told
    by = caller if lost else None
    return [*found, _fact(served.ended, "lost" if lost else "ended", by, served.ended - served.begun, _cause(served))]


def _fact(at: float, code: str, who: Party | None = None, seconds: float | None = None, cause: str = "") -> Fact:
    who = who or Party()
    shown = who.name or who.number
    return {
        "at": at,
        "code": code,
        "who": shown,
        "party": who.key,
        "kind": who.kind.value if shown else "",
        "seconds": seconds,
        "cause": cause,
    }
