# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real engine for tests: fetched once a checkout, started once a test session on free ports."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.engine import announcements
from tests.engine.ari import Ari
from tests.engine.audio import tone
from tests.engine.sip import Account, Baresip, require
from tests.engine.waiting import until
from tests.ports import ENGINE_SPEECH, LOOPBACK, free_ports, sip_port
from vaxel.site.config import Config
from vaxel.telephony import engine, prompts
from vaxel.telephony.engine import EngineModel, FallbackNumber, Phone, PhoneKind, Trunk, certificate

MAIN_NUMBER = "4637010000"
DIRECT_NUMBER = "4637010011"
LONELY_NUMBER = "4637010099"
"""A number of the house without a telephone."""
SPOKEN_NUMBER = "4697810000"
"""Without a telephone, of a municipality that has not recorded its announcements."""

ANNOUNCEMENT_PITCH = 784
"""Hz: the municipality's own recording in place of "all lines are taken"."""


@dataclass
class RunningEngine:
    """An engine on loopback. The trunk ``pstn`` is whoever calls from port ``trunk_port``, and is called there."""

    config: Config
    model: EngineModel
    ari: Ari
    trunk_port: int
    folder: Path
    password: str = "kvarnen-9.sjo"
    odd_password: str = ">a;b=c#d"

    @property
    def provider_certificate(self) -> Path:
        """Certificate and key of a public network that the engine trusts, in one file."""
        return self.folder / "provider.pem"

    @property
    def server(self) -> str:
        return f"{LOOPBACK}:{self.config.sip_port}"

    @property
    def tls_server(self) -> str:
        return f"{LOOPBACK}:{self.config.sip_tls_port}"

    @property
    def places(self) -> engine.Places:
        return engine.places(self.config)

    def phone(self, user: str, **options: object) -> Baresip:
        """A telephone that logs in as ``user``. ``options``: of :class:`Account` and :class:`Baresip`."""
        of_account = {key: options.pop(key) for key in ("codecs", "transport", "answer", "password") if key in options}
        account = Account(user=user, **{"password": self.password, **of_account})  # type: ignore[arg-type]
        return Baresip(self.folder, account, self.server, **options)  # type: ignore[arg-type]

    def citizen(self, number: str = "4670000001", **options: object) -> Baresip:
        """A telephone in the public network: its calls come by the trunk ``pstn``. One at a time."""
        of_account = {key: options.pop(key) for key in ("codecs", "answer", "name") if key in options}
        account = Account(user=number, register=False, **of_account)  # type: ignore[arg-type]
        return Baresip(self.folder, account, self.server, port=self.trunk_port, **options)  # type: ignore[arg-type]

    def wait_until_in_line(self, phone: Baresip) -> None:
        """Wait until the operator's ``phone`` has registered and the queue knows, which it is told a moment later."""
        phone.wait_until_registered()
        member = re.compile(rf"PJSIP/{phone.account.user} .*\(Not in use\)")
        until(lambda: member.search(engine.command(self.config, "queue show")), 10, "the operator in the queue")

    def rewrite(self, model: EngineModel) -> engine.Reloaded:
        """Write another configuration and have the running engine read it."""
        self.model = model
        return engine.reload(self.config, engine.write(model, self.config))


def make_config(folder: Path, root: Path | None) -> Config:
    ari, sip, tls = free_ports(3)
    return Config(
        var=folder,
        ari_port=ari,
        sip_port=sip,
        sip_tls_port=tls,
        rtp_first=ENGINE_SPEECH[0],
        rtp_last=ENGINE_SPEECH[-1],
        engine_root=root,
    )


def make_model(trunk_port: int) -> EngineModel:
    phones = tuple(
        Phone(
            user=user,
            password=RunningEngine.odd_password if user == "odd" else RunningEngine.password,
            kind=kind,
            display_name=f'Åsa "Telefonist" {user}',
            caller_number=DIRECT_NUMBER,
            organisation="gnosjo",
            language="sv",
        )
        for user, kind in (
            ("operator-1", PhoneKind.DESK),
            ("operator-2", PhoneKind.DESK),
            ("employee", PhoneKind.DESK),
            ("odd", PhoneKind.DESK),
            ("browser", PhoneKind.BROWSER),
        )
    )
    number = partial(FallbackNumber, organisation="gnosjo", language="sv")
    return EngineModel(
        phones=phones,
        trunks=(Trunk(name="pstn", host=LOOPBACK, port=trunk_port, match=(f"{LOOPBACK}:{trunk_port}",), country="SE"),),
        numbers=(
            number(number=MAIN_NUMBER, phones=("operator-1", "operator-2"), ring_seconds=15),
            number(number=DIRECT_NUMBER, phones=("employee",), ring_seconds=3, queue=False),
            number(number=LONELY_NUMBER, phones=()),
            FallbackNumber(number=SPOKEN_NUMBER, phones=(), organisation="tana", language="nb"),
        ),
    )


@pytest.fixture(scope="session")
def engine_session(engine_root: Path | None) -> Iterator[RunningEngine]:
    require("baresip", "sipp")
    # Not pytest's own folder: its path may be too long for the engine's control socket.
    folder = Path(tempfile.mkdtemp(prefix="vaxel-engine-"))
    config = make_config(folder / "var", engine_root)
    trunk_port = sip_port()
    model = make_model(trunk_port)
    announcements.lend(config)
    prompts.build([("gnosjo", "sv", "Välkommen till Gnosjö kommun.")], config)
    # Short, so that tests don't sit through a sentence, and known by its pitch.
    prompts.save((tone(ANNOUNCEMENT_PITCH, 0.5), 8000), engine.places(config).prompts / "own/gnosjo/fallback")
    _make_provider(folder, engine.places(config))
    engine.write(model, config)
    engine.start(config)
    try:
        yield RunningEngine(config, model, Ari(config), trunk_port, folder)
    finally:
        engine.stop(config)
        if not os.environ.get("KEEP_TEST_FILES"):
            shutil.rmtree(folder, ignore_errors=True)


def _make_provider(folder: Path, places: engine.Places) -> None:
    places.make()
    keys = folder / "provider"
    keys.mkdir()
    certificate.ensure(certificate.SIP, keys, LOOPBACK)
    shutil.copy(keys / certificate.SIP.certificate, places.keys / certificate.TRUSTED)
    text = (keys / certificate.SIP.key).read_text() + (keys / certificate.SIP.certificate).read_text()
    (folder / "provider.pem").write_text(text)


@pytest.fixture(name="engine")
def _engine(engine_session: RunningEngine, sweep: Callable[[], None]) -> Iterator[RunningEngine]:
    """The engine, with its usual configuration, and nothing left in it afterwards."""
    usual = engine_session.model
    yield engine_session
    sweep()
    if engine_session.model is not usual:
        engine_session.rewrite(usual)


@pytest.fixture
def sweep(engine_session: RunningEngine) -> Callable[[], None]:
    """Call it to assert that no channel or bridge is left."""
    return engine_session.ari.assert_clean
