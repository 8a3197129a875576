# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The spoken menu of one's own absence (``*23#``): why, until when, what callers will hear, and where they go.

What is chosen and keyed grows into a feature code (``absence.codes``), which is tried and then carried out like one that was dialled. The
code stands in the plan itself: so a restarted controller goes on with it.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from vaxel.absence import by_phone, codes
from vaxel.domain import events as e
from vaxel.domain.absence import AbsenceReason
from vaxel.domain.call import Call, State
from vaxel.domain.plan import Announce, Enter, HangUp, Menu, Option, Step

if TYPE_CHECKING:
    from vaxel.callcontrol.controller import Controller

Said = tuple[str, ...]

END = HangUp(told=True, why="The code is answered.")
FAILED = Announce(prompts=by_phone.TRY_LATER, then=END, why="The database doesn't answer.")
DROPPED = Announce(prompts=("record-dropped",), then=END, why="She has changed her mind.")

UNTIL, CONFIRM, TO, SAVE = "until", "confirm", "to", "save"
"""What an ``Enter`` is for: digits that end the code are awaited, or none; the code follows after a colon."""


def menu(standing: Said) -> Step:
    """The beginning. ``standing`` tells whether she is away now, as callers hear it."""
    back = [("back", "*", _ask(SAVE, "#23"))] if standing[:1] == by_phone.AWAY else []
    reasons = [(f"reason-{codes.REASONS[key]}", key, _why(key)) for key in "1234567890"]
    options = tuple(Option(digit=key, code=spoken.partition("-")[0], then=then) for spoken, key, then in back + reasons)
    said = [f"option:{spoken}:{key}" for spoken, key, _then in back + reasons]
    prompts = (*standing, *said[: len(back)], "absence-menu", *said[len(back) :])
    return Menu(prompts=prompts, options=options, otherwise=END, seconds=10.0, why="Her own absence.")


def _ask(what: str, code: str, prompts: Said = (), longest: int = 0) -> Enter:
    otherwise = END if longest else FAILED
    return Enter(what=f"{what}:{code}", prompts=prompts, longest=longest, otherwise=otherwise, why="Her own absence.")


def _why(key: str) -> Enter:
    """After a reason: until when, unless that goes without saying."""
    code = f"{codes.MENU}*{key}"
    if codes.REASONS[key] is AbsenceReason.GONE_FOR_DAY:
        return _ask(CONFIRM, code)
    return _ask(UNTIL, code, ("enter-until",), longest=8)


def _number(code: str) -> Enter:
    return _ask(TO, code, ("enter-number",), longest=15)


def _confirm(code: str, said: Said, *, mobile: bool) -> Step:
    """Is it as callers will hear it, and where do they go?"""
    # Between reason and referral the code has a place for the time, also when none is given.
    to = code if code.count("*") > 2 else f"{code}*"
    places = {"to-switchboard": "0", "to-voicemail": "1"} | ({"to-mobile": "2"} if mobile else {})
    options = [
        Option(digit="1", code="keep", then=_ask(SAVE, code)),
        *(
            Option(digit=str(n), code=place, then=_ask(SAVE, f"{to}*{short}"))
            for n, (place, short) in enumerate(places.items(), 2)
        ),
        Option(digit="5", code="to-number", then=_number(to)),
        Option(digit="0", code="drop", then=DROPPED),
    ]
    prompts = (*said, *(f"option:{option.code}:{option.digit}" for option in options))
    return Menu(prompts=prompts, options=tuple(options), otherwise=DROPPED, seconds=10.0, why="Is that right?")


class AbsenceMenu:
    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    def follow(self, before: Call | None, after: Call) -> None:
        """Look at what has been keyed, or carry it out."""
        step = after.step
        if not isinstance(step, Enter) or after.state is not State.ANNOUNCING:
            return
        if before is not None and before.state is State.ANNOUNCING and before.step is step:
            return
        what, _colon, code = step.what.partition(":")
        code = f"{code}*{after.keyed}" if after.keyed else code
        ask = (
            self._controller.feature_codes.try_out
            if what in (UNTIL, CONFIRM)
            else self._controller.feature_codes.carry_out
        )
        ask(after.caller.id, code, partial(self._answered, after.id, what, code))

    def _answered(self, call: str, what: str, code: str, said: Said) -> None:
        if call in self._controller.calls:
            step = self._next(self._controller.calls[call].caller.id, what, code, said)
            self._controller.apply(call, e.Replied(at=time.time(), step=step))

    def _next(self, person: str, what: str, code: str, said: Said) -> Step:
        if said[:1] == (by_phone.CALLERS_WILL_HEAR,):
            known = self._controller.snapshot.world.people.get(person)
            return _confirm(code, said, mobile=known is not None and bool(known.mobile))
        if what == UNTIL and said != by_phone.TRY_LATER:
            return Announce(prompts=said, then=_why(code[len(codes.MENU) + 1]), why="That can't be.")
        if what == TO and said in by_phone.REFUSED.values():
            return Announce(prompts=said, then=_number(code.rpartition("*")[0]), why="That can't be.")
        return Announce(prompts=said, then=END, why="What came of it.")
