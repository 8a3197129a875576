# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Supervisors and shifts against the real engine: who hears whom when a call is taken over, listened to, or handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.engine.waiting import until
from tests.system.ears import hear_each_other, heard_prompt, hears, hears_all, hears_no_tone
from tests.system.installation import Installation
from tests.system.scene import CITIZEN, COLLEAGUE, OPERATOR, Operator, Scene, codes
from tests.system.test_feature_codes import keys
from vaxel.telephony import engine

Json = dict[str, Any]

SUPERVISOR = 1700
LISTENING = """
[[clause]]
id = "AAB-98"
kinds = ["enforced"]
text.en = "For tests: supervisors may listen in."
source = { document = "%s", section = "none" }
[[clause.control]]
use = "listening"
"""
ALLOW = f"""
import re
from tests.policy.variants import variant
from vaxel.directory.audit import By
from vaxel.policy import actions
text = variant("aabenraa", 45)
document = re.search(r'document = "([a-z-]+)"', text)[1]
by = By(name="Test")
actions.activate(actions.propose(text + '''{LISTENING}''' % document, by, organisation="aabenraa"), by)
"""
FORBID = """
from tests.policy.variants import put_in_force
put_in_force("aabenraa", seconds=45)
"""


def supervisor(scene: Scene, line: bool = True) -> Operator:
    """The municipality's first operator, not herself offered calls."""
    return scene.operator(0, line=line, ready=False, tone=SUPERVISOR)


@pytest.mark.parametrize("line", [True, False], ids=["line", "phone"])
def test_a_supervisor_takes_over_and_who_talked_is_told(scene: Scene, line: bool) -> None:
    colleague, boss = scene.operator(1), supervisor(scene, line)
    citizen = scene.citizen()
    call = scene.connected(citizen, colleague)["id"]
    hear_each_other(citizen, CITIZEN, colleague.phone, OPERATOR)
    since = boss.phone.events.count()
    boss.console.do("take_over", call=call)
    if not line:
        boss.phone.wait_for("CALL_INCOMING", since=since)
        hears(citizen, OPERATOR)
        boss.phone.answer()
    told = colleague.console.wait_call(call, operator=boss.id)
    assert told["taken_from"] == colleague.id
    hear_each_other(citizen, CITIZEN, boss.phone, SUPERVISOR)
    hears_no_tone(colleague.phone, CITIZEN, SUPERVISOR)
    refused = colleague.console.send("hold", call=call)
    assert refused["error"]["by"] == boss.row["name"]
    citizen.hang_up()
    boss.console.wait_gone(call)
    record = scene.installation.record(call, boss.token)
    assert codes(record, "answered", "taken_over", "ended") == ["answered", "taken_over", "ended"]


@pytest.fixture
def listening_scene(installation: Installation) -> Iterator[Scene]:
    """Aabenraa, where supervisors may listen in for once."""
    installation.django(ALLOW)
    try:
        with Scene(installation, "aabenraa") as scene:
            watcher = scene.watcher(0)
            until(
                lambda: watcher.state["organisations"]["aabenraa"]["listening"]["allowed"], 15.0, "the policy in force"
            )
            yield scene
    finally:
        installation.django(FORBID)


@pytest.mark.parametrize("line", [True, False], ids=["line", "phone"])
def test_a_supervisor_hears_both_and_neither_hears_her(listening_scene: Scene, line: bool) -> None:
    scene = listening_scene
    colleague, boss = scene.operator(1), supervisor(scene, line)
    citizen = scene.citizen()
    call = scene.connected(citizen, colleague)["id"]
    heard_prompt(citizen, engine.places(scene.installation.config).prompts / "da" / "listening-notice.wav")
    hear_each_other(citizen, CITIZEN, colleague.phone, OPERATOR)
    since = boss.phone.events.count()
    boss.console.do("listen", call=call)
    if not line:
        boss.phone.wait_for("CALL_INCOMING", since=since)
        boss.phone.answer()
    hears_all(boss.phone, CITIZEN, OPERATOR)
    assert colleague.console.wait_call(call, listened_by=[boss.id])["state"] == "connected"
    hears(citizen, OPERATOR)
    hears(colleague.phone, CITIZEN)
    boss.console.do("take_over", call=call)
    colleague.console.wait_call(call, operator=boss.id, listened_by=[])
    hear_each_other(citizen, CITIZEN, boss.phone, SUPERVISOR)
    citizen.hang_up()
    boss.console.wait_gone(call)
    record = scene.installation.record(call, boss.token)
    told = codes(record, "listening", "listening_ended", "taken_over", "ended")
    assert told == ["listening", "listening_ended", "taken_over", "ended"]
    audited = scene.installation.django(AUDITED, call)
    assert audited.split() == ["listen", "take_over"]


