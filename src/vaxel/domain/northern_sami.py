# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Northern Sámi, which no free synthesiser speaks: the words that are known, to be read by a speaker.

Only what dictionaries and public texts bear out stands here. The speaker translates the rest from the Norwegian, and corrects what she
would say otherwise: the recording counts, not this list.
"""

from __future__ import annotations

from vaxel.domain.phrases import WEEKDAYS, Texts

LANGUAGE = "se"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ONES = _words("nolla okta guokte golbma njeallje vihtta guhtta čieža gávcci ovcci")
NUMBERS = (
    *_ONES,
    "logi",
    *(f"{one}nuppelohkái" for one in _ONES[1:]),
    *(f"{ten}logi{one if n else ''}" for ten in _ONES[2:6] for n, one in enumerate(_ONES)),
)
"""0 to 59."""

_WEEKDAYS = _words("vuossárgga maŋŋebárgga gaskavahku duorastaga bearjadaga lávvardaga sotnabeaivvi")
"""In the genitive: “on Monday”, and so also before “until”, which Sámi says last."""
_MONTHS = _words(
    "ođđajagimánu guovvamánu njukčamánu cuoŋománu miessemánu geassemánu suoidnemánu borgemánu čakčamánu golggotmánu skábmamánu juovlamánu"
)
"""In the genitive, as they stand before the day."""

_TO_NINTH = _words("vuosttaš nuppi goalmmát njealját viđát guđát čihččet gávccát ovccát")
_ORDINALS = (
    *_TO_NINTH,
    "logát",
    *(f"{one}nuppelogát" for one in _ONES[1:]),
    "guoktelogát",
    *(f"guoktelogi{one}" for one in _TO_NINTH),
    "golbmalogát",
    f"golbmalogi{_TO_NINTH[0]}",
)
"""1st to 31st, as they stand before *beaivvi*."""

_SENTENCES = {
    "welcome": "Bures boahtin Deanu gildii.",
    "closed": "Telefonguovddáš lea dál gitta.",
    "somebody": "Olmmoš geasa riŋget",
    "has-left": "ii bargga šat dáppe.",
    "absent-meeting": "lea čoahkkimis,",
    "absent-travel": "lea bargomátkkis,",
    "absent-course": "lea kurssas,",
    "absent-vacation": "lea luomus,",
    "back": "ja boahtá ruovttoluotta",
    "until": "rádjai.",
}


def _known() -> dict[str, str]:
    found = _SENTENCES | {"today": "odne", "tomorrow": "ihttin", "midnight": "gaskaija", "century": "guokteduhát"}
    found |= {f"number-{n}": f"{word}." for n, word in enumerate(NUMBERS)}
    found |= {f"minute-{n}": f"{_ONES[0]} {_ONES[n]}." for n in range(1, 10)}
    found |= {f"hour-{n}": f"diibmu {NUMBERS[n]}," for n in range(24)}
    found |= {f"at-{n}": f"diibmu {NUMBERS[n]}." for n in range(1, 24)}
    found |= dict(zip(WEEKDAYS, _WEEKDAYS, strict=True))
    found |= {f"on-{name}": word for name, word in zip(WEEKDAYS, _WEEKDAYS, strict=True)}
    found |= {f"date-{n}": f"{word} beaivvi" for n, word in enumerate(_ORDINALS, 1)}
    return found | {f"month-{n}": word for n, word in enumerate(_MONTHS, 1)}


TEXTS: Texts = _known()
"""Fragment → what is said, as far as it is known."""
