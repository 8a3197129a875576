# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calendars on a CalDAV server (RFC 4791): the entries of a period, from the collection at an address or from all that a user has."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from vaxel.absence.calendars.fetch import Client, Failed
from vaxel.absence.calendars.models import Failure

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
MOST_CALENDARS = 20
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_PROPERTIES = (
    '<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><resourcetype/><current-user-principal/>'
    "<C:calendar-home-set/><C:supported-calendar-component-set/></prop></propfind>"
)
_ENTRIES = (
    '<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><C:calendar-data/></prop>'
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:time-range start="{start}" end="{end}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>'
)


async def entries(client: Client, url: str, start: datetime, end: datetime) -> list[bytes]:
    """Files with the entries that touch the time from ``start`` to ``end``. Tasks aren't asked for (AAB-17). Raises ``Failed``."""
    body = _ENTRIES.format(start=_utc(start), end=_utc(end))
    files: list[bytes] = []
    for collection in await collections(client, url):
        answer = _parsed(await client.ask("REPORT", collection, body, {**_XML, "Depth": "1"}))
        files += [(data.text or "").encode() for data in answer.iter(f"{CALDAV}calendar-data") if data.text]
    return files


async def collections(client: Client, url: str) -> list[str]:
    """Addresses of the calendars: ``url`` itself if it is one, those in it, or those in the home of whoever logs in."""
    found = await _calendars_at(client, url)
    if found:
        return found
    answer = await _properties(client, url, depth=0)
    home = _linked(answer, f"{CALDAV}calendar-home-set", url)
    if not home:
        principal = _linked(answer, f"{DAV}current-user-principal", url)
        if principal:
            home = _linked(await _properties(client, principal, depth=0), f"{CALDAV}calendar-home-set", principal)
    found = await _calendars_at(client, home) if home else []
    if not found:
        raise Failed(Failure.NO_CALENDAR)
    return found


async def _calendars_at(client: Client, url: str) -> list[str]:
    answer = await _properties(client, url, depth=1)
    found = []
    for response in answer.iter(f"{DAV}response"):
        kinds = response.find(f".//{DAV}resourcetype")
        if kinds is not None and kinds.find(f"{CALDAV}calendar") is not None and _has_events(response):
            found.append(_within(url, response.findtext(f"{DAV}href") or ""))
    return list(dict.fromkeys(found))[:MOST_CALENDARS]


def _has_events(response: ElementTree.Element) -> bool:
    """A collection says which kinds of entry it may hold; one that doesn't may hold all."""
    names = [one.get("name", "") for one in response.iter(f"{CALDAV}comp")]
    return not names or "VEVENT" in names


async def _properties(client: Client, url: str, depth: int) -> ElementTree.Element:
    return _parsed(await client.ask("PROPFIND", url, _PROPERTIES, {**_XML, "Depth": str(depth)}))


def _linked(answer: ElementTree.Element, name: str, url: str) -> str:
    found = next((one.findtext(f"{DAV}href") for one in answer.iter(name)), None)
    return _within(url, found) if found else ""


def _within(url: str, link: str) -> str:
    """An address on the same server: a password goes nowhere else because an answer said so."""
    found = urljoin(url, link)
    if (urlsplit(found).scheme, urlsplit(found).netloc) != (urlsplit(url).scheme, urlsplit(url).netloc):
        raise Failed(Failure.ADDRESS)
    return found


def _parsed(body: bytes) -> ElementTree.Element:
    # Entities would let a small answer become a large one: no CalDAV server has reason to declare any.
    if b"<!DOCTYPE" in body[:4096].upper() or b"<!ENTITY" in body.upper():
        raise Failed(Failure.NO_CALENDAR)
    try:
        return ElementTree.fromstring(body)  # noqa: S314 - entities are refused above
    except ElementTree.ParseError as error:
        raise Failed(Failure.NO_CALENDAR) from error


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
