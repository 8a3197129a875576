# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Load by SIPp: callers who ring for a while at a steady rate, and telephones that answer.

Both write a line a call with the moment, so that the way of a call can be followed from one to the other by the caller's number.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.ports import LOOPBACK

_runs = count(100)
"""Runs are numbered, so that the telephones' lines tell the callers of one from those of another."""

_SDP = """\
v=0
o=- 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=ptime:20"""

_HEADERS = """\
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: <sip:[run][call_number]@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>PEER_TAG
Call-ID: [call_id]
CSeq: CSEQ
Max-Forwards: 70
"""


def _headers(cseq: str, peer_tag: str = "[peer_tag_param]") -> str:
    return _HEADERS.replace("PEER_TAG", peer_tag).replace("CSEQ", cseq)


def calling(talk_ms: int, patience_ms: int) -> str:
    """Call ``[service]``, be told of ringing, be answered within ``patience_ms``, talk, and hang up.

    The response time is INVITE → 180; the moments of INVITE and 200 are logged.
    """
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<scenario name="callers">
<nop><action><log message="called [run][call_number] [timestamp]"/></action></nop>
<send retrans="500" start_rtd="1"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{_headers("1 INVITE", "")}Contact: <sip:[run][call_number]@[local_ip]:[local_port]>
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE
Content-Type: application/sdp
Content-Length: [len]

{_SDP}
]]></send>
<recv response="100" optional="true"/>
<recv response="180" rtd="1" timeout="{patience_ms}"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
<recv response="200" rrs="true" timeout="{patience_ms}"/>
<nop><action><log message="answered [run][call_number] [timestamp]"/></action></nop>
<send><![CDATA[
ACK [next_url] SIP/2.0
{_headers("1 ACK")}Content-Length: 0

]]></send>
<pause milliseconds="{talk_ms}"/>
<send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
{_headers("2 BYE")}Content-Length: 0

]]></send>
<recv response="200"/>
</scenario>
"""


def _reply(status: str, body: str = "", retransmit: bool = False, tag: str = ";tag=[pid]s[call_number]") -> str:
    content = f"Content-Type: application/sdp\nContent-Length: [len]\n\n{body}\n" if body else "Content-Length: 0\n\n"
    return f"""\
<send{' retrans="500"' if retransmit else ""}><![CDATA[
SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:]{tag}
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
{content}
]]></send>
"""


def answering(ring_ms: int) -> str:
    """Telephones: ring, answer after ``ring_ms``, and wait to be hung up."""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<scenario name="telephones">
<recv request="INVITE"><action>
<ereg regexp="sip:([^@]*)@" search_in="hdr" header="From:" assign_to="all,caller"/>
<log message="rung [$caller] [timestamp]"/>
</action></recv>
{_reply("180 Ringing")}
<pause milliseconds="{ring_ms}"/>
{_reply("200 OK", _SDP, retransmit=True)}
<recv request="ACK" crlf="true"/>
<recv request="BYE"/>
{_reply("200 OK", tag="")}
<Reference variables="all"/>
</scenario>
"""


class Sipp:
    """One run of a scenario, to its end or until the context is left."""

    def __init__(self, folder: Path, scenario: str, port: int, arguments: Sequence[str]) -> None:
        self.folder = folder / f"sipp-{os.urandom(4).hex()}"
        self.folder.mkdir(parents=True)
        (self.folder / "scenario.xml").write_text(scenario)
        self._command = [
            *("sipp", "-sf", "scenario.xml", "-i", LOOPBACK, "-p", str(port), "-mi", LOOPBACK, "-t", "u1", "-nostdin"),
            *(
                "-trace_logs",
                "-log_file",
                "logged",
                "-trace_err",
                "-error_file",
                "errors",
                "-cp",
                "0",
                "-buff_size",
                "4194304",
            ),
            *arguments,
        ]

    def __enter__(self) -> Self:
        with (self.folder / "screen").open("wb") as screen:
            self.process = subprocess.Popen(
                self._command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=screen, stderr=screen
            )
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def moments(self, word: str) -> dict[str, float]:
        """Caller's number → seconds since the epoch, from the lines that begin with ``word``. The first of several."""
        found: dict[str, float] = {}
        for line in self._text("logged").splitlines():
            parts = line.split()
            if len(parts) >= 3 and parts[0] == word:
                found.setdefault(parts[1], float(parts[-1]))
        return found

    def response_times(self) -> list[float]:
        """Seconds, a value a call that was responded to."""
        lines = [line for file in self.folder.glob("*_rtt.csv") for line in file.read_text().splitlines()[1:]]
        return [float(line.split(";")[1]) / 1000 for line in lines]

    def counts(self) -> dict[str, int]:
        """``SuccessfulCall`` and ``FailedCall`` and their kin, as of the end."""
        for file in self.folder.glob("*_[0-9]*_.csv"):
            lines = file.read_text().splitlines()
            rows = dict(zip(lines[0].split(";"), lines[-1].split(";"), strict=False))
            return {
                name.removesuffix("(C)"): int(v) for name, v in rows.items() if name.endswith("(C)") and v.isdecimal()
            }
        return {}

    def errors(self) -> str:
        return self._text("errors")

    def _text(self, name: str) -> str:
        file = self.folder / name
        return file.read_text(errors="replace") if file.exists() else ""


def telephones(folder: Path, port: int, ring_ms: int) -> Sipp:
    """Telephones at ``port``, where they have been registered, for as long as the context lasts."""
    return Sipp(folder, answering(ring_ms), port, [])


def callers(
    folder: Path, server: int, port: int, number: str, *, rate: float, seconds: float, talk_ms: int, patience_ms: int
) -> Sipp:
    """Callers of ``number`` at a steady rate of calls a second."""
    calls = max(1, round(rate * seconds))
    arguments = [
        f"{LOOPBACK}:{server}",
        "-s",
        number,
        "-r",
        f"{rate * 10:.0f}",
        "-rp",
        "10000",
        "-m",
        str(calls),
        "-l",
        "100000",
    ]
    arguments += ["-key", "run", str(next(_runs)), "-trace_rtt", "-rtt_freq", "1", "-trace_stat", "-fd", "1"]
    return Sipp(folder, calling(talk_ms, patience_ms), port, arguments)
