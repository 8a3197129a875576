# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a supervisor does from her page, beside an operator at hers: the engine, the controller, Chromium's pages and phones, nothing
doubled. Taking over is in ``test_steering``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import MICROPHONE
from tests.browser.desk import Desk, desk
from tests.system.ears import heard_prompt, hears, hears_no_tone
from tests.system.installation import Installation
from vaxel.telephony import engine

Json = dict[str, Any]

pytestmark = pytest.mark.usefixtures("patient")

CITIZEN = 600
"""The tone, in Hz, that the citizen's telephone sounds."""
ALLOW = """
import re
from tests.policy.variants import variant
from vaxel.directory.audit import By
from vaxel.policy import actions
text = variant("gnosjo", 3)
document = re.search(r'document = "([a-z-]+)"', text)[1]
clause = '''
[[clause]]
id = "GNO-98"
kinds = ["enforced"]
text.en = "For tests: supervisors may listen in."
source = { document = "%s", section = "none" }
[[clause.control]]
use = "listening"
''' % document
by = By(name="Test")
actions.activate(actions.propose(text + clause, by, organisation="gnosjo"), by)
"""
FORBID = """
from tests.policy.variants import put_in_force
put_in_force("gnosjo", seconds=3)
"""
SUPERVISES = """
import sys
from vaxel.directory.changes import raise_version
from vaxel.directory.models import Operator
supervises = Operator.objects.get(user__username=sys.argv[1]).supervises
getattr(supervises, sys.argv[2])("falkenberg")
raise_version()
"""


@contextmanager
def two_desks(browser: Browser, installation: Installation, boss: Json, other: Json) -> Iterator[tuple[Desk, Desk]]:
    """A supervisor at her view, herself not offered calls, and an operator who is."""
    with ExitStack() as stack:
        operator, supervisor = (stack.enter_context(desk(browser, installation, row)) for row in (other, boss))
        operator.log_on()
        supervisor.phone_ready()
        supervisor.page.get_by_role("button", name="Arbetsledning").press("Enter")
        yield operator, supervisor


@pytest.fixture
def desks(browser: Browser, installation: Installation) -> Iterator[tuple[Desk, Desk]]:
    """In Gnosjö. The operator is the one who can step in at Falkenberg."""
    operators = installation.municipality("gnosjo")["operators"]
    with two_desks(browser, installation, operators[0], operators[2]) as found:
        yield found


@pytest.fixture
def supervises_falkenberg_too(installation: Installation) -> Iterator[None]:
    who = installation.municipality("gnosjo")["operators"][0]["user"]
    installation.django(SUPERVISES, who, "add")
    yield
    installation.django(SUPERVISES, who, "remove")


@pytest.fixture
def policy_without_listening_afterwards(installation: Installation) -> Iterator[None]:
    yield
    installation.django(FORBID)


def steering(supervisor: Desk) -> Locator:
    return supervisor.page.get_by_role("region", name="Arbetsledning")


def row(supervisor: Desk, municipality: str) -> Locator:
    return steering(supervisor).get_by_role("row", name=municipality)


def dial(installation: Installation, citizen: Any, municipality: str = "gnosjo") -> None:
    citizen.dial(installation.municipality(municipality)["main_number"])


def prompt(installation: Installation, name: str) -> Any:
    return engine.places(installation.config).prompts / "sv" / f"{name}.wav"


@pytest.mark.usefixtures("policy_without_listening_afterwards")
def test_a_supervisor_listens_in_only_where_the_policy_allows_it_and_the_caller_was_told(
    desks: tuple[Desk, Desk], installation: Installation
) -> None:
    operator, supervisor = desks
    listen = steering(supervisor).get_by_role("button", name="Lyssna med")
    with installation.citizen(tone=CITIZEN) as citizen:
        dial(installation, citizen)
        operator.answer()
        expect(steering(supervisor)).to_contain_text("Att lyssna med är inte tillåtet där.")
        expect(listen).to_have_count(0)
        installation.django(ALLOW)
        # Allowed from now on, but this caller has not been told.
        expect(listen).to_be_visible(timeout=15000)
        listen.press("Enter")
        expect(supervisor.page.locator(".notice")).to_be_visible()
        expect(supervisor.page.locator(".troubles")).not_to_contain_text("Du lyssnar")
        operator.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        operator.free()
        since = citizen.events.count()
        dial(installation, citizen)
        heard_prompt(citizen, prompt(installation, "listening-notice"))
        operator.answer()
        # The call that was chosen has gone: no other takes its place by itself.
        expect(listen).to_have_count(0)
        supervisor.page.get_by_role("listbox", name="Alla samtal").focus()
        supervisor.page.keyboard.press("ArrowDown")
        listen.press("Enter")
        expect(supervisor.page.locator(".troubles")).to_contain_text("Ingen hör dig")
        expect(operator.page.locator(".troubles")).to_contain_text(f"{supervisor.operator['name']} lyssnar med")
        supervisor.hears()
        hears(citizen, MICROPHONE)
        operator.page.keyboard.press("Shift+F2")
        # The supervisor's microphone hears the same as the operator's: nobody hears hers.
        hears_no_tone(citizen, MICROPHONE)
        supervisor.hears()
        supervisor.page.locator(".troubles").get_by_role("button", name="Sluta lyssna").press("Enter")
        expect(operator.page.locator(".troubles")).not_to_contain_text("lyssnar med")
        operator.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED", since=since)


