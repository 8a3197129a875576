# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways to the public network: by address and by registration; UDP, TCP and TLS."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from tests.engine import scenarios
from tests.engine.ari import ListeningApp
from tests.engine.conftest import MAIN_NUMBER, RunningEngine
from tests.engine.sip import Account, Baresip, Sipp
from tests.engine.waiting import until
from tests.ports import LOOPBACK, free_ports
from vaxel.callcontrol.refusals import EngineLog, beyond_the_trunk
from vaxel.telephony import engine as product
from vaxel.telephony.engine import Trunk, certificate

ELSEWHERE = "127.0.0.7"
"""Another host of the public network, so that trunks are told apart by address."""


def test_a_call_comes_in_over_tcp(engine: RunningEngine) -> None:
    engine.rewrite(replace(engine.model, trunks=(Trunk(name="tcp", host=ELSEWHERE, transport="tcp"),)))
    with (
        ListeningApp(engine.config) as app,
        Sipp(
            engine.folder,
            scenarios.call("+4670000002", until_bye=True),
            engine.server,
            transport="t1",
            address=ELSEWHERE,
            number=f"+{MAIN_NUMBER}",
        ) as caller,
    ):
        come = app.wait_for("StasisStart")
        assert come["args"] == ["trunk", "tcp", MAIN_NUMBER]
        assert come["channel"]["caller"]["number"] == "4670000002"
        answer_and_hang_up(engine, come["channel"]["id"], caller)
        assert caller.wait() == 0


def test_a_call_goes_out_over_tcp(engine: RunningEngine) -> None:
    port = free_ports(1)[0]
    engine.rewrite(replace(engine.model, trunks=(Trunk(name="tcp", host=ELSEWHERE, port=port, transport="tcp"),)))
    with Sipp(
        engine.folder, scenarios.answering(), engine.server, port=port, transport="t1", address=ELSEWHERE
    ) as network:
        call_out(engine, "112")
        assert network.wait() == 0


def test_calls_beyond_the_most_of_a_trunk_are_refused_and_112_goes_out_all_the_same(engine: RunningEngine) -> None:
    port = free_ports(1)[0]
    trunk = Trunk(name="tcp", host=ELSEWHERE, port=port, transport="tcp", most_calls=1)
    engine.rewrite(replace(engine.model, trunks=(trunk,)))
    log = EngineLog(engine.places.log / "messages", beyond_the_trunk)
    with (
        ListeningApp(engine.config) as app,
        from_trunk(engine, scenarios.call(until_bye=True)) as first,
    ):
        channel = app.wait_for("StasisStart")["channel"]["id"]
        with from_trunk(engine, scenarios.refused_call(503)) as second:
            assert second.wait() == 0
        until(lambda: log.news() == {"Full": 1}, 5, "the refusal, counted")
        with Sipp(
            engine.folder, scenarios.answering(), engine.server, port=port, transport="t1", address=ELSEWHERE
        ) as network:
            call_out(engine, "112")
            assert network.wait() == 0
        answer_and_hang_up(engine, channel, first)
        assert first.wait() == 0
        with from_trunk(engine, scenarios.abandoned_call()) as third:
            assert third.wait() == 0


def from_trunk(engine: RunningEngine, scenario: str) -> Sipp:
    return Sipp(engine.folder, scenario, engine.server, transport="t1", address=ELSEWHERE, number=MAIN_NUMBER)


def test_a_call_comes_in_over_tls(engine: RunningEngine) -> None:
    engine.rewrite(replace(engine.model, trunks=(Trunk(name="tls", host=LOOPBACK, transport="tls"),)))
    account = Account(user="4670000003", register=False, transport="tls")
    citizen = Baresip(engine.folder, account, engine.tls_server, certificate=engine.provider_certificate)
    with ListeningApp(engine.config) as app, citizen:
        citizen.dial(MAIN_NUMBER)
        come = app.wait_for("StasisStart")
        assert come["args"] == ["trunk", "tls", MAIN_NUMBER]
        engine.ari.request("POST", f"channels/{come['channel']['id']}/answer")
        citizen.wait_for("CALL_ESTABLISHED")
        citizen.hang_up()
        app.wait_for("StasisEnd")


def test_a_call_goes_out_over_tls_to_a_network_whose_certificate_is_trusted(engine: RunningEngine) -> None:
    with network_with_tls(engine, engine.provider_certificate) as network:
        call_out(engine, "112")
        assert "112" in str(network.wait_for("CALL_ESTABLISHED"))
    assert_only_its_own_libraries(engine)


