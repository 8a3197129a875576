# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logs: one JSON object a line, without secrets, with no more personal data than fault-finding needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from vaxel.site.logfiles import MOST_AT_ONCE, Watch, last_words, log_file, open_log, shown

PROGRAM = """
import logging, structlog
from vaxel.site.logging import configure
configure("web")
log = structlog.get_logger()
log.info("call arrived", caller="46701740605", ari_password="hush", call="n1-1764000000.12", nested={"token": "hush"})
logging.getLogger("some.library").warning("slow", extra={"seconds": 3, "secret": "hush"})
log.debug("not shown")
class Request:
    method, path = "GET", "/directory"
    def __repr__(self): return "<Request /directory?q=hush>"
logging.getLogger("django.request").warning("Not Found: /x")
logging.getLogger("django.request").error("Internal Server Error", extra={"request": Request()})
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("django.security.DisallowedHost").error("Invalid HTTP_HOST header: " + "x" * 9000, exc_info=True)
    password = "hush"
    log.exception("failed")
"""


def lines() -> list[dict[str, object]]:
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert "hush" not in result.stderr
    return [json.loads(line) for line in result.stderr.splitlines()]


def test_each_line_says_when_which_part_how_bad_and_what() -> None:
    arrived, slow, refused, stranger, failed = lines()
    assert arrived["event"] == "call arrived"
    assert (arrived["part"], arrived["level"]) == ("web", "info")
    assert str(arrived["timestamp"]).endswith("Z")
    assert (slow["event"], slow["level"], slow["seconds"]) == ("slow", "warning", 3)
    assert (refused["event"], refused["request"]) == ("Internal Server Error", "GET /directory")
    assert stranger.keys() == {"event", "logger", "level", "timestamp", "part"}
    assert len(str(stranger["event"])) == 200
    assert failed["exception"][0]["exc_type"] == "ZeroDivisionError"  # type: ignore[index]


def test_a_callers_number_is_cut_and_the_calls_id_is_not() -> None:
    arrived = lines()[0]
    assert arrived["caller"] == "…05"
    assert arrived["call"] == "n1-1764000000.12"


def test_only_warnings_and_worse_are_shown() -> None:
    assert shown('{"level": "info", "event": "fine"}') == ""
    assert shown('{"level": "error", "event": "bad", "part": "web", "code": 7}') == "error: bad code=7"
    assert shown("[Nov 24] WARNING[12]: chan_pjsip.c: something") != ""
    assert shown("[Nov 24] VERBOSE[12]: chan_pjsip.c: something") == ""
    assert shown('["not", "an", "object"]') == ""


def test_a_log_is_followed_from_its_present_end_and_through_rotation(tmp_path: Path) -> None:
    with open_log(tmp_path, "web") as log:
        log.write(b"old ERROR\n")
        log.flush()
        watch = Watch(tmp_path, "web")
        log.write(b"new ERROR\nhalf an ERR")
        log.flush()
        assert watch.news() == ["new ERROR"]
        log.write(b"OR\n")
        log.flush()
        assert watch.news() == ["half an ERROR"]
        log_file(tmp_path, "web").write_bytes(b"")
        assert watch.news() == []
        log.write(b"ERROR after\n")
        log.flush()
        assert watch.news() == ["ERROR after"]
    assert last_words(log_file(tmp_path, "web")) == "ERROR after"


def test_a_flood_is_cut_to_a_screenful(tmp_path: Path) -> None:
    with open_log(tmp_path, "web") as log:
        watch = Watch(tmp_path, "web")
        log.write(b"ERROR\n" * 1000)
        log.flush()
        news = watch.news()
    assert len(news) == MOST_AT_ONCE + 1
    assert "992 more" in news[-1]
