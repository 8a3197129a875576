# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record's codes in words: states, reasons, causes, directions."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

STATES: dict[str, Promise] = {
    "announcing": gettext_lazy("Announcement"),
    "choosing": gettext_lazy("Choosing from a menu"),
    "ringing": gettext_lazy("Ringing"),
    "waiting": gettext_lazy("Waiting"),
    "connected": gettext_lazy("Connected"),
    "held": gettext_lazy("On hold"),
    "consulting": gettext_lazy("Consultation"),
    "transferring": gettext_lazy("Being transferred"),
    "parked": gettext_lazy("Parked"),
    "greeting": gettext_lazy("Voicemail greeting"),
    "recording": gettext_lazy("Leaving a voice message"),
    "dialling": gettext_lazy("Dialling"),
    "ended": gettext_lazy("Ended"),
}

CAUSES: dict[str, Promise] = {
    "main_number": gettext_lazy("main number"),
    "direct": gettext_lazy("direct number"),
    "group": gettext_lazy("group number"),
    "unknown_number": gettext_lazy("a number that nobody has"),
    "outgoing": gettext_lazy("outgoing call"),
    "feature_code": gettext_lazy("feature code"),
    "fallback": gettext_lazy("taken by the telephone system alone"),
    "emergency": gettext_lazy("emergency call"),
    "no_answer": gettext_lazy("no answer"),
    "busy": gettext_lazy("busy"),
    "rejected": gettext_lazy("rejected"),
    "unregistered": gettext_lazy("telephone not connected"),
    "failed": gettext_lazy("failed"),
    "unallocated": gettext_lazy("the number is not in use"),
    "hangup": gettext_lazy("hung up"),
    "released": gettext_lazy("ended by the switchboard"),
    "gone": gettext_lazy("connection lost"),
    "returned": gettext_lazy("returned from a transfer"),
    "held_long": gettext_lazy("held for too long"),
    "parked_long": gettext_lazy("parked for too long"),
    "operator_lost": gettext_lazy("the operator was disconnected"),
    "handed_over": gettext_lazy("handed over by another operator"),
    "unattended": gettext_lazy("no operator can be reached"),
    "overflow": gettext_lazy("waited for too long"),
    "absent": gettext_lazy("absent"),
    "absent_unreferred": gettext_lazy("absent without a referral"),
    "closed_unit": gettext_lazy("outside the unit's hours"),
    "left": gettext_lazy("no longer works here"),
    "misdirected": gettext_lazy("came to the wrong place"),
    "not_reached": gettext_lazy("not reached"),
    "group_overflow": gettext_lazy("nobody in the group answered"),
    "message": gettext_lazy("to leave a message"),
    "colleague": gettext_lazy("a colleague"),
    "switchboard": gettext_lazy("the switchboard"),
    "nothing": gettext_lazy("nothing"),
    "come": gettext_lazy("to come to the switchboard"),
    "told-busy": gettext_lazy("that many are calling"),
    "told-fault": gettext_lazy("that a disturbance is known"),
    "told-event": gettext_lazy("that a serious event is under way"),
}

DIRECTIONS: dict[str, Promise] = {
    "in": pgettext_lazy("call", "Incoming"),
    "out": pgettext_lazy("call", "Outgoing"),
    "internal": pgettext_lazy("call", "Internal"),
}


def word(words: dict[str, Promise], code: str) -> str:
    """The word for ``code``; a code that has none yet is shown as it is, with spaces."""
    known = words.get(code)
    return code.replace("_", " ") if known is None else str(known)


def refusal(text: str, fields: dict[str, str]) -> str:
    """A refusal of the controller's in the active language. ``text`` has ``{name}`` for each of ``fields``; ``state`` is a call's."""
    shown = {name: word(STATES, value) if name == "state" else value for name, value in fields.items()}
    return _(text).format(**shown)


def duration(seconds: float) -> str:
    """``seconds`` for reading: 7 s, 2 min 5 s, 1 h 3 min."""
    whole = round(seconds)
    if whole < 60:
        return _("%(s)d s") % {"s": whole}
    if whole < 3600:
        return _("%(min)d min %(s)d s") % {"min": whole // 60, "s": whole % 60}
    return _("%(h)d h %(min)d min") % {"h": whole // 3600, "min": whole % 3600 // 60}
