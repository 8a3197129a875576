# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""SIPp scenarios. ``[service]`` is the number called; other keys are named where they are used."""

from __future__ import annotations

_START = '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="vaxel">\n'
_END = "</scenario>\n"

_SDP = """\
v=0
o=- 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=sendrecv"""

_ACK = """\
<send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From: "{name}" <sip:{caller}@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: {cseq} ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
"""

# The acknowledgement of a refusal belongs to the INVITE's transaction (RFC 3261 §17.1.1.3).
_ACK_REFUSAL = """\
<send><![CDATA[
ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-invite-{cseq}
From: "" <sip:{caller}@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: {cseq} ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
"""

_BYE = """\
<send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From: "{name}" <sip:{caller}@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 9 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>
"""


def invite(caller: str = "4600000001", name: str = "", cseq: int = 1, extra: str = "") -> str:
    """The INVITE alone, with an offer of A-law. ``extra`` is put among the headers (``[authentication]``, ``Privacy: id``)."""
    return f"""\
<send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-invite-{cseq}
From: "{name}" <sip:{caller}@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: {cseq} INVITE
Contact: <sip:{caller}@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE
{extra + chr(10) if extra else ""}Content-Type: application/sdp
Content-Length: [len]

{_SDP}
]]></send>
"""


def scenario(*parts: str) -> str:
    return _START + "".join(parts) + _END


def call(
    caller: str = "4600000001",
    name: str = "",
    *,
    talk_ms: int = 0,
    until_bye: bool = False,
    extra: str = "",
) -> str:
    """Call ``[service]``, be answered, talk for ``talk_ms`` and hang up; or wait to be hung up."""
    end = _ANSWER_BYE if until_bye else f'<pause milliseconds="{talk_ms}"/>' + _BYE.format(caller=caller, name=name)
    return scenario(
        invite(caller, name, extra=extra),
        _PROVISIONAL,
        '<recv response="200" rrs="true"/>',
        _ACK.format(caller=caller, name=name, cseq=1),
        '<nop><action><log message="answered"/></action></nop>',
        end,
    )


def refused_call(status: int, caller: str = "4600000001", extra: str = "") -> str:
    """Call ``[service]`` and be refused with ``status``; the refusal's reason is logged as ``refused: …``."""
    return scenario(
        invite(caller, extra=extra),
        _PROVISIONAL,
        f'<recv response="{status}"><action><ereg regexp=".*" search_in="hdr" header="Reason:" assign_to="reason"/>'
        '<log message="refused: [$reason]"/></action></recv>',
        _ACK_REFUSAL.format(caller=caller, cseq=1),
    )


def abandoned_call(caller: str = "4600000001", wait_ms: int = 500, name: str = "") -> str:
    """Call ``[service]``, hear it ring, and give up after ``wait_ms``."""
    return scenario(
        invite(caller, name),
        '<recv response="100" optional="true"/><recv response="180"/>',
        # More ringing may come meanwhile; what is waited for never does.
        f'<label id="5"/><recv response="180" optional="true" next="5" timeout="{wait_ms}" ontimeout="6"/>',
        '<recv response="199"/><label id="6"/>',
        _CANCEL.format(caller=caller),
        '<recv response="200"/><recv response="487"/>',
        _ACK_REFUSAL.format(caller=caller, cseq=1),
    )


def wrong_password_call(caller: str) -> str:
    """Call as the phone ``caller`` with the password of ``-ap``; be challenged, and then be refused again."""
    return scenario(
        invite(caller),
        '<recv response="100" optional="true"/><recv response="401" auth="true"/>',
        _ACK_REFUSAL.format(caller=caller, cseq=1),
        invite(caller, cseq=2, extra="[authentication]"),
        '<recv response="100" optional="true"/><recv response="401"/>',
        _ACK_REFUSAL.format(caller=caller, cseq=2),
    )


def phone_call(caller: str, *, talk_ms: int = 0) -> str:
    """Call as the phone ``caller`` with the password of ``-ap``, talk and hang up."""
    return scenario(
        invite(caller),
        '<recv response="100" optional="true"/><recv response="401" auth="true"/>',
        _ACK_REFUSAL.format(caller=caller, cseq=1),
        invite(caller, cseq=2, extra="[authentication]"),
        _PROVISIONAL,
        '<recv response="200" rrs="true"/>',
        _ACK.format(caller=caller, name="", cseq=2),
        '<nop><action><log message="answered"/></action></nop>',
        f'<pause milliseconds="{talk_ms}"/>',
        _BYE.format(caller=caller, name=""),
    )