AUDITED = """
import sys
from vaxel.directory.models import AuditEntry
print(*AuditEntry.objects.filter(kind="call", name=sys.argv[1]).order_by("id").values_list("after__done", flat=True))
"""


def test_listening_ends_with_the_call(listening_scene: Scene) -> None:
    scene = listening_scene
    colleague, boss, citizen = scene.operator(1), supervisor(scene), scene.citizen()
    call = scene.connected(citizen, colleague)["id"]
    boss.console.do("listen", call=call)
    hears_all(boss.phone, CITIZEN, OPERATOR)
    citizen.hang_up()
    boss.console.wait_gone(call)
    boss.console.wait_me(state="off", line_open=True)
    hears_no_tone(boss.phone, CITIZEN, OPERATOR)


def test_a_held_call_is_handed_over(scene: Scene, operator: Operator) -> None:
    colleague = scene.operator(1, line=operator.line, tone=COLLEAGUE)
    citizen = scene.citizen()
    call = scene.connected(citizen, operator)["id"]
    operator.console.do("hold", call=call)
    operator.console.do("hand_over", call=call, to=colleague.id)
    operator.console.do("log_off")
    colleague.console.wait_call(call, state="held", held_by=colleague.id)
    colleague.connect("resume", call)
    hear_each_other(citizen, CITIZEN, colleague.phone, COLLEAGUE)
    citizen.hang_up()
    colleague.console.wait_gone(call)
    told = codes(scene.installation.record(call, colleague.token), "held", "handed_over", "resumed")
    assert told == ["held", "handed_over", "resumed"]


@pytest.mark.clause("FAL-18")
def test_who_is_off_duty_is_rung_presses_one_and_serves(voicemail_scene: Scene) -> None:
    scene = voicemail_scene
    boss = supervisor(scene)
    helper = scene.operator(1, line=False, ready=False)
    since = helper.phone.events.count()
    boss.console.do("surge", organisation="falkenberg")
    try:
        helper.phone.wait_for("CALL_INCOMING", since=since)
        helper.phone.answer()
        heard_prompt(helper.phone, engine.places(scene.installation.config).prompts / "sv" / "surge-asked.wav")
        helper.phone.press("1")
        helper.phone.wait_for("CALL_CLOSED", since=since)
        helper.console.wait_me(presence="ready")
        citizen = scene.citizen()
        call = scene.connected(citizen, helper)["id"]
        hear_each_other(citizen, CITIZEN, helper.phone, OPERATOR)
        citizen.hang_up()
        helper.console.wait_gone(call)
    finally:
        boss.console.do("end_surge", organisation="falkenberg")


def test_an_operator_logs_on_at_a_telephone_by_her_code_and_is_rung_there(scene: Scene) -> None:
    row, desk = scene.home["operators"][2], scene.home["hot_desk"]
    phone = scene.stack.enter_context(scene.installation.operator_phone(desk, tone=OPERATOR))
    phone.wait_until_registered()
    console = scene.stack.enter_context(scene.installation.console(row))
    keys(scene, phone, "*12*00000000#", "not-possible")
    keys(scene, phone, f"*12*{row['code']}#", "logged-on")
    console.wait_me(presence="ready", phone=desk["sip_user"], phone_registered=True)
    citizen = scene.citizen()
    call = scene.connected(citizen, Operator(console, phone, row, line=False))["id"]
    hear_each_other(citizen, CITIZEN, phone, OPERATOR)
    citizen.hang_up()
    console.wait_gone(call)
    keys(scene, phone, "#12", "logged-off")
    console.wait_me(presence="off", phone=row["sip_user"])
