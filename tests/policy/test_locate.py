# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line of every key, whatever way it is written in."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from vaxel.policy.locate import Lines, Path

TEXT = '''\
# a comment with [brackets] and = signs
title = "a # that is no comment"
[head]
a.b.c = 1
"quoted key" = 'x'
[[row]]
id = 1
list = [
  "one", # first
  { x = 1, y = [2, 3] },
]
[[row.part]]
name = """
many [lines]
id = "no key" \\""" quoted
"""
[[row.part]]
name = \'\'\'it's\'\'\'
[[row]]
id = 2
part = [{ name = "p" }]
'''


def test_keys_tables_and_elements_are_found() -> None:
    tomllib.loads(TEXT)
    lines = Lines(TEXT)
    assert {
        lines.of(("title",)): 2,
        lines.of(("head",)): 3,
        lines.of(("head", "a", "b", "c")): 4,
        lines.of(("head", "quoted key")): 5,
        lines.of(("row", 0)): 6,
        lines.of(("row", 0, "list", 1, "y", 1)): 10,
        lines.of(("row", 0, "part", 0, "name")): 13,
        lines.of(("row", 0, "part", 1)): 17,
        lines.of(("row", 1, "id")): 20,
        lines.of(("row", 1, "part", 0, "name")): 21,
    } == {n: n for n in (2, 3, 4, 5, 6, 10, 13, 17, 20, 21)}


def test_what_is_absent_has_the_line_of_what_it_is_missing_in() -> None:
    assert Lines(TEXT).of(("row", 1, "nothing", "below")) == 19


KEYS = st.sampled_from(["a", "b", "c-d", "e_f"])
SCALARS = st.one_of(
    st.sampled_from(["1", "true", "2026-01-31", "-0.5e3", '"x"', "'[\"'", '"\\""', '"""a\nb"""', "'''\n#'''", '"]}"'])
)


@given(
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3).map(lambda items: "[\n" + ",\n".join(items) + "]")),
    KEYS,
)
def test_every_path_of_any_value_has_a_line(value: str, key: str) -> None:
    text = f"# c\n[[t]]\n{key} = {value}\nlast = 1\n"
    data = tomllib.loads(text)
    lines = Lines(text)
    assert lines.of(("t", 0, "last")) == text.rstrip("\n").count("\n") + 1
    for path in _paths(data, ()):
        assert 1 <= lines.of(path) <= text.count("\n")


def _paths(data: object, path: Path) -> list[Path]:
    found = [path]
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        found += _paths(value, (*path, key))
    return found
