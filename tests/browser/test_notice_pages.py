# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of notices, answers and the change form in Chromium: by keyboard, with axe, at 400 %."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
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
    return {"notice": notice.key, "answer": answer.key, "change": _report_leaver(bo, anna)}


def _report_leaver(by: Person, leaver: Person) -> str:
    assert by.user is not None
    day = today_in(by.organisation.time_zone)
    report = staffing.Report(subject="leaver", day=day, details={"person": leaver.key})
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