def assert_only_its_own_libraries(engine: RunningEngine) -> None:
    """A fetched engine brings all that it loads, encryption included: a machine that lacks a library must not matter."""
    root = engine.config.engine_root
    if root is not None:
        maps = Path(f"/proc/{product.status(engine.config).pid}/maps").read_text()
        foreign = {path for path in re.findall(r"/\S+\.so\S*", maps) if not path.startswith(str(root))}
        # How a host's name is found is the machine's own affair (nsswitch.conf).
        assert {path for path in foreign if "/libnss_" not in path} == set()


def test_a_network_whose_certificate_is_not_trusted_is_not_given_a_call(engine: RunningEngine) -> None:
    folder = engine.folder / "impostor"
    folder.mkdir()
    certificate.ensure(certificate.SIP, folder, LOOPBACK)
    both = folder / "both.pem"
    both.write_text("".join((folder / name).read_text() for name in (certificate.SIP.key, certificate.SIP.certificate)))
    with network_with_tls(engine, both) as impostor:
        caller = scenarios.refused_phone_call("employee", 503)
        Sipp.run(engine.folder, caller, engine.server, number="112", user="employee", password=engine.password)
        assert not [event for event in impostor.events.all() if event["type"].startswith("CALL")]


def network_with_tls(engine: RunningEngine, certificate_file: Path) -> Baresip:
    """A public network that is reached by TLS and answers at once; the engine is told of it."""
    account = Account(user="112", register=False, transport="tls", answer="auto")
    network = Baresip(engine.folder, account, engine.tls_server, certificate=certificate_file)
    trunk = Trunk(name="tls", host=LOOPBACK, port=network.port + 1, transport="tls")
    engine.rewrite(replace(engine.model, trunks=(trunk,)))
    return network


def test_the_engines_certificate_is_for_its_own_address_and_not_about_to_expire(engine: RunningEngine) -> None:
    from cryptography import x509

    for pair in (certificate.SIP, certificate.BROWSER):
        found = x509.load_pem_x509_certificate((engine.places.keys / pair.certificate).read_bytes())
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert str(names.get_values_for_type(x509.IPAddress)[0]) == LOOPBACK
        assert (engine.places.keys / pair.key).stat().st_mode & 0o077 == 0


def test_a_trunk_logs_in_and_is_then_called_by_its_contact(engine: RunningEngine) -> None:
    port = free_ports(1)[0]
    trunk = Trunk(
        name="provider", host=LOOPBACK, port=port, match=(ELSEWHERE,), user="kommun", password="se;cret", register=True
    )
    with Sipp(
        engine.folder, scenarios.registrar(), engine.server, port=port, user="kommun", password="se;cret"
    ) as provider:
        engine.rewrite(replace(engine.model, trunks=(trunk,)))
        assert provider.wait() == 0, provider.errors()
        said = "\n".join(provider.logged())
    assert 'login: username="kommun"' in said
    assert "trunk-provider@" in said
    until(
        lambda: "Registered" in product.command(engine.config, "pjsip show registrations") or None, 10, "registration"
    )
    contact = next(line for line in said.splitlines() if "contact:" in line)
    line = contact.split(";line=")[1].split(">")[0].split(";")[0]
    with ListeningApp(engine.config) as app:
        caller = scenarios.call(until_bye=True).replace(
            "INVITE sip:[service]@[remote_ip]:[remote_port]",
            f"INVITE sip:trunk-provider@[remote_ip]:[remote_port];line={line}",
        )
        with Sipp(engine.folder, caller, engine.server, number=f"+{MAIN_NUMBER}") as citizen:
            come = app.wait_for("StasisStart")
            assert come["args"] == ["trunk", "provider", MAIN_NUMBER]
            answer_and_hang_up(engine, come["channel"]["id"], citizen)
            assert citizen.wait() == 0


def answer_and_hang_up(engine: RunningEngine, channel: str, caller: Sipp) -> None:
    engine.ari.request("POST", f"channels/{channel}/answer")
    caller.wait_for_log("answered")
    engine.ari.request("DELETE", f"channels/{channel}")


def call_out(engine: RunningEngine, number: str) -> None:
    caller = scenarios.phone_call("employee", talk_ms=100)
    Sipp.run(engine.folder, caller, engine.server, number=number, user="employee", password=engine.password)