def refused_phone_call(caller: str, status: int) -> str:
    """Call as the phone ``caller`` with the password of ``-ap`` and be refused with ``status``."""
    return scenario(
        invite(caller),
        '<recv response="100" optional="true"/><recv response="401" auth="true"/>',
        _ACK_REFUSAL.format(caller=caller, cseq=1),
        invite(caller, cseq=2, extra="[authentication]"),
        _PROVISIONAL,
        f'<recv response="{status}"/>',
        _ACK_REFUSAL.format(caller=caller, cseq=2),
    )


def answering(ring_ms: int = 0) -> str:
    """Be called: ring for ``ring_ms``, answer, and wait to be hung up. The number called is logged as ``called: …``, the caller too."""
    return scenario(
        _RECEIVE_INVITE,
        _reply(180),
        f'<pause milliseconds="{ring_ms}"/>',
        _answer(),
        '<recv request="ACK"/>',
        '<nop><action><log message="answered"/></action></nop>',
        _ANSWER_BYE,
    )


def refusing(status: int, phrase: str = "Refused", ring_ms: int | None = None) -> str:
    """Be called and refuse with ``status``, at once or after ringing."""
    ring = "" if ring_ms is None else _reply(180) + f'<pause milliseconds="{ring_ms}"/>'
    return scenario(_RECEIVE_INVITE, ring, _reply(status, phrase), '<recv request="ACK"/>')


def ringing_only() -> str:
    """Be called, ring, and never answer: ends when the caller gives up."""
    return scenario(
        _RECEIVE_INVITE,
        _reply(180),
        '<recv request="CANCEL"/>',
        _reply(200, "OK"),
        _REFUSE_CANCELLED,
        '<recv request="ACK"/>',
    )


def registration(user: str, *, accepted: bool = True, contact_transport: str = "udp") -> str:
    """Log a phone in with the password of ``-ap``; or be refused a second time."""
    end = '<recv response="200"/>' if accepted else '<recv response="401"/>'
    return scenario(
        _register(user, 1, ""), '<recv response="401" auth="true"/>', _register(user, 2, "[authentication]"), end
    )


def registrar() -> str:
    """A provider that a trunk logs in at: challenge, then accept. The contact is logged as ``contact: …``."""
    return scenario(
        '<recv request="REGISTER"/>',
        _reply(401, "Unauthorized", 'WWW-Authenticate: Digest realm="provider", nonce="b7a3f2", algorithm=MD5'),
        '<recv request="REGISTER"><action>'
        '<ereg regexp=".*" search_in="hdr" header="Contact:" assign_to="contact"/>'
        '<ereg regexp="username=.([^,]*)." search_in="hdr" header="Authorization:" assign_to="login"/>'
        '<log message="contact: [$contact]"/><log message="login: [$login]"/></action></recv>',
        _reply(200, "OK", "[last_Contact:]\nExpires: 300"),
    )


def _register(user: str, cseq: int, extra: str) -> str:
    return f"""\
<send retrans="500"><![CDATA[
REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:{user}@[remote_ip]:[remote_port]>;tag=[pid]c[call_number]
To: <sip:{user}@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: {cseq} REGISTER
Contact: <sip:{user}@[local_ip]:[local_port];transport=[transport]>
Expires: 300
Max-Forwards: 70
{extra + chr(10) if extra else ""}Content-Length: 0

]]></send>
<recv response="100" optional="true"/>
"""


def _reply(status: int, phrase: str = "Ringing", extra: str = "") -> str:
    return f"""\
<send><![CDATA[
SIP/2.0 {status} {phrase}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]s[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>
{extra + chr(10) if extra else ""}Content-Length: 0

]]></send>
"""


def _answer() -> str:
    return f"""\
<send retrans="500"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:];tag=[pid]s[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>
Content-Type: application/sdp
Content-Length: [len]

{_SDP}
]]></send>
"""


_PROVISIONAL = (
    '<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>'
)

_RECEIVE_INVITE = (
    '<recv request="INVITE"><action>'
    '<ereg regexp="INVITE sip:([^@ ]*)" search_in="msg" assign_to="line,called"/>'
    '<ereg regexp="sip:([^@]*)" search_in="hdr" header="From:" assign_to="from,caller"/>'
    '<log message="called: [$called] by [$caller]"/>'
    '<log message="ignored: [$line] [$from]"/></action></recv>'
)

_ANSWER_BYE = (
    '<recv request="BYE"/>'
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

_CANCEL = """\
<send><![CDATA[
CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-invite-1
From: "" <sip:{caller}@[local_ip]:[local_port]>;tag=[pid]c[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 CANCEL
Max-Forwards: 70
Content-Length: 0

]]></send>
"""

_REFUSE_CANCELLED = """\
<send><![CDATA[
SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:];tag=[pid]s[call_number]
[last_Call-ID:]
CSeq: 1 INVITE
Content-Length: 0

]]></send>
"""
