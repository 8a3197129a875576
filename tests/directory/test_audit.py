# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from django.test import Client

from tests import rows
from vaxel.directory.audit import By, Via, acting, silent
from vaxel.directory.models import AuditEntry, Phone

pytestmark = pytest.mark.django_db


def test_a_change_is_kept_with_who_made_it_and_what_was_before() -> None:
    anna = rows.person(rows.organisation())
    AuditEntry.objects.all().delete()
    with acting(By(name="Carin", via=Via.WEB)):
        anna.title = "Bygglovshandläggare"
        anna.save()
    (entry,) = AuditEntry.objects.all()
    assert (entry.who, entry.via, entry.done, entry.kind, entry.row) == (
        "Carin",
        "web",
        "changed",
        "person",
        str(anna.pk),
    )
    assert (entry.before, entry.after) == ({"title": ""}, {"title": "Bygglovshandläggare"})
    assert entry.organisation_id == "gnosjo"
    anna.save()
    assert AuditEntry.objects.count() == 1, "nothing has changed"


def test_passwords_are_not_kept() -> None:
    gnosjo = rows.organisation()
    phone = Phone.objects.create(user="desk-1", organisation=gnosjo, password="open-sesame")
    phone.password = "another"
    phone.save()
    assert not any("open-sesame" in str(row) or "another" in str(row) for row in AuditEntry.objects.values())


def test_what_is_furnished_silently_is_nobodys_deed() -> None:
    with silent():
        rows.person(rows.organisation())
    assert not AuditEntry.objects.exists()


def test_the_administrations_pages_record_who_is_logged_in() -> None:
    gnosjo = rows.organisation()
    admin = rows.user("admin")
    admin.is_staff = admin.is_superuser = True
    admin.save()
    client = Client()
    client.force_login(admin)
    AuditEntry.objects.all().delete()
    client.post("/admin/directory/unit/add/", {"organisation": gnosjo.pk, "name": "Bygg", "kind": "department"})
    (entry,) = AuditEntry.objects.all()
    assert (entry.who, entry.via, entry.kind, entry.user_id) == ("admin", "administration", "unit", admin.pk)
    assert client.get("/admin/directory/auditentry/").status_code == 200
    assert client.get("/admin/directory/role/").status_code == 200
