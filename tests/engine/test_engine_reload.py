# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A changed number, person or telephone takes effect without a restart, and calls in progress don't notice."""

from __future__ import annotations

from msgspec.structs import replace

from tests.engine import scenarios
from tests.engine.audio import seconds_of
from tests.engine.conftest import MAIN_NUMBER, RunningEngine
from tests.engine.sip import Login, Sipp
from tests.engine.waiting import until
from vaxel.telephony import engine as product
from vaxel.telephony.engine import FallbackNumber, Phone, PhoneKind

NEW_PHONE = Phone(
    user="newcomer",
    password="first-day",
    kind=PhoneKind.DESK,
    display_name="Nils Ny",
    caller_number="4637010055",
    organisation="gnosjo",
    language="sv",
)
NEW_NUMBER = FallbackNumber(number="4637010055", organisation="gnosjo", language="sv", phones=("newcomer",))


def test_a_call_goes_on_while_telephones_numbers_and_trunks_change(engine: RunningEngine) -> None:
    with engine.phone("operator-1", tone=660) as operator, engine.citizen(tone=440) as citizen:
        engine.wait_until_in_line(operator)
        citizen.dial(MAIN_NUMBER)
        operator.wait_for("CALL_INCOMING")
        operator.answer()
        process = product.status(engine.config).pid
        done = engine.rewrite(
            replace(
                engine.model,
                phones=(*engine.model.phones, NEW_PHONE),
                numbers=(*engine.model.numbers, NEW_NUMBER),
                trunks=(*engine.model.trunks, product.Trunk(name="second", host="127.0.0.9", match=("127.0.0.9",))),
            )
        )
        assert done.restart_for == frozenset()
        assert [command.split(".so")[0] for command in done.commands] == [
            "dialplan reload",
            "module reload res_pjsip",
            "queue reload all",
        ]
        heard = citizen.heard()[-1].stat().st_size
        until(lambda: citizen.heard()[-1].stat().st_size > heard + 48_000, 10, "three more seconds of speech")
        assert product.status(engine.config).pid == process
        assert not [event for event in citizen.events.all() if event["type"] == "CALL_CLOSED"]
        citizen.hang_up()
        operator.wait_for("CALL_CLOSED")
        recording = citizen.heard()[-1]
    assert seconds_of(recording, 660) > 2.5


def test_a_new_telephone_works_at_once_and_a_removed_one_no_longer(engine: RunningEngine) -> None:
    usual = engine.model
    newcomer = Login(user="newcomer", password=NEW_PHONE.password)
    Sipp.run(engine.folder, scenarios.registration("newcomer", accepted=False), engine.server, **newcomer)
    engine.rewrite(replace(usual, phones=(*usual.phones, NEW_PHONE), numbers=(*usual.numbers, NEW_NUMBER)))
    with engine.phone("newcomer", password=NEW_PHONE.password, answer="auto") as telephone:
        telephone.wait_until_registered()
        Sipp.run(
            engine.folder, scenarios.call(talk_ms=200), engine.server, port=engine.trunk_port, number=NEW_NUMBER.number
        )
        assert telephone.wait_for("CALL_ESTABLISHED")
    engine.rewrite(usual)
    Sipp.run(engine.folder, scenarios.registration("newcomer", accepted=False), engine.server, **newcomer)


def test_writing_the_same_again_changes_nothing(engine: RunningEngine) -> None:
    assert product.write(engine.model, engine.config) == frozenset()
    assert product.reload(engine.config, frozenset()) == product.Reloaded((), frozenset())


def test_registrations_survive_a_reload(engine: RunningEngine) -> None:
    with engine.phone("operator-2") as operator:
        engine.wait_until_in_line(operator)
        engine.rewrite(replace(engine.model, phones=(*engine.model.phones, NEW_PHONE)))
        caller = Sipp(
            engine.folder, scenarios.abandoned_call(), engine.server, port=engine.trunk_port, number=MAIN_NUMBER
        )
        with caller:
            assert operator.wait_for("CALL_INCOMING")
            assert caller.wait() == 0
