# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of absences, hours and groups in Chromium: by keyboard, with axe, at 400 %."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers
from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.models import Absence
from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import Group, Membership, Number, NumberKind, Role, RoleKind

PATHS = ["/absence", "/absences", "/absences?who=bo", "/hours/gnosjo", "/hours/gnosjo/switchboard"]
PATHS += ["/hours/gnosjo/switchboard/exception", "/groups", "/groups/{group}"]


@pytest.fixture(scope="module", autouse=True)
def database_beside_playwright() -> Iterator[None]:
    """Playwright's own event loop runs in this thread, and Django would refuse the database because of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def group(transactional_db: None) -> Group:
    gnosjo = rows.organisation()
    rows.operator(gnosjo)
    anna = rows.person(gnosjo, user=rows.user("anna"), unit="Bygg", has_greeting=True)
    bo = rows.person(gnosjo, "Bo Ek", "46980319202", unit="Bygg", has_greeting=True)
    Role.objects.create(organisation=gnosjo, person=anna, kind=RoleKind.MANAGER)
    made = Group.objects.create(organisation=gnosjo, name="Bygglov", unit=anna.unit)
    Number.objects.create(number="46980319290", organisation=gnosjo, kind=NumberKind.GROUP, group=made)
    for person in (anna, bo):
        Membership.objects.create(group=made, person=person)
    season = {"name": "Sommar", "first": [6, 15], "last": [8, 15], "week": [[[480, 900]]] * 7}
    hours.set_hours(gnosjo, By(), hours.Plan(week=[[[480, 720], [780, 990]]] * 7, seasons=[season]))
    set_absence(bo, By(name="Test"), Wish(reason="vacation", refer="switchboard", message="åter i juni"))
    return made


def log_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/log-in?next=/absence")
    page.get_by_label("User").fill("anna")
    page.get_by_label("Password").fill(rows.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My absence", level=1)).to_be_visible()


def test_no_page_has_a_barrier(group: Group, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    found = {path: barriers(page, live_server.url + path.format(group=group.key)) for path in PATHS}
    context.close()
    assert not any(found.values()), found


def test_an_absence_by_keyboard_shows_its_effect_and_is_saved(
    group: Group, live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    log_in(page, live_server)
    page.get_by_label("Calls go to").focus()
    page.keyboard.type("A colleague")
    page.keyboard.press("Tab")
    page.keyboard.type("Bo")
    page.get_by_label("Message to the switchboard").press("Enter")
    effect = page.get_by_role("region", name="This is what callers meet")
    expect(effect).to_contain_text("Anna Lind sitter i möte")
    # Bo is away himself: his caller's way is shown to its end.
    expect(effect).to_contain_text("Bo Ek har semester")
    # Nobody covers their group's hours then, which she is told and must accept.
    effect.get_by_label("I know, and want it all the same").press("Space")
    effect.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved. Callers are told from now on.")
    assert Absence.objects.filter(person__name="Anna Lind").get().refer == "colleague"
    context.close()


def test_a_refusal_is_told_and_leads_to_its_field(group: Group, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server.url}/hours/gnosjo/switchboard")
    page.get_by_label("Wednesday").first.fill("noon")
    page.get_by_label("Wednesday").first.press("Enter")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Nothing has been saved")
    told.get_by_role("link").press("Enter")
    expect(page.locator("#day-2")).to_be_focused()
    expect(page.locator("#day-2")).to_have_value("noon")
    context.close()
