# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""SIPp scenarios that only the system tests need, made of the parts of ``tests.engine.scenarios``."""

from __future__ import annotations

from tests.engine import scenarios

_CANCELLED = """<send><![CDATA[
SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:];tag=[pid]s[call_number]
[last_Call-ID:]
CSeq: 1 INVITE
Content-Length: 0

]]></send>
"""


def deregistration(user: str) -> str:
    """Log a phone out with the password of ``-ap``."""
    return scenarios.registration(user).replace("Expires: 300", "Expires: 0")


def answering_when_asked_to() -> str:
    """A desk phone that is called: with ``answer-after`` in Call-Info it answers, else it rings until that is taken back.

    ``Call-Info`` is logged as ``asked: …``. Each call is one of SIPp's.
    """
    return scenarios.scenario(
        '<recv request="INVITE"><action>'
        '<ereg regexp=".*answer-after.*" search_in="hdr" header="Call-Info:" assign_to="asked"/>'
        '<log message="asked:[$asked]"/></action></recv>',
        '<nop test="asked" next="1"/>',
        scenarios._reply(180),
        '<nop><action><log message="rings"/></action></nop>',
        '<recv request="CANCEL"/>',
        scenarios._reply(200, "OK"),
        _CANCELLED,
        '<recv request="ACK" next="2"/>',
        '<label id="1"/>',
        scenarios._answer(),
        '<recv request="ACK"/>',
        scenarios._ANSWER_BYE,
        '<label id="2"/>',
    )
