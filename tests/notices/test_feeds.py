# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A feed on a real web server: each press release is told once, and what goes wrong is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.notices.test_feed_text import RSS
from vaxel.directory.audit import By
from vaxel.directory.models import Organisation
from vaxel.notices import feeds, live
from vaxel.notices.models import Notice, PressFeed
from vaxel.site.config import config

LATER = timedelta(minutes=11)


class Site:
    """Answers with ``body``; remembers whether it was asked only for what is new."""

    def __init__(self) -> None:
        self.body = RSS.replace("Mon, 02 Mar 2026 09:00:00 +0100", timezone.now().isoformat()).encode()
        self.status = 200
        self.asked: list[str | None] = []
        self.url = ""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(config(), "calendar_networks", "127.0.0.0/8")
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.headers["If-None-Match"])
            unchanged = self.headers["If-None-Match"] == '"1"'
            self.send_response(304 if unchanged else made.status)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", "0" if unchanged else str(len(made.body)))
            self.end_headers()
            if not unchanged:
                self.wfile.write(made.body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/rss"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.clause("FAL-15")
def test_a_press_release_is_told_once(aabenraa: Organisation, site: Site) -> None:
    feeds.add_feed(aabenraa, By(name="Test"), site.url)
    now = timezone.now()
    assert feeds.work(now) == 1
    notice = Notice.objects.get()
    assert (notice.kind, notice.title, notice.origin) == ("press_release", "Ny bro & cykelväg", "feed")
    (told,) = live.load().notices.values()
    assert told["link"] == notice.link != "", "the console shows where all of it stands"
    assert feeds.work(now) == 0, "ten minutes haven't passed"
    assert feeds.work(now + LATER) == 0
    assert site.asked == [None, '"1"']
    PressFeed.objects.update(etag="")
    assert feeds.work(now + 2 * LATER) == 0, "told already"


def test_old_ones_and_those_with_identity_numbers_are_left_out(aabenraa: Organisation, site: Site) -> None:
    feeds.add_feed(aabenraa, By(), site.url)
    site.body = RSS.encode().replace(b"2026", b"2020")
    assert feeds.work(timezone.now()) == 0
    site.body = RSS.replace("Kommunen bygger", "CPR 211062-5629").encode()
    PressFeed.objects.update(looked_at=None, etag="")
    assert feeds.work(timezone.now()) == 0
    assert not Notice.objects.exists()


def test_what_goes_wrong_is_said(aabenraa: Organisation, site: Site) -> None:
    feed = feeds.add_feed(aabenraa, By(), site.url)
    site.status = 500
    feeds.work(timezone.now())
    feed.refresh_from_db()
    assert (feed.error, feed.read_at) == ("the server answers 500", None)
    site.status, site.body = 200, b"<html></html>"
    PressFeed.objects.update(looked_at=None)
    feeds.work(timezone.now())
    feed.refresh_from_db()
    assert feed.error == "neither RSS nor Atom: <html>"
    PressFeed.objects.update(looked_at=None, address="http://127.0.0.1:9/rss")
    feeds.work(timezone.now())
    feed.refresh_from_db()
    assert "Connect" in feed.error


def test_nothing_inside_the_house_is_asked(aabenraa: Organisation, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also not when the name of a public server leads there, or a redirection does."""
    feed = feeds.add_feed(aabenraa, By(), site.url)
    monkeypatch.setattr(config(), "calendar_networks", "")
    for address in (site.url, site.url.replace("http", "https"), "https://localhost/rss"):
        PressFeed.objects.update(looked_at=None, address=address)
        feeds.work(timezone.now())
        feed.refresh_from_db()
        assert "public" in feed.error, feed.error
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    ["", "falkenberg.se/rss", "file:///etc/passwd", "ftp://a/b", "http://a.example/", "https://10.0.0.1/", "x" * 600],
)
def test_only_addresses_of_pages_are_followed(aabenraa: Organisation, address: str) -> None:
    with pytest.raises(ValidationError):
        feeds.add_feed(aabenraa, By(), address)
