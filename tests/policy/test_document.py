# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guide's examples are good, and what it says is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from vaxel.directory.models.choices import Country
from vaxel.domain.countries import COUNTRIES, CountryCode
from vaxel.policy.document import Kind
from vaxel.policy.load import parse
from vaxel.policy.terms import Cause, Channel, Within

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "policy.md").read_text()
EXAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_whole_example_is_good_with_the_hours_of_the_other() -> None:
    whole, limit, hours, _terms = EXAMPLES
    own = '[[clause]]\nid = "LIL-4"\nkinds = ["enforced"]\ntext.en = "A."\nsource = { document = "paper", section = "4" }\n'
    read = parse(whole + hours + own + limit)
    assert [clause.id for clause in read.clause] == ["LIL-1", "LIL-4"]
    assert read.clause[0].note
    assert read.hours[0].unit == "Byggkontoret"


def test_the_deadlines_and_targets_of_the_guide_are_good() -> None:
    whole, terms = EXAMPLES[0], EXAMPLES[3]
    for line in terms.splitlines():
        use = "call-back" if line.startswith("deadline") else "answer-time"
        parse(f'{whole}[[clause.control]]\nuse = "{use}"\n{line}\n')


def test_the_guide_names_every_word_there_is() -> None:
    words = [*Within, *Cause, *Channel, *Kind, *COUNTRIES]
    told = re.sub(r"as-soon-as-possible|months|hours", "", " ".join(words)).split()
    assert [word for word in told if word not in GUIDE] == []
    assert set(COUNTRIES) == set(get_args(CountryCode)) == set(Country)
