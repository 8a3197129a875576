# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""RSS 0.9–2.0 and Atom (RFC 4287) read: title, text, link, time and identity of each entry. Pure.

Entities and document types are refused (``defusedxml``), HTML in a text is reduced to its words.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from defusedxml.ElementTree import ParseError, fromstring
from msgspec import Struct

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_ENTRIES = 50
MOST_LETTERS = 4000
_TEXTS = ("encoded", "content", "description", "summary")
_TIMES = ("pubdate", "published", "updated", "date")


class NotAFeed(ValueError):
    """What was read is neither RSS nor Atom."""


class Entry(Struct, frozen=True, kw_only=True):
    """``id`` is a digest of what identifies it in its feed. ``at`` None: the feed doesn't tell."""

    id: str
    title: str
    text: str = ""
    link: str = ""
    at: datetime | None = None


def read(data: bytes) -> list[Entry]:
    """The entries of a feed, in its order, at most ``MOST_ENTRIES``. Raises ``NotAFeed``."""
    try:
        root = fromstring(data)
    except (ParseError, ValueError, LookupError) as error:
        raise NotAFeed(str(error)[:200]) from error
    if _name(root) not in ("rss", "rdf", "feed"):
        raise NotAFeed(f"<{_name(root)[:40]}>")
    items = [element for element in root.iter() if _name(element) in ("item", "entry")]
    return [entry for item in items[:MOST_ENTRIES] if (entry := _entry(item)) is not None]


def _entry(item: Element) -> Entry | None:
    parts: dict[str, Element] = {}
    for child in item:
        parts.setdefault(_name(child), child)
    title = words(_text(parts.get("title")))[:160]
    link = _link(item)
    identity = _text(parts.get("guid")) or _text(parts.get("id")) or link or title
    if not title or not identity:
        return None
    body = next((text for name in _TEXTS if (text := words(_text(parts.get(name))))), "")
    at = next((found for name in _TIMES if (found := moment(_text(parts.get(name)))) is not None), None)
    return Entry(
        id=hashlib.sha256(identity.encode()).hexdigest(), title=title, text=body[:MOST_LETTERS], link=link, at=at
    )


def _link(item: Element) -> str:
    """Atom has it in an attribute, and may have several; only addresses of pages are taken."""
    links = [child for child in item if _name(child) == "link"]
    best = [child for child in links if child.get("rel", "alternate") == "alternate"]
    for child in (*best, *links):
        found = (child.get("href") or _text(child)).strip()
        if found.startswith(("https://", "http://")) and len(found) <= 500:
            return found
    return ""


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].casefold()


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def moment(text: str) -> datetime | None:
    """A moment as RFC 5322 (RSS) or RFC 3339 (Atom) write it, in UTC; None for what is neither, or lies outside the calendar."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(text)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def words(html: str) -> str:
    """The words of ``html``, paragraphs on lines of their own."""
    parser = _Words()
    parser.feed(html.replace("\x00", ""))
    parser.close()
    return "\n".join(line for part in "".join(parser.found).split("\n") if (line := " ".join(part.split())))


class _Words(HTMLParser):
    """Collects text; what a browser would run or style is left out."""

    _SILENT = frozenset({"script", "style"})
    _BREAKS = frozenset({"p", "br", "li", "div", "h1", "h2", "h3", "h4", "tr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self._SILENT
        if tag in self._BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT and self._silent:
            self._silent -= 1
        if tag in self._BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)
