# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import time

import pytest

from vaxel.directory.tokens import console_key, console_token, hashed, new_api_token, operator_of


def test_an_api_key_is_known_by_its_hash_alone() -> None:
    token = new_api_token()
    assert operator_of(token, {hashed(token): "o7"}) == "o7"
    assert operator_of(new_api_token(), {hashed(token): "o7"}) is None
    assert operator_of(hashed(token), {hashed(token): "o7"}) is None


def test_a_console_key_needs_no_database_and_ends() -> None:
    token = console_token("o7", now=1000, seconds=60)
    key = console_key(token, now=1059)
    assert key is not None
    assert key.operator == "o7"
    assert console_key(token, now=1060) is None


def test_a_console_key_ends_with_its_session() -> None:
    token = console_token("o7", now=time.time() - 60)
    assert operator_of(token, {}, {"o7": time.time() - 120}) == "o7"
    assert operator_of(token, {}, {"o8": time.time()}) == "o7"
    assert operator_of(token, {}, {"o7": time.time()}) is None
    assert operator_of(console_token("o7"), {}, {"o7": time.time() - 1}) == "o7"


@pytest.mark.parametrize(
    "forged",
    [
        "",
        ".",
        "vxc.o7.99999999999",
        "vxc.o7.99999999999.",
        "vxc.o7.99999999999.AAAA",
        "vxc.o7.x.x.AAAA",
        "\ud800",
        "vxc.\ud800.1.\ud800",
    ],
)
def test_a_forged_key_opens_nothing(forged: str) -> None:
    assert operator_of(forged, {}) is None


def test_a_console_key_changed_in_any_place_opens_nothing() -> None:
    token = console_token("o7")
    for place, character in enumerate(token):
        changed = token[:place] + ("A" if character != "A" else "B") + token[place + 1 :]
        # The last character of unpadded base64 carries bits that decide nothing; it is compared as text all the same.
        assert operator_of(changed, {}) is None, place
