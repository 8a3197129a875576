# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of those who answer for a whole organisation, in Chromium: imports and lists, numbers, policies; without barriers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import rows
from tests.browser.barriers import barriers, violations
from tests.browser.test_pages import database_beside_playwright
from tests.policy.variants import put_in_force
from vaxel.directory.audit import By
from vaxel.directory.models import Organisation, Person, Role, RoleKind
from vaxel.exchange.models import ExternalKey, Material, Source
from vaxel.policy.actions import propose
from vaxel.policy.models import PolicyVersion

__all__ = ["database_beside_playwright"]

PATHS = ["/exchange/gnosjo", "/exchange/gnosjo/sources/new/ldap", "/exchange/gnosjo/sources/new/scim"]
PATHS += ["/materials/gnosjo", "/telephone-list/gnosjo", "/numbers/gnosjo", "/groups/new/gnosjo"]
PATHS += ["/policy", "/policy/gnosjo", "/policy/gnosjo/new", "/policy/gnosjo?from=2026-02-01&to=2026-01-01"]
PATHS += [
    "/policy/gnosjo/{version}",
    "/policy/gnosjo/{proposal}",
    "/exchange/gnosjo/held",
    "/materials/gnosjo/{material}",
]
PATHS += ["/numbers/gnosjo/46980319201/remove", "/numbers/gnosjo/give"]
FILE = "Nummer;Vem;Telefon;Avdelning\n1;Åsa Öberg;0980-31 92 05;Bygg\n2;Bo Ek;fel;Bygg\n".encode("windows-1252")


@pytest.fixture
def page(transactional_db: None, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """Anna leads the municipality."""
    gnosjo = rows.organisation()
    rows.operator(gnosjo)
    anna = rows.person(gnosjo, user=rows.user("anna"), unit="Ledning", has_greeting=True)
    Role.objects.create(organisation=gnosjo, person=anna, kind=RoleKind.MANAGER)
    put_in_force("gnosjo", seconds=15)
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/log-in?next=/exchange/gnosjo")
    page.get_by_label("User").fill("anna")
    page.get_by_label("Password").fill(rows.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield page
    context.close()


def _furnished() -> dict[str, int]:
    """A version that is proposed, what was changed by hand, a material."""
    home = Organisation.objects.get()
    active = PolicyVersion.objects.get()
    text = active.text.replace("seconds = 15", "seconds = 20").replace(
        f'version = "{active.version}"', 'version = "next"'
    )
    proposal = propose(text, By(name="Test"), organisation=home.pk)
    source = Source.objects.create(organisation=home, name="Personal", kind="csv")
    anna = Person.objects.get()
    said = {"name": "Anna Lindh"}
    ExternalKey.objects.create(source=source, person=anna, key="1", said=said, given=said)
    material = Material.objects.create(organisation=home, name="Blanketter", kind="other")
    return {"version": active.pk, "proposal": proposal.pk, "material": material.pk}


def test_no_page_has_a_barrier(page: Page, live_server: LiveServer) -> None:
    keys = _furnished()
    found = {path: barriers(page, live_server.url + path.format(**keys)) for path in PATHS}
    assert [found for found in found.items() if found[1]] == []


def test_a_file_is_chosen_its_effect_seen_and_carried_out(page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    """By somebody who sees it for the first time: each step says what comes next."""
    file = tmp_path / "folk.csv"
    file.write_bytes(FILE)
    page.get_by_label("CSV or vCard file").set_input_files(file)
    page.get_by_label("Where it comes from").fill("Personal")
    page.get_by_role("button", name="Upload").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Import from Personal")
    assert barriers(page, page.url) == []
    page.get_by_label("Nummer").select_option(label="key")
    page.get_by_label("Vem").select_option(label="name")
    page.get_by_role("button", name="Show what would be done").press("Enter")
    effect = page.get_by_role("region", name="What would be done")
    expect(effect).to_contain_text("1 person is added")
    expect(effect).to_contain_text("“fel” isn't a telephone number")
    assert violations(page) == []
    page.get_by_role("button", name="Import", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    assert list(Person.objects.filter(name="Åsa Öberg").values_list("unit__name", flat=True)) == ["Bygg"]
