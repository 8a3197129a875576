# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import stat
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate

from vaxel.directory import demo, snapshot, tokens
from vaxel.directory.models import Person
from vaxel.domain.rules import Resort
from vaxel.site.config import config

pytestmark = pytest.mark.django_db

Json = dict[str, Any]


@pytest.fixture
def written(demonstration: None) -> Json:
    content: Json = json.loads(demo.write_demo_json(config()).read_text())
    return content


def test_five_municipalities_with_operators_and_people(written: Json) -> None:
    municipalities = written["municipalities"]
    assert set(municipalities) == {"tana", "gnosjo", "falkenberg", "aabenraa", "sollentuna"}
    for municipality in municipalities.values():
        assert len(municipality["operators"]) >= 3
        assert len(municipality["people"]) >= 30
        assert len({person["number"] for person in municipality["people"]}) == len(municipality["people"])
        assert all(person["unit"] and person["tasks"] and person["sip_password"] for person in municipality["people"])


def test_the_file_is_for_this_user_only_and_its_log_ins_work(written: Json) -> None:
    path = config().var / "demo.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    loaded = snapshot.load()
    phones = {phone.user: phone.password for phone in loaded.engine.phones}
    for municipality in written["municipalities"].values():
        for operator in municipality["operators"]:
            assert authenticate(username=operator["user"], password=operator["password"])
            assert tokens.operator_of(operator["token"], loaded.tokens) == operator["id"]
            assert phones[operator["sip_user"]] == operator["sip_password"]
            assert phones[operator["browser_sip_user"]] == operator["browser_sip_password"]
        for person in municipality["people"]:
            assert phones[person["sip_user"]] == person["sip_password"]
            assert loaded.world.numbers[person["number"]].owner == person["id"]
    admin = authenticate(username="admin", password=written["admin"]["password"])
    assert admin
    assert admin.is_superuser


def test_loading_again_leaves_everything_as_it_is(written: Json) -> None:
    anna = Person.objects.filter(organisation="gnosjo")[0]
    anna.name = "Anna Nylind"
    anna.save()
    assert demo.load(config()) == 0
    assert Person.objects.get(pk=anna.pk).name == "Anna Nylind"
    assert Person.objects.count() == 180


@pytest.mark.clause("GNO-13", "SOL-2")
def test_the_municipalities_keep_what_their_papers_say(written: Json) -> None:
    organisations = snapshot.load().world.organisations
    assert organisations["gnosjo"].welcome_phrase == "Välkommen till Gnosjö kommun"
    assert (organisations["sollentuna"].rules.ring, organisations["sollentuna"].rules.order) == (
        30.0,
        (Resort.MAILBOX,),
    )
    assert organisations["falkenberg"].rules.order[-1] is Resort.MAILBOX
    assert organisations["aabenraa"].rules.order[-1] is Resort.SWITCHBOARD


def test_every_number_is_of_a_series_that_reaches_nobody(written: Json) -> None:
    fiction = ("469803192", "463139006", "468465004", "467017406", "47600001", "45840001")
    world = snapshot.load().world
    assert all(number.startswith(fiction) for number in world.numbers)
    assert all(citizen["number"].startswith("467017406") for citizen in written["citizens"])


def test_who_is_away_in_the_demonstration_is_away_again_on_a_later_day(written: Json) -> None:
    from django.utils import timezone

    from vaxel.absence.models import Absence, not_over

    def away() -> int:
        return Absence.objects.filter(not_over(timezone.now()), end__isnull=False).count()

    before = away()
    assert before > 5
    years = timedelta(days=400)
    for absence in Absence.objects.exclude(end=None):
        assert absence.end
        Absence.objects.filter(pk=absence.pk).update(start=absence.start - years, end=absence.end - years)
    ended = Absence.objects.exclude(end=None).order_by("id")[0]
    Absence.objects.filter(pk=ended.pk).update(ended=ended.start - years)
    assert away() == 0
    moved = demo.move_on()
    assert moved == away()
    assert before - 2 <= moved < before, (before, moved, "what somebody has ended stays ended")
    assert demo.move_on() == 0
