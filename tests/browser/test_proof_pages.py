# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the proof and the explanation in Chromium: by keyboard, with axe, and at 400 %."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers
from tests.browser.test_pages import database_beside_playwright
from tests.proof.conftest import WEEKDAYS
from vaxel.directory import current
from vaxel.directory.models import Hours, Operator, Organisation
from vaxel.proof import known
from vaxel.proof.models import Cause
from vaxel.proof.runs import make

__all__ = ["database_beside_playwright"]

PATHS = ["/proof/gnosjo", "/proof/tana", "/explain", "/explain?number=46980319201", "/explain?number=anna&at=x"]
PATHS += ["/proof/gnosjo/alike?kind=no_greeting"]


@pytest.fixture
def britta(transactional_db: None) -> Iterator[Operator]:
    """Serves one municipality that is in order, with a warning, and one in which calls end nowhere."""
    known.forget()
    current.forget()
    gnosjo, tana = rows.organisation(), rows.organisation("tana", "4760000100")
    rows.person(gnosjo)
    rows.person(gnosjo, "Anna Berg", "46980319202")
    Hours.objects.create(organisation=gnosjo, week=WEEKDAYS)
    Hours.objects.create(organisation=tana)
    operator = rows.operator(gnosjo, tana)
    for home in Organisation.objects.all():
        make(home.pk, Cause.NIGHT, datetime.now(UTC))
    yield operator
    known.forget()
    current.forget()


def opened(
    browser: Browser,
    server: LiveServer,
    who: Operator,
) -> Page:
    client = Client()
    client.force_login(who.user)
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context.new_page()


def test_no_page_has_a_barrier(britta: Operator, live_server: LiveServer, browser: Browser) -> None:
    page = opened(browser, live_server, britta)
    found = {path: barriers(page, f"{live_server.url}{path}") for path in PATHS}
    page.context.close()
    assert not any(found.values()), found


def test_from_a_fault_to_the_call_and_to_when_it_goes_otherwise(
    britta: Operator, live_server: LiveServer, browser: Browser
) -> None:
    page = opened(browser, live_server, britta)
    page.goto(f"{live_server.url}/proof/tana")
    expect(page.get_by_role("heading", name="2 faults to be mended")).to_be_visible()
    page.get_by_role("link", name="Show such a call").press("Enter")
    expect(page.get_by_role("heading", name="Tana kommun")).to_be_visible()
    expect(page.get_by_text("The call ends without saying when to ring again")).to_be_visible()
    page.get_by_label("Number, or name").fill("gnosjo kommun")
    page.get_by_label("When").fill("2026-11-24T10:00")
    page.get_by_label("When").press("Enter")
    expect(page.get_by_text("Waits for an operator")).to_be_visible()
    page.get_by_role("link", name="Show that").press("Enter")
    expect(page.get_by_label("When")).to_have_value("2026-11-24T16:00")
    expect(page.get_by_text("Vi öppnar i morgon, klockan åtta.")).to_be_visible()
    page.context.close()


def test_it_is_proved_again_at_the_press_of_a_button(
    britta: Operator, live_server: LiveServer, browser: Browser
) -> None:
    page = opened(browser, live_server, britta)
    Hours.objects.filter(organisation="tana").delete()
    page.goto(f"{live_server.url}/proof/tana")
    page.get_by_role("button", name="Prove now").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Proved: every call ends well.")
    expect(page.get_by_role("heading", name="Every call ends well")).to_be_visible()
    page.context.close()
