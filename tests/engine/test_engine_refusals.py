# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Strangers: whoever is neither a telephone that logs in nor a trunk's address gets nowhere, and harms nobody."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import time

import aiohttp
import pytest
from msgspec.structs import replace

from tests.engine import scenarios
from tests.engine.ari import ListeningApp
from tests.engine.conftest import DIRECT_NUMBER, MAIN_NUMBER, RunningEngine
from tests.engine.sip import Login, Sipp
from tests.engine.waiting import until
from tests.ports import LOOPBACK
from vaxel.telephony import engine as product
from vaxel.telephony.engine import Trunk


@pytest.mark.parametrize("caller", ["4670000001", "trunk-pstn", "nobody"])
def test_a_call_from_an_unknown_address_is_challenged_and_never_becomes_a_channel(
    engine: RunningEngine, caller: str
) -> None:
    with ListeningApp(engine.config, subscribe_all=True) as app:
        Sipp.run(engine.folder, scenarios.refused_call(401, caller), engine.server, number=MAIN_NUMBER)
        assert not [event for event in app.events.all() if event["type"] == "ChannelCreated"]


def test_a_browser_on_the_trunks_host_is_not_the_trunk(engine: RunningEngine) -> None:
    """A page from anywhere may open a WebSocket to this machine, and the proxy in front of browser phones has its address."""
    engine.rewrite(replace(engine.model, trunks=(Trunk(name="here", host=LOOPBACK, match=(LOOPBACK,)),)))
    with ListeningApp(engine.config) as app:
        assert asyncio.run(call_by_websocket(engine, MAIN_NUMBER)) == "SIP/2.0 403 Forbidden"
        assert not [event for event in app.events.all() if event["type"] == "StasisStart"]


async def call_by_websocket(engine: RunningEngine, number: str) -> str:
    """An INVITE from a page of another site; the first line of the engine's final answer."""
    url = f"ws://{engine.config.ari_host}:{engine.config.ari_port}/ws"
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(url, protocols=["sip"], origin="https://elsewhere.example") as socket,
    ):
        await socket.send_str(INVITE_BY_WEBSOCKET.format(number=number).replace("\n", "\r\n"))
        while True:
            answer = (await asyncio.wait_for(socket.receive_str(), 10)).partition("\r\n")[0]
            if not answer.startswith("SIP/2.0 1"):
                return answer


INVITE_BY_WEBSOCKET = """\
INVITE sip:{number}@127.0.0.1 SIP/2.0
Via: SIP/2.0/WS page.invalid;branch=z9hG4bKpage
Max-Forwards: 70
From: <sip:4670000001@page.invalid>;tag=page
To: <sip:{number}@127.0.0.1>
Call-ID: page
CSeq: 1 INVITE
Contact: <sip:page@page.invalid;transport=ws>
Content-Length: 0

"""


def test_a_telephone_with_a_wrong_password_is_refused(engine: RunningEngine) -> None:
    wrong = Login(user="employee", password="guess")
    Sipp.run(engine.folder, scenarios.registration("employee", accepted=False), engine.server, **wrong)
    Sipp.run(engine.folder, scenarios.wrong_password_call("employee"), engine.server, number=DIRECT_NUMBER, **wrong)


def test_one_telephone_cannot_register_as_another(engine: RunningEngine) -> None:
    itself = Login(user="employee", password=engine.password)
    Sipp.run(engine.folder, scenarios.registration("operator-1"), engine.server, **itself)
    contacts = product.command(engine.config, "pjsip show contacts")
    assert "employee/sip:operator-1@" in contacts, "its own log-in, whatever name it writes"
    assert "operator-1/sip:" not in contacts


def test_an_odd_password_is_carried_to_the_engine_unchanged(engine: RunningEngine) -> None:
    Sipp.run(engine.folder, scenarios.registration("odd"), engine.server, user="odd", password=engine.odd_password)


def test_refusals_are_logged_with_their_address_and_without_passwords(engine: RunningEngine) -> None:
    log = engine.places.log / "security"
    start = log.stat().st_size
    test_a_telephone_with_a_wrong_password_is_refused(engine)
    said = until(lambda: _new(log, start) if "ChallengeResponseFailed" in _new(log, start) else None)
    assert LOOPBACK in said
    for file in engine.places.log.iterdir():
        text = file.read_text(errors="replace")
        assert engine.password not in text
        assert engine.config.secrets["ari"] not in text


