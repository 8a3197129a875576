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


_DIALOG = (
    '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="them"/>'
    '<ereg regexp=".*" search_in="hdr" header="To:" assign_to="me"/>'
)


def transferring_after(talk_ms: int, refer_to: str, extra: str = "", told: int = 200) -> str:
    """A desk phone that is called, answers, talks, and presses transfer; ``told`` how it went, it waits to be hung up.

    A phone whose transfer is refused hangs up itself, after talking as long again. ``[replaces]`` in ``refer_to`` is a key of SIPp's.
    """
    end = scenarios._ANSWER_BYE if told == 200 else f'<pause milliseconds="{talk_ms}"/>' + _HANG_UP
    return scenarios.scenario(
        f'<recv request="INVITE" rrs="true"><action>{_DIALOG}</action></recv>',
        scenarios._reply(180),
        scenarios._answer(),
        '<recv request="ACK"/>',
        f'<pause milliseconds="{talk_ms}"/>',
        _refer(refer_to, extra),
        '<recv response="202"/>',
        _notified(100),
        _notified(told),
        f'<nop><action><log message="told {told}"/></action></nop>',
        end,
    )


def _in_dialog(method: str, cseq: int, extra: str) -> str:
    return f"""<send retrans="500"><![CDATA[
{method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From:[$me];tag=[pid]s[call_number]
To:[$them]
Call-ID: [call_id]
CSeq: {cseq} {method}
Contact: <sip:[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
{extra}Content-Length: 0

]]></send>
"""


def _refer(refer_to: str, extra: str) -> str:
    return _in_dialog("REFER", 1, f"Refer-To: {refer_to}\n{extra}")


_HANG_UP = _in_dialog("BYE", 2, "") + '<recv response="200"/>'


def _notified(status: int) -> str:
    """The phone is told how its transfer goes (RFC 3515 §2.4.5)."""
    return (
        f'<recv request="NOTIFY"><action><ereg regexp="SIP/2.0 {status}" search_in="body" check_it="true" '
        f'assign_to="status{status}"/><log message="notified [$status{status}]"/></action></recv>'
        """<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
"""
    )


def consultation(caller: str) -> str:
    """The same phone's second call, by which it asks a colleague: ``dialog: …`` is logged as Replaces names it (RFC 3891)."""
    return scenarios.scenario(
        scenarios.invite(caller),
        '<recv response="100" optional="true"/><recv response="401" auth="true"/>',
        scenarios._ACK_REFUSAL.format(caller=caller, cseq=1),
        scenarios.invite(caller, cseq=2, extra="[authentication]"),
        scenarios._PROVISIONAL,
        '<recv response="200" rrs="true"><action><ereg regexp="tag=([^;]*)" search_in="hdr" header="To:" '
        'assign_to="all,tag"/><log message="dialog: [call_id]%3Bto-tag%3D[$tag]%3Bfrom-tag%3D[pid]c[call_number]"/>'
        '<log message="ignored: [$all]"/></action></recv>',
        scenarios._ACK.format(caller=caller, name="", cseq=2),
        scenarios._ANSWER_BYE,
    )


def caller_whose_transfer_is_declined(caller: str, refer_to: str) -> str:
    """Somebody outside who calls, presses transfer, is told at once that it isn't done (603), and talks on until hung up."""
    return scenarios.scenario(
        scenarios.invite(caller),
        scenarios._PROVISIONAL,
        '<recv response="200" rrs="true"/>',
        scenarios._ACK.format(caller=caller, name="", cseq=1),
        '<nop><action><log message="answered"/></action></nop>',
        f"""<send retrans="500"><![CDATA[
REFER [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From: "" <sip:{caller}@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 REFER
Contact: <sip:{caller}@[local_ip]:[local_port];transport=[transport]>
Refer-To: {refer_to}
Max-Forwards: 70
Content-Length: 0

]]></send>
""",
        '<recv response="603"/>',
        '<nop><action><log message="declined"/></action></nop>',
        scenarios._ANSWER_BYE,
    )
