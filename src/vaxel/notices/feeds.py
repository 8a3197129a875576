# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Press releases from the municipality's own feed (FAL-15): looked at by the worker every ten minutes, each entry told once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

import aiohttp
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from msgspec import Struct

from vaxel import __version__
from vaxel.absence.calendars.addresses import Network, NotAllowed, Resolver, host_of, networks, redirected
from vaxel.directory.audit import By, Via, acting, silent
from vaxel.directory.models import Organisation
from vaxel.notices import actions
from vaxel.notices.feed_text import Entry, NotAFeed, read
from vaxel.notices.models import Kind, Notice, Origin, PressFeed
from vaxel.notices.plans import PRESS_RELEASE_DAYS, NoticePlan
from vaxel.site.config import config

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=10)
LARGEST = 2 * 1024 * 1024
LONGEST_ADDRESS = 500
REDIRECTIONS = 5
MOVED = frozenset({301, 302, 303, 307, 308})
ACCEPTED = "application/atom+xml, application/rss+xml, */*;q=0.1"
SECONDS = 10.0
MOST_FEEDS = 10


class Got(Struct, frozen=True, kw_only=True):
    """An answer: ``data`` None when nothing has changed; ``error`` "" when all is well."""

    data: bytes | None = None
    etag: str = ""
    modified: str = ""
    error: str = ""


# ── which feeds ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def add_feed(organisation: Organisation, by: By, address: str) -> PressFeed:
    """Follow the feed at ``address`` from now on. What is in it already and older than two weeks isn't told. Raises ``ValidationError``."""
    address = address.strip()
    try:
        host_of(address, networks(config().calendar_networks))
    except NotAllowed as error:
        told = _("Write the whole address of a public page, with https:// in front.")
        raise ValidationError({"address": told}) from error
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError({"address": _("Write at most %(most)d characters.") % {"most": LONGEST_ADDRESS}})
    if organisation.press_feeds.filter(address=address).exists():
        raise ValidationError({"address": _("This feed is followed already.")})
    if organisation.press_feeds.count() >= MOST_FEEDS:
        raise ValidationError({"address": _("At most %(most)d feeds are followed.") % {"most": MOST_FEEDS}})
    with acting(by), transaction.atomic():
        return PressFeed.objects.create(organisation=organisation, address=address)


def remove_feed(feed: PressFeed, by: By) -> None:
    """Follow it no longer. Its press releases stay until they are over."""
    with acting(by), transaction.atomic():
        feed.delete()


# ── reading them ────────────────────────────────────────────────────────────────────────────────────────────────────────


def work(now: datetime) -> int:
    """Look at the feeds that are due; return how many press releases were told. Takes ``SECONDS`` at most."""
    due = list(
        PressFeed.objects.filter(Q(looked_at=None) | Q(looked_at__lte=now - EVERY)).select_related("organisation")
    )
    if not due:
        return 0
    answers = asyncio.run(_fetch_all(due))
    return sum(take(feed, got, now) for feed, got in zip(due, answers, strict=True))


def take(feed: PressFeed, got: Got, now: datetime) -> int:
    """Tell of what is new in ``got``; remember how it went. Returns how many were told."""
    told, error = 0, got.error
    if got.data is not None and not error:
        try:
            told = _tell_all(feed, read(got.data), now)
        except NotAFeed as fault:
            error = f"neither RSS nor Atom: {fault}"
    if error:
        log.warning("a feed of press releases can't be read", extra={"feed": feed.pk, "reason": error[:200]})
    feed.looked_at, feed.error = now, error[:300]
    if not error:
        feed.read_at = now
        feed.etag, feed.modified = got.etag[:200], got.modified[:100]
    with silent():
        feed.save(update_fields=["looked_at", "read_at", "error", "etag", "modified"])
    return told


def _tell_all(feed: PressFeed, entries: list[Entry], now: datetime) -> int:
    known = set(
        Notice.objects.filter(organisation=feed.organisation, entry__in=[entry.id for entry in entries]).values_list(
            "entry", flat=True
        )
    )
    oldest = now - timedelta(days=PRESS_RELEASE_DAYS)
    fresh = [entry for entry in entries if entry.id not in known and (entry.at or now) > oldest]
    return sum(_tell(feed, entry, now) for entry in reversed(fresh))


def _tell(feed: PressFeed, entry: Entry, now: datetime) -> bool:
    at = min(entry.at or now, now)
    plan = NoticePlan(
        kind=Kind.PRESS_RELEASE,
        title=entry.title,
        text=entry.text,
        link=entry.link,
        begins=at,
        ends=now + timedelta(days=PRESS_RELEASE_DAYS),
    )
    by = By(name=urlsplit(feed.address).hostname or "", via=Via.SYSTEM)
    try:
        with transaction.atomic():
            actions.tell(feed.organisation, by, plan, Origin.FEED, feed=feed, entry=entry.id)
    except ValidationError as error:
        # As a rule an identity number in the text: it must not be kept, and the release can be entered by hand.
        log.warning("a press release was refused", extra={"feed": feed.pk, "reason": sorted(error.message_dict)})
        return False
    except IntegrityError:
        return False
    return True


async def _fetch_all(feeds: list[PressFeed]) -> list[Got]:
    allowed = networks(config().calendar_networks)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=Resolver(allowed)),
        timeout=aiohttp.ClientTimeout(total=SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Vaxel/{__version__}", "Accept": ACCEPTED},
        # Nobody's credentials or proxies from the environment are for addresses that somebody typed.
        trust_env=False,
    ) as session:
        return list(await asyncio.gather(*(_fetch(session, feed, allowed) for feed in feeds)))


async def _fetch(session: aiohttp.ClientSession, feed: PressFeed, allowed: tuple[Network, ...]) -> Got:
    try:
        async with asyncio.timeout(SECONDS):
            return await _ask(session, feed, allowed)
    except NotAllowed as error:
        return Got(error=str(error))
    except TimeoutError:
        return Got(error=f"no answer within {SECONDS:.0f} s")
    except (aiohttp.ClientError, ValueError, OSError) as error:
        return Got(error=f"{type(error).__name__}: {error}"[:300])


async def _ask(session: aiohttp.ClientSession, feed: PressFeed, allowed: Sequence[Network]) -> Got:
    """Follows redirections, each checked anew."""
    asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    headers = {name: value for name, value in asked.items() if value}
    url = feed.address
    for _turn in range(REDIRECTIONS + 1):
        host_of(url, allowed)
        async with session.get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status in MOVED and "Location" in answer.headers:
                allowed = redirected(url, allowed)
                url = urljoin(url, answer.headers["Location"])
                continue
            return await _answered(answer, feed)
    return Got(error=f"more than {REDIRECTIONS} redirections")


async def _answered(answer: aiohttp.ClientResponse, feed: PressFeed) -> Got:
    if answer.status == 304:
        return Got(etag=feed.etag, modified=feed.modified)
    if answer.status != 200:
        return Got(error=f"the server answers {answer.status}")
    data = await _limited(answer)
    if data is None:
        return Got(error=f"larger than {LARGEST} bytes")
    return Got(data=data, etag=answer.headers.get("ETag", ""), modified=answer.headers.get("Last-Modified", ""))


async def _limited(answer: aiohttp.ClientResponse) -> bytes | None:
    found = bytearray()
    async for part in answer.content.iter_chunked(64 * 1024):
        found += part
        if len(found) > LARGEST:
            return None
    return bytes(found)
