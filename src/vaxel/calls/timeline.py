# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A call's record as lines that can be read: what happened, with whom, for how long, and why (``docs/journal.md``)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from vaxel.calls import words
from vaxel.calls.models import Call
from vaxel.directory.numbers import readable

# By a fact's code: the sentence with somebody's name in it, and the one without.
SENTENCES: dict[str, tuple[Promise, Promise]] = {
    "arrived": (_("%(who)s called"), _("The call came in")),
    "dialled": (_("Outgoing call to %(who)s"), _("Outgoing call")),
    "chose": (_("The caller chose"), _("The caller chose")),
    "announced": (_("An announcement was heard to its end"), _("An announcement was heard to its end")),
    "ringing": (_("Rings at %(who)s"), _("Rings")),
    "rang": (_("%(who)s was not reached"), _("Nobody was reached")),
    "picked_up": (_("%(who)s picked up"), _("Picked up")),
    "waiting": (_("Waits for an operator, after %(who)s"), _("Waits for an operator")),
    "unattended": (_("No operator can be reached"), _("No operator can be reached")),
    "overflow": (_("Has waited long enough, may leave a message"), _("Has waited long enough, may leave a message")),
    "offered": (_("Offered to %(who)s"), _("Offered to an operator")),
    "missed": (_("%(who)s let the offer pass"), _("The offer passed")),
    "answered": (_("%(who)s answered"), _("Answered")),
    "held": (_("Put on hold by %(who)s"), _("Put on hold")),
    "hold_reminded": (
        _("%(who)s was reminded of the call on hold"),
        _("The operator was reminded of the call on hold"),
    ),
    "resumed": (_("Back from hold with %(who)s"), _("Back from hold")),
    "consult_asked": (_("%(who)s is rung and asked"), _("A colleague is rung and asked")),
    "consulting": (_("Consultation with %(who)s"), _("Consultation")),
    "consulted": (_("The consultation with %(who)s is over"), _("The consultation is over")),
    "consultation_ended": (_("The consultation with %(who)s was ended"), _("The consultation was ended")),
    "transferred": (_("Transferred to %(who)s"), _("Transferred")),
    "phone_transferred": (
        _("%(who)s pressed transfer on the telephone"),
        _("Transfer was pressed on a telephone"),
    ),
    "pick_up": (_("%(who)s took the call from a colleague"), _("A colleague took the call")),
    "recalled": (_("Nobody answered: rings again at %(who)s"), _("Nobody answered: rings again")),
    "joined": (_("Joined with another call by %(who)s"), _("Joined with another call")),
    "returned": (_("Back at the switchboard from %(who)s"), _("Back at the switchboard")),
    "parked": (_("Parked by %(who)s"), _("Parked")),
    "fetched": (_("Fetched by %(who)s"), _("Fetched")),
    "taken_over": (_("Taken over by %(who)s"), _("Taken over")),
    "handed_over": (_("Handed over to %(who)s"), _("Handed over")),
    "listening": (_("%(who)s listens in"), _("Somebody listens in")),
    "listening_ended": (_("%(who)s listens in no more"), _("Nobody listens in any more")),
    "listening_failed": (_("%(who)s could not listen in"), _("Listening in was not possible")),
    "told": (_("Heard an announcement while waiting"), _("Heard an announcement while waiting")),
    "taken_back": (_("The transfer was taken back by %(who)s"), _("The transfer was taken back")),
    "voicemail": (_("At the voicemail of %(who)s"), _("At the switchboard's voicemail")),
    "recording": (_("Leaves a voice message for %(who)s"), _("Leaves a voice message")),
    "recorded": (_("Left a voice message for %(who)s"), _("Left a voice message")),
    "recording_failed": (_("The voice message could not be kept"), _("The voice message could not be kept")),
    "no_room": (_("No message could be left: the disk is full"), _("No message could be left: the disk is full")),
    "keyed": (_("Digits were keyed on the telephone"), _("Digits were keyed on the telephone")),
    "dictated": (_("A recording was made"), _("A recording was made")),
    "kept": (_("The recording was kept"), _("The recording was kept")),
    "not_kept": (_("The recording could not be kept"), _("The recording could not be kept")),
    "phone_held": (_("%(who)s pressed hold on the telephone"), _("Hold was pressed on a telephone")),
    "phone_resumed": (_("%(who)s ended the hold on the telephone"), _("Hold was ended on a telephone")),
    "adopted": (
        _("The controller was away and took the call over"),
        _("The controller was away and took the call over"),
    ),
    "abandoned": (_("Given to the telephone system alone"), _("Given to the telephone system alone")),
    "engine_refused": (_("The telephone system refused a step"), _("The telephone system refused a step")),
    "fallback_recorded": (
        _("Left a voice message while the switchboard was away"),
        _("Left a voice message while the switchboard was away"),
    ),
    "lost": (_("The caller hung up before anybody answered"), _("The caller hung up before anybody answered")),
    "ended": (_("Ended by %(who)s"), _("Ended")),
}

# What the seconds of a fact measure.
DURATIONS: dict[str, Promise] = {
    "rang": _("rang for %(time)s"),
    "picked_up": _("rang for %(time)s"),
    "unattended": _("waited %(time)s"),
    "overflow": _("waited %(time)s"),
    "answered": _("waited %(time)s"),
    "resumed": _("on hold for %(time)s"),
    "fetched": _("parked for %(time)s"),
    "taken_back": _("rang for %(time)s"),
    "listening_ended": _("for %(time)s"),
    "recorded": _("%(time)s long"),
    "dictated": _("%(time)s long"),
    "fallback_recorded": _("%(time)s long"),
    "adopted": _("away for %(time)s"),
    "lost": _("waited %(time)s"),
    "ended": _("lasted %(time)s"),
}

NOTE = _("Note by %(who)s")
MESSAGE = _("Message to %(who)s")
MESSAGE_HERE = _("Message to the switchboard")


class Line(Struct, frozen=True, kw_only=True):
    """One line. ``code`` is the fact's, or note or message; ``text`` a free text that somebody wrote."""

    at: datetime
    code: str
    sentence: str
    details: tuple[str, ...] = ()
    text: str = ""


def timeline(call: Call, messages: Iterable[Any] = ()) -> list[Line]:
    """The lines of ``call`` in the active language, oldest first, with its notes and ``messages`` where they belong."""
    lines = [_line(fact) for fact in call.view.get("path", [])]
    lines += [
        Line(
            at=note.written,
            code="note",
            sentence=str(NOTE) % {"who": note.operator.name if note.operator else "–"},
            text=note.text,
        )
        for note in call.notes.select_related("operator")
    ]
    lines += [
        Line(
            at=message.taken_at,
            code="message",
            sentence=str(MESSAGE) % {"who": message.person.name} if message.person else str(MESSAGE_HERE),
            text=message.matter,
        )
        for message in messages
    ]
    return sorted(lines, key=lambda line: line.at)


def _line(fact: dict[str, Any]) -> Line:
    code, who = fact["code"], readable(fact.get("who", ""))
    pair = SENTENCES.get(code)
    if pair is None:
        sentence = code.replace("_", " ") + (f": {who}" if who else "")
    else:
        sentence = str(pair[0]) % {"who": who} if who else str(pair[1])
    details = []
    seconds = fact.get("seconds")
    if seconds is not None and code in DURATIONS:
        details.append(str(DURATIONS[code]) % {"time": words.duration(seconds)})
    if fact.get("cause"):
        details.append(words.word(words.CAUSES, fact["cause"]))
    return Line(at=datetime.fromtimestamp(fact["at"], UTC), code=code, sentence=sentence, details=tuple(details))
