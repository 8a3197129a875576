# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of absences, hours and groups in Chromium: by keyboard, with axe, at 400 %."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers, violations
from vaxel.absence.actions import Wish, set_absence
from vaxel.absence.models import Absence
from vaxel.directory import hours
from vaxel.directory.audit import By
from vaxel.directory.models import ClosingDay, Group, Membership, Number, NumberKind, Person, Role, RoleKind

PATHS = ["/absence", "/absences", "/absences?who=bo", "/hours/gnosjo", "/hours/gnosjo/switchboard"]
PATHS += ["/hours/gnosjo/switchboard/exception", "/groups", "/groups/{group}", "/absences/{bo}", "/hours/gnosjo/{bo}"]
PATHS += ["/hours/gnosjo/{bo}/exception", "/hours/gnosjo?who=xyz"]


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
    keys = {"group": group.key, "bo": Person.objects.get(name="Bo Ek").key}
    found = {path: barriers(page, live_server.url + path.format(**keys)) for path in PATHS}
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


def test_a_closing_day_by_keyboard_shows_its_effect_first(
    group: Group, live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server.url}/hours/gnosjo")
    day = hours.today_in("Europe/Stockholm") + timedelta(days=3)
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    page.get_by_label("Reason").fill("Städdag")
    page.get_by_label("Reason").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Close on")
    effect = page.get_by_role("region", name="The effect, before anything is saved")
    expect(effect).to_contain_text("Gnosjo kommun, +46 980 31 92 00: a call on")
    assert violations(page) == []
    assert not ClosingDay.objects.exists()
    effect.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_have_text("The closing day has been added.")
    assert ClosingDay.objects.get().day == day
    context.close()


def test_a_unit_without_hours_closes_for_a_staff_day_by_keyboard(
    group: Group, live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server.url}/hours/gnosjo")
    page.get_by_role("link", name="Add an exception Bygg", exact=True).press("Enter")
    day = hours.today_in("Europe/Stockholm") + timedelta(days=3)
    page.get_by_label("First day").fill(day.isoformat())
    page.get_by_label("Reason").fill("Personaldag")
    page.get_by_label("Reason").press("Enter")
    effect = page.get_by_role("region", name="The effect, before anything is saved")
    expect(effect).to_contain_text("Hours of Bygg")
    expect(effect).to_contain_text("Calls to 2 numbers go another way.")
    expect(effect).to_contain_text(f"a call on {day:%A} {day.day} {day:%B} at 00:00")
    assert violations(page) == []
    effect.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("row", name="Personaldag")).to_contain_text("Bygg")
    context.close()
