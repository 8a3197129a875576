# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of notices, answers and the change form in Chromium: by keyboard, with axe, at 400 %."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers, violations
from tests.browser.test_hours_pages import log_in
from vaxel.directory.access import Actor
from vaxel.directory.audit import By
from vaxel.directory.hours import today_in
from vaxel.directory.models import Person, Role, RoleKind
from vaxel.directory.rights import Rights
from vaxel.notices import actions, answers, feeds
from vaxel.notices.models import Notice
from vaxel.notices.plans import AnswerPlan, NoticePlan
from vaxel.staffing import actions as staffing

PATHS = ["/notices", "/notices?over=1", "/notices/of/gnosjo/new", "/notices/{notice}", "/answers", "/answers/{answer}"]
PATHS += ["/staff", "/staff/of/gnosjo/mover", "/staff/of/gnosjo/joiner", "/staff/of/gnosjo/unstaffed"]
PATHS += ["/staff/of/gnosjo/leaver", "/staff/of/gnosjo/task", "/staff/of/gnosjo/case_division", "/staff/{change}"]


@pytest.fixture(scope="module", autouse=True)
def database_beside_playwright() -> Iterator[None]:
    """Playwright's own event loop runs in this thread, and Django would refuse the database because of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def keys(transactional_db: None) -> dict[str, str]:
    gnosjo = rows.organisation()
    rows.operator(gnosjo)
    anna = rows.person(gnosjo, user=rows.user("anna"), unit="Bygg", has_greeting=True)
    bo = rows.person(gnosjo, "Bo Ek", "46980319202", unit="Bygg", user=rows.user("bo"), has_greeting=True)
    Role.objects.create(organisation=gnosjo, person=anna, kind=RoleKind.MANAGER)
    Role.objects.create(organisation=gnosjo, unit=bo.unit, person=bo, kind=RoleKind.PHONE_CONTACT)
    by = By(name="Bo Ek")
    plan = NoticePlan(
        kind="expected_calls", title="Brev om taxor", text="Ring", answer="Ja", people=[bo.key], cover="Vi"
    )
    notice = actions.tell(gnosjo, by, plan)
    actions.withdraw(actions.tell(gnosjo, by, NoticePlan(kind="change", title="Gammalt")), by)
    answer = answers.prepare(gnosjo, by, AnswerPlan(question="Behövs bygglov?", text="Sällan."))
    answers.change(answer, by, AnswerPlan(question="Behövs bygglov?", text="Aldrig."))
    feeds.add_feed(gnosjo, by, "https://gnosjo.example/rss")
    return {"notice": notice.key, "answer": answer.key, "change": _report(bo, "leaver", person=anna.key)}


def _report(by: Person, subject: str, unit: str = "", **details: str | bool) -> str:
    assert by.user is not None
    day = today_in(by.organisation.time_zone)
    report = staffing.Report(subject=subject, day=day, unit=unit, details=details)
    made = staffing.report(by.organisation, Rights(Actor(by.user)), By(name=by.name, user=by.user.pk), report)
    return made.key


def test_no_page_has_a_barrier(keys: dict[str, str], live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    found = {path: barriers(page, live_server.url + path.format(**keys)) for path in PATHS}
    context.close()
    assert not any(found.values()), found


def test_an_approval_shows_its_effect_first(keys: dict[str, str], live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server.url}/staff")
    page.get_by_role("button", name="Approve").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Approve")
    effect = page.get_by_role("region", name="The effect, before anything is saved")
    expect(effect).to_be_visible()
    assert violations(page) == []
    context.close()


def test_whoever_is_new_gets_what_was_set_up_and_chooses_a_password(
    keys: dict[str, str], live_server: LiveServer, browser: Browser
) -> None:
    """Each page in each of its states: what is to be handed over, the link, the password, the choice, refused, too late."""
    anna = Person.objects.get(name="Anna Lind")
    assert anna.unit is not None
    change = _report(anna, "joiner", anna.unit.key, name="Siv Ny", log_in=True, telephone=True)
    staffing.carry_out_due(timezone.now())
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server)
    address = f"{live_server.url}/staff/{change}/hand-over"
    assert barriers(page, address) == []
    page.get_by_role("button", name="Make a link").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("not shown again")
    link = page.get_by_text("/invited/").inner_text()
    assert violations(page) == []
    page.get_by_role("button", name="Give the telephone a password").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Type both")
    assert violations(page) == []
    context.close()
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    assert barriers(page, link) == []
    for password in ("short", rows.PASSWORD):
        page.get_by_label("Password").fill(password)
        page.get_by_label("The same once more").fill(password)
        page.keyboard.press("Enter")
        if password == "short":
            expect(page.get_by_role("alert")).to_contain_text("too short")
            assert violations(page) == []
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    assert barriers(page, link) == []
    expect(page.get_by_role("alert")).to_contain_text("has been used")
    context.close()


def test_by_keyboard_at_four_hundred_percent(keys: dict[str, str], live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", viewport={"width": 320, "height": 256})
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server.url}/notices/of/gnosjo/new")
    page.get_by_label("What it is about").fill("Ny taxa")
    page.get_by_label("Subject words").fill("sopor")
    page.get_by_label("Who answers meanwhile").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved. The operators see it now.")
    assert Notice.objects.filter(title="Ny taxa", words="sopor").exists()
    context.close()
