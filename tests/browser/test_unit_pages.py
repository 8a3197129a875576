# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of units, tasks, people, publication and calendars in Chromium: by keyboard, with axe, at 400 %."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers, violations
from vaxel.absence.calendars.models import BusyTime, Calendar, Proposal
from vaxel.cases.models import CaseDivision, CaseShare
from vaxel.directory.audit import By, acting
from vaxel.directory.models import Exemption, Person, Role, RoleKind, Synonyms, Task, TaskHandler, Unit

PATHS = ["/units", "/units/{unit}", "/units/{unit}/tasks", "/people/{person}", "/published", "/completeness"]
PATHS += ["/synonyms/gnosjo", "/synonyms/gnosjo/new", "/case-divisions/gnosjo", "/case-divisions/gnosjo/new"]
PATHS += ["/calendar", "/calendars", "/units/{unit}/tasks/{task}"]


@pytest.fixture(scope="module", autouse=True)
def database_beside_playwright() -> Iterator[None]:
    """Playwright's own event loop runs in this thread, and Django would refuse the database because of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def bygg(transactional_db: None) -> Unit:
    gnosjo = rows.organisation()
    rows.operator(gnosjo)
    mobile: dict[str, Any] = {"mobile": "46701740605", "mobile_consent": timezone.localdate()}
    anna = rows.person(gnosjo, user=rows.user("anna"), unit="Bygg", has_greeting=True, title="Chef", **mobile)
    bo = rows.person(gnosjo, "Bo Ek", "46980319202", unit="Bygg", has_greeting=True, function="bygglov")
    assert anna.unit
    Role.objects.create(organisation=gnosjo, person=anna, unit=anna.unit, kind=RoleKind.MANAGER)
    Role.objects.create(organisation=gnosjo, person=anna, kind=RoleKind.PHONE_CONTACT)
    with acting(By(name="Anna Lind")):
        Synonyms.objects.create(organisation=gnosjo, words="hund, vovve")
        division = CaseDivision.objects.create(organisation=gnosjo, task="Försörjningsstöd", by="day")
        CaseShare.objects.create(division=division, person=anna, first="1", last="31")
    task = Task.objects.create(organisation=gnosjo, unit=anna.unit, name="Bygglov", search_words="altan, carport")
    TaskHandler.objects.create(task=task, person=bo)
    Exemption.objects.create(person=bo, what="number", reason="Har fått hot.", asked_by="Bo Ek")
    now = timezone.now()
    read = Calendar.objects.create(person=anna, host="calendar.example", read_at=now, identity_numbers=1)
    BusyTime.objects.create(calendar=read, start=now - timedelta(minutes=5), end=now + timedelta(minutes=1))
    Proposal.objects.create(calendar=read, mark="1", start=now + timedelta(days=1), end=now + timedelta(days=2))
    Calendar.objects.create(person=bo, host="calendar.example", failure="log_in", failing_since=now)
    return anna.unit


def paths(unit: Unit) -> list[str]:
    person = Person.objects.get(name="Anna Lind")
    return [path.format(unit=unit.key, person=person.key, task=Task.objects.get().pk) for path in PATHS]


def log_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/log-in?next=/units")
    page.get_by_label("User").fill("anna")
    page.get_by_label("Password").fill(rows.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Units", level=1)).to_be_visible()


def test_no_page_has_a_barrier(bygg: Unit, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    found = {path: barriers(page, live_server.url + path) for path in paths(bygg)}
    context.close()
    assert not any(found.values()), found


def test_what_is_refused_of_people_units_and_publication_has_no_barrier(
    bygg: Unit, live_server: LiveServer, browser: Browser
) -> None:
    """A page of each after what it refuses, and one that shows an effect."""
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    person = Person.objects.get(name="Anna Lind")
    page.goto(f"{live_server.url}/people/{person.key}")
    page.get_by_label("Substitute", exact=True).fill("Nobody Known")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nobody is found")
    assert violations(page) == []
    page.goto(f"{live_server.url}/people/{person.key}")
    page.get_by_label("Reason not to publish it").first.fill("Hot")
    page.get_by_role("button", name="Ask the head").first.press("Enter")
    expect(page.get_by_text("Not decided yet")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{live_server.url}/synonyms/gnosjo/new")
    page.get_by_label("Words that mean the same").fill("hund")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("at least two words")
    assert violations(page) == []
    page.goto(f"{live_server.url}/case-divisions/gnosjo/new")
    page.get_by_label("Task").fill("Sjukpenning")
    page.get_by_label("Who handles it").first.fill("Nobody Known")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nobody is found")
    assert violations(page) == []
    page.goto(f"{live_server.url}/units/{bygg.key}")
    page.get_by_label("Calls are to be passed on only to").fill("Bo Ek")
    page.get_by_role("button", name="Save").press("Enter")
    effect = page.get_by_role("region", name="The effect, before anything is saved")
    expect(effect).to_contain_text("pass calls to Bygg on to Bo Ek only")
    assert violations(page) == []
    effect.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_have_text("The unit has been saved.")
    context.close()


def test_whoever_has_never_seen_it_adds_a_task_by_keyboard(
    bygg: Unit, live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    log_in(page, live_server)
    page.get_by_role("link", name="Bygg", exact=True).press("Enter")
    page.get_by_role("link", name="Add a task").press("Enter")
    page.get_by_label("What is it called, in the words of citizens?").fill("Hundtillstånd")
    page.keyboard.press("Tab")
    page.keyboard.type("valp, vovve")
    page.get_by_label("Bo Ek").focus()
    page.keyboard.type("handles")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_have_text("The task has been saved.")
    expect(page.get_by_role("row", name="Hundtillstånd")).to_contain_text("Bo Ek")
    page.get_by_role("button", name="I have looked: all of it is right").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("you reviewed Bygg today")
    context.close()