@pytest.mark.usefixtures("supervises_falkenberg_too")
def test_a_supervisor_moves_an_operator_who_then_serves_the_other_municipality(
    browser: Browser, installation: Installation
) -> None:
    operators = installation.municipality("gnosjo")["operators"]
    with two_desks(browser, installation, operators[0], operators[2]) as (operator, supervisor):
        steered = steering(supervisor)
        steered.get_by_role("listbox", name="Telefonister").get_by_role(
            "option", name=operator.operator["name"]
        ).click()
        steered.get_by_role("checkbox", name="Gnosjö kommun").uncheck()
        steered.get_by_role("checkbox", name="Falkenbergs kommun").check()
        steered.get_by_role("button", name="Ändra vad hon betjänar").press("Enter")
        expect(supervisor.page.locator(".notice")).to_contain_text(f"Ändrat: {operator.operator['name']}")
        with installation.citizen(tone=CITIZEN) as citizen:
            dial(installation, citizen, "falkenberg")
            operator.answer()
            expect(operator.card).to_contain_text("Falkenbergs kommun")
            operator.hears()
            hears(citizen, MICROPHONE)
            operator.page.keyboard.press("F4")
            citizen.wait_for("CALL_CLOSED")


@pytest.mark.clause("FAL-18")
def test_a_supervisor_calls_in_reinforcement_and_who_comes_serves(browser: Browser, installation: Installation) -> None:
    boss = installation.municipality("falkenberg")["operators"][0]
    helper = installation.municipality("gnosjo")["operators"][2]
    with two_desks(browser, installation, boss, helper) as (operator, supervisor):
        here = row(supervisor, "Falkenbergs kommun")
        here.get_by_role("button", name="Förstärkning").press("Enter")
        expect(here).to_contain_text("Förstärkt sedan")
        strip = operator.page.locator(".troubles")
        expect(strip).to_contain_text("Förstärkning behövs: Falkenbergs kommun")
        strip.get_by_role("button", name="Jag kommer").press("Enter")
        expect(strip).not_to_contain_text("Förstärkning behövs")
        with installation.citizen(tone=CITIZEN) as citizen:
            dial(installation, citizen, "falkenberg")
            operator.answer()
            operator.hears()
            hears(citizen, MICROPHONE)
            operator.page.keyboard.press("F4")
            citizen.wait_for("CALL_CLOSED")
        here.get_by_role("button", name="Avsluta förstärkningen").press("Enter")
        expect(here).not_to_contain_text("Förstärkt sedan")


def test_what_a_supervisor_announces_is_heard_by_who_waits_and_read_by_operators(
    desks: tuple[Desk, Desk], installation: Installation
) -> None:
    operator, supervisor = desks
    page = supervisor.page
    with installation.citizen(tone=CITIZEN) as citizen:
        dial(installation, citizen)
        operator.offered()
        row(supervisor, "Gnosjö kommun").get_by_role("button", name="Meddela alla").press("Enter")
        dialog = page.get_by_role("dialog", name="Meddela alla")
        dialog.get_by_role("radio", name="Att många ringer").press("Space")
        expect(dialog.get_by_role("radio", name="Att många ringer")).to_be_checked()
        heard_prompt(citizen, prompt(installation, "told-busy"))
        page.keyboard.press("Escape")
        row(supervisor, "Gnosjö kommun").get_by_role("button", name="Meddela alla").press("Enter")
        page.keyboard.type("Vattnet är avstängt i Hillerstorp")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".notice")).to_contain_text("Meddelat alla hos Gnosjö kommun")
        expect(operator.page.locator(".lists")).to_contain_text("Vattnet är avstängt i Hillerstorp", timeout=15000)
        operator.answer()
        operator.hears()
        operator.page.keyboard.press("F4")
        citizen.wait_for("CALL_CLOSED")
        row(supervisor, "Gnosjö kommun").get_by_role("button", name="Meddela alla").press("Enter")
        dialog.get_by_role("radio", name="Inget mer").press("Space")
        expect(dialog.get_by_role("radio", name="Inget mer")).to_be_checked()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
