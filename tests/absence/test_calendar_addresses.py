# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker asks nobody inside the house because somebody typed an address."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import pytest

from vaxel.absence.calendars.addresses import NotAllowed, Resolver, host_of, may_be_asked, networks

HOUSE = networks("10.1.0.0/16, 127.0.0.0/8")


@pytest.mark.parametrize(
    "url",
    [
        "http://calendar.example/a.ics",
        "ftp://calendar.example/a.ics",
        "file:///etc/passwd",
        "calendar.example/a.ics",
        "https://",
        "https://user:secret@calendar.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://192.168.1.1/",
        "https://[fe80::1%eth0]/",
        "https://calendar.example/a b",
        "https://calendar.example:port/",
        "https://calendar.example/" + "a" * 2000,
    ],
)
def test_addresses_of_other_kinds_or_inside_are_refused(url: str) -> None:
    with pytest.raises(NotAllowed):
        host_of(url)


def test_public_addresses_and_those_an_administrator_names_are_allowed() -> None:
    assert host_of("https://calendar.example/a.ics") == "calendar.example"
    assert host_of("https://10.1.2.3/a.ics", HOUSE) == "10.1.2.3"
    assert host_of("http://127.0.0.1:5232/", HOUSE) == "127.0.0.1"
    with pytest.raises(NotAllowed):
        host_of("http://10.1.2.3/a.ics", HOUSE)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("8.8.8.8", True),
        ("10.0.0.1", False),
        ("10.1.0.1", True),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("2001:4860:4860::8888", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fc00::1", False),
    ],
)
def test_an_address_that_carries_another_is_judged_by_that_one(address: str, allowed: bool) -> None:
    assert may_be_asked(ip_address(address), HOUSE) is allowed


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolved(self: object, host: str, port: int, **more: object) -> list[object]:
        families = [(socket.AF_INET, "8.8.8.8"), (socket.AF_INET, "192.168.0.7")]
        return [(family, socket.SOCK_STREAM, 6, "", (address, port)) for family, address in families]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", resolved)
    with pytest.raises(NotAllowed):
        asyncio.run(Resolver(()).resolve("calendar.example", 443))
