# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feeds as municipalities' web sites write them, and what isn't one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vaxel.notices.feed_text import NotAFeed, read

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Nyheter</title>
<item><title>Ny bro &amp;amp; cykelväg</title><link>https://falkenberg.example/bro</link><guid isPermaLink="false">7</guid>
<pubDate>Mon, 02 Mar 2026 09:00:00 +0100</pubDate>
<description><![CDATA[<p>Kommunen bygger.</p><script>alert(1)</script><p>Start på måndag.</p>]]></description></item>
<item><description>utan rubrik</description></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Presse</title>
<entry><title type="html">Åben &lt;b&gt;landsby&lt;/b&gt;</title><id>urn:x:1</id><updated>2026-03-02T08:00:00Z</updated>
<link rel="self" href="https://a.example/1.xml"/><link href="https://a.example/1"/><summary>Gratis.</summary></entry></feed>"""


@pytest.mark.clause("FAL-15")
def test_rss_and_atom_are_read() -> None:
    rss, atom = read(RSS.encode()), read(ATOM.encode())
    assert [(one.title, one.text, one.link) for one in rss] == [
        ("Ny bro & cykelväg", "Kommunen bygger.\nStart på måndag.", "https://falkenberg.example/bro")
    ]
    assert rss[0].at == atom[0].at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert [(one.title, one.text, one.link) for one in atom] == [("Åben landsby", "Gratis.", "https://a.example/1")]
    assert rss[0].id != atom[0].id


def test_latin_1_is_read() -> None:
    data = RSS.replace("utf-8", "iso-8859-1").encode("iso-8859-1")
    assert read(data)[0].title == "Ny bro & cykelväg"


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title>
<guid>1</guid></item></channel></rss>"""


@pytest.mark.parametrize("data", ["", "hej", "<html><body>404</body></html>", "<rss><channel>", BOMB, "\x00" * 20])
def test_what_is_no_feed_is_refused(data: str) -> None:
    with pytest.raises(NotAFeed):
        read(data.encode())


def test_a_script_for_a_link_is_no_link() -> None:
    bad = RSS.replace("https://falkenberg.example/bro", "javascript:alert(1)")
    assert read(bad.encode())[0].link == ""
