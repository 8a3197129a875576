# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form that is sent twice at the same time."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from tests import rows
from vaxel.directory.models import Operator
from vaxel.exchange import materials
from vaxel.exchange.models import Material


@pytest.mark.django_db
def test_who_comes_second_is_told_by_the_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    home = rows.organisation()
    operator = Operator.objects.create(user=rows.user("britta"), name="Britta")
    operator.organisations.add(home)
    client.force_login(operator.user)
    form = {"name": "Lista", "kind": "list", "days": "30"}
    keep = materials.keep

    def beside_another(material: Material, by: object) -> Material:
        """The other one's is written after the form has been looked at."""
        monkeypatch.setattr(materials, "keep", keep)
        Material.objects.create(organisation=home, name="Lista", kind="list")
        with transaction.atomic():
            material.save()
        return material

    monkeypatch.setattr(materials, "keep", beside_another)
    answer = client.post(f"/materials/{home.pk}", form)
    assert (answer.status_code, Material.objects.count()) == (422, 1)
    assert "already" in answer.text
