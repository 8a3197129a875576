# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a speaker reads when a language is recorded: ``python -m vaxel.prompts.reading_list`` prints it for Northern Sámi.

``docs/northern-sami-prompts.md`` is its output; a test fails when the two have parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaxel.domain import northern_sami
from vaxel.domain.phrases import ON_TELEPHONES, texts

# REUSE-IgnoreStart
_LICENCE = (
    "<!-- SPDX-FileCopyrightText: 2026 The Vaxel contributors -->",
    "<!-- SPDX-License-Identifier: EUPL-1.2 -->",
)
# REUSE-IgnoreEnd

WANTING = "*wanted*"
"""Stands where nobody has given the words yet: none are invented."""

_ABOUT = """# Northern Sámi: the text to read

No free synthesiser speaks Northern Sámi, so Tana's Sámi announcements are a speaker's recordings. This is the list for her. It is made
by `python -m vaxel.prompts.reading_list`; change the words in `src/vaxel/domain/northern_sami.py`.

**Read so:** one recording a row, its file named as the first column (`closed.wav`). Rows with a comma go on: don't let the voice fall,
the next recording follows at once. How to record, and how to upload: [prompts](prompts.md#recording-ones-own).

**What is known and what isn't.** Only words that dictionaries and public texts bear out stand in the column *Northern Sámi*. Where it
says *wanted* there is no Sámi text yet: the speaker translates the Norwegian beside it. Nobody who speaks the language has read this
list yet: say it otherwise where it should be otherwise. The recording counts.

**What callers hear meanwhile.** Tana's callers hear Sámi first, then Norwegian (`se nb`). A sentence is heard in Sámi once every part of
it has been recorded; before, in Norwegian alone. So begin with `welcome`: everybody hears it, at once. Then the sentences that stand
alone, then what they are put together with: “the switchboard is closed” and “we open”, days and hours.

**Word order.** The month is said before the day: *borgemánu goalmmát beaivvi*; the fragment `date-3` is the day's part, *goalmmát beaivvi*.
“Until” is said last: *bearjadaga diibmu gávcci rádjai*. So an hour is not always the end: let the voice fall a little only.

**What was corrected.** Looked up in dictionaries, a grammar's rules for dates and the clock, and published text; not yet by a reader:

- `monday` to `sunday` were in the nominative (*vuossárga*). They are only said in front of an hour and “until”, which want the genitive
  (*vuossárgga*), as `on-monday` has it.
- `midnight` was *gaskaidja*, the nominative. It is only said before “until”: *gaskaija rádjai*.
- “Until” stood first, as in Norwegian. *Rádjai* follows its word.
- The days of the month, the century and some reasons to be away were wanted, and are given.

**Numbers.** Counting and the clock use the same words, in the nominative: *diibmu gávcci*. Between people the clock is told in twelve hours
and halves (*beal ovcci*); here it is the 24-hour clock of public announcements. After “press” a number would be in the accusative
(*ovtta*), while `number-1` is *okta*: say the choices so that *okta* fits.
"""


def northern_sami_list() -> str:
    """The page, in Markdown."""
    norwegian = {"welcome": "Velkommen til Tana kommune."} | dict(texts("nb"))
    heard = {name: text for name, text in norwegian.items() if name not in ON_TELEPHONES}
    known = sum(name in northern_sami.TEXTS for name in heard)
    count = f"{len(heard)} recordings; the words of {known} are known, {len(heard) - known} are wanted from a reader."
    first = [name for name in heard if name not in _later(heard)]
    return "\n".join(
        [
            *_LICENCE,
            _ABOUT,
            count,
            "",
            *_table("Sentences, reasons and choices", first, heard),
            *_table("Days, months and hours", _later(heard), heard),
        ]
    )


def _later(names: Iterable[str]) -> list[str]:
    """What is put together with sentences."""
    start = list(names).index("number-0")
    return list(names)[start:]


def _table(title: str, names: Iterable[str], norwegian: dict[str, str]) -> Iterator[str]:
    yield from (f"## {title}", "", "| recording | Norwegian | Northern Sámi |", "|---|---|---|")
    for name in names:
        yield f"| `{name}` | {norwegian[name]} | {northern_sami.TEXTS.get(name, WANTING)} |"
    yield ""


if __name__ == "__main__":
    print(northern_sami_list(), end="")  # noqa: T201