def test_a_flood_of_calls_from_strangers_does_not_keep_a_citizen_out(engine: RunningEngine) -> None:
    flood = scenarios.refused_call(401, "4699999999")
    with Sipp(engine.folder, flood, engine.server, number=MAIN_NUMBER, calls=1500, rate=300) as strangers:
        begun = time.monotonic()
        with Sipp(engine.folder, scenarios.answering(), engine.server, port=engine.trunk_port) as network:
            caller = scenarios.phone_call("employee")
            phone = Login(user="employee", password=engine.password)
            Sipp.run(engine.folder, caller, engine.server, number="112", **phone)
            assert network.wait() == 0
        assert time.monotonic() - begun < 4
        strangers.wait(60)
    assert engine.ari.get("channels") == []


def test_nonsense_on_the_sip_port_is_survived(engine: RunningEngine) -> None:
    invite = b"INVITE sip:4637010000@127.0.0.1 SIP/2.0\r\n"
    nonsense = [
        b"",
        b"\x00" * 4000,
        b"INVITE",
        invite,
        invite + b"Via: \r\n\r\n",
        invite + b"Content-Length: -1\r\nCSeq: 99999999999999 INVITE\r\n\r\n",
        invite + b"Via: SIP/2.0/UDP 127.0.0.1;branch=" + b"z" * 60000 + b"\r\n\r\n",
        invite.replace(b"SIP/2.0", b"SIP/9.9") + b"Via: SIP/2.0/UDP 127.0.0.1\r\n\r\n",
        b'REGISTER sip:%00%ff@[::1 SIP/2.0\r\nTo: <sip:"\xff\xfe\r\n\r\n',
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for message in nonsense:
            sender.sendto(message, (LOOPBACK, engine.config.sip_port))
    for message in nonsense[1:]:
        with socket.create_connection((LOOPBACK, engine.config.sip_port)) as connection:
            connection.sendall(message)
    Sipp.run(
        engine.folder, scenarios.registration("employee"), engine.server, user="employee", password=engine.password
    )


def test_the_managers_port_and_static_pages_are_closed(engine: RunningEngine) -> None:
    assert engine.ari.request("GET", "../static/index.html")[0] == 404
    assert engine.ari.request("GET", "../httpstatus")[0] == 404


def _new(log: object, start: int) -> str:
    return str(log.read_bytes()[start:].decode(errors="replace"))  # type: ignore[attr-defined]


REGISTER = """\
REGISTER sip:{server} SIP/2.0
Via: SIP/2.0/UDP {contact};branch=z9hG4bK{n};rport
Max-Forwards: 70
From: <sip:employee@{server}>;tag=telephone
To: <sip:employee@{server}>
Call-ID: nonce-{contact}
CSeq: {n} REGISTER
Contact: <sip:employee@{contact}>
Expires: 60
{login}Content-Length: 0

"""


def log_in(engine: RunningEngine, telephone: socket.socket, n: int, challenge: dict[str, str], password: str) -> str:
    """The engine's answer to the ``n``-th registration; with credentials for ``challenge`` when there is one."""
    login = ""
    if challenge:
        uri, user = f"sip:{engine.server}", "employee"
        one = md5(f"{user}:{challenge['realm']}:{password}")
        answer = md5(f"{one}:{challenge['nonce']}:00000001:cnonce:auth:{md5(f'REGISTER:{uri}')}")
        login = (
            f'Authorization: Digest username="{user}", realm="{challenge["realm"]}", nonce="{challenge["nonce"]}", '
            f'uri="{uri}", response="{answer}", qop=auth, nc=00000001, cnonce="cnonce", algorithm=MD5\n'
        )
    host, port = telephone.getsockname()
    text = REGISTER.format(server=engine.server, contact=f"{host}:{port}", n=n, login=login)
    telephone.sendto(text.replace("\n", "\r\n").encode(), (LOOPBACK, engine.config.sip_port))
    return telephone.recv(65536).decode()


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def challenge_in(answer: str) -> dict[str, str]:
    return dict(
        re.findall(r'(\w+)="?([^",\r]+)"?', answer.partition("WWW-Authenticate: Digest ")[2].partition("\n")[0])
    )


def test_a_telephone_whose_nonce_is_out_of_date_is_given_another(engine: RunningEngine) -> None:
    """And is told that its password is right, so that it needn't ask anybody for another (RFC 7616, 3.3)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telephone:
        telephone.bind((LOOPBACK, 0))
        telephone.settimeout(10)
        old = {**challenge_in(log_in(engine, telephone, 1, {}, "")), "nonce": "1000000000/0123456789abcdef"}
        refused = log_in(engine, telephone, 2, old, engine.password)
        assert refused.startswith("SIP/2.0 401")
        assert challenge_in(refused)["stale"] == "true"
        assert log_in(engine, telephone, 3, challenge_in(refused), engine.password).startswith("SIP/2.0 200")
        wrong = log_in(engine, telephone, 4, challenge_in(refused), "wrong")
        assert wrong.startswith("SIP/2.0 401")
        assert "stale" not in wrong
