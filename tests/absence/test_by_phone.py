# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests import rows
from vaxel.absence import actions, by_phone
from vaxel.absence.by_phone import carry_out
from vaxel.absence.models import Absence
from vaxel.directory import snapshot
from vaxel.directory.models import AuditEntry, Group, Membership, Number, NumberKind, Organisation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def gnosjo() -> Organisation:
    return rows.organisation()


@pytest.fixture
def anna(gnosjo: Organisation) -> Person:
    return rows.person(gnosjo)


@pytest.fixture
def bygg(gnosjo: Organisation, anna: Person) -> Group:
    group = Group.objects.create(organisation=gnosjo, name="Bygglov")
    Number.objects.create(number="46980319290", organisation=gnosjo, kind=NumberKind.GROUP, group=group)
    Membership.objects.create(group=group, person=anna)
    return group


@pytest.mark.clause("GNO-3")
def test_an_absence_keyed_on_the_telephone_is_confirmed_with_reason_and_return(anna: Person) -> None:
    later = timezone.localtime(timezone.now() + timedelta(hours=2), ZoneInfo("Europe/Stockholm"))
    said = carry_out(anna.key, f"*23*2*{later:%H%M}#")
    assert said[:3] == ("absence-set", f"name:{anna.key}", "absent:meeting")
    assert said[3].startswith("back:")
    absence = Absence.objects.get()
    assert (absence.via, absence.set_by_name, absence.refer) == ("phone", "Anna Lind", "")
    assert AuditEntry.objects.get(kind="absence").via == "phone"
    assert carry_out(anna.key, "*#23#")[0:3:2] == ("you-are-away", "absent:meeting")
    assert carry_out(anna.key, "#23#") == ("absence-ended",)
    assert carry_out(anna.key, "*#23#") == ("you-are-here",)


def test_callers_are_referred_to_a_colleague_or_group_by_the_last_digits(anna: Person, bygg: Group) -> None:
    bo = rows.person(anna.organisation, "Bo Ek", "46980319202")
    carry_out(anna.key, "*23*6*1231*9202#")
    assert Absence.objects.get(ended=None).refer_key == bo.key
    carry_out(anna.key, "*23*6*1231*0980319290#")
    assert Absence.objects.get(ended=None).refer_key == bygg.key


@pytest.mark.parametrize(
    ("keyed", "refer"), [("0", "switchboard"), ("1", "voicemail"), ("2", "mobile"), ("46980319000", "switchboard")]
)
def test_callers_are_referred_to_switchboard_voicemail_or_mobile(anna: Person, keyed: str, refer: str) -> None:
    Number.objects.get_or_create(
        number="46980319000", defaults={"organisation": anna.organisation, "kind": NumberKind.MAIN}
    )
    anna.mobile, anna.mobile_consent = "46701740699", timezone.now().date()
    anna.save()
    assert carry_out(anna.key, f"*23*6**{keyed}#")[0] == "absence-set"
    assert Absence.objects.get(ended=None).refer == refer


def test_what_callers_would_hear_is_told_and_changes_nothing(anna: Person) -> None:
    said = by_phone.tried(anna.key, "*23*1*1300")
    assert said[:3] == ("callers-will-hear", f"name:{anna.key}", "absent:lunch")
    assert said[3].startswith("back:")
    assert by_phone.tried(anna.key, "*23*1*9999") == by_phone.NOT_UNDERSTOOD
    assert by_phone.tried(anna.key, "#23#") == by_phone.NOT_UNDERSTOOD
    assert not Absence.objects.exists()


def test_each_thing_that_is_not_possible_is_told_apart(anna: Person) -> None:
    bo = rows.person(anna.organisation, "Bo Ek", "46980319202")
    gone = rows.person(anna.organisation, "Cilla Berg", "46980319203")
    gone.last_day = timezone.now().date() - timedelta(days=1)
    gone.save()
    assert carry_out(bo.key, "*23*6**9201#")[0] == "absence-set"
    said = {carry_out(anna.key, f"*23*6**{number}#") for number in ("9201", "9202", "9203", "7777", "2")}
    assert said == {("refer-oneself",), ("refer-ring",), ("refer-left",), ("refer-unknown",), ("refer-no-mobile",)}
    assert not Absence.objects.filter(person=anna).exists()


def test_what_is_not_possible_is_told_and_changes_nothing(anna: Person) -> None:
    assert carry_out(anna.key, "*23*6*1231*9201#") == ("refer-oneself",)
    assert carry_out(anna.key, "*23*6*1231*7777#") == ("refer-unknown",)
    assert carry_out("p999999", "#23#") == by_phone.NOT_POSSIBLE
    assert carry_out(anna.key, "*99#") == by_phone.NOT_UNDERSTOOD
    assert Absence.objects.count() == 0


def test_members_log_out_and_in(anna: Person, bygg: Group) -> None:
    assert carry_out(anna.key, "#24#") == ("logged-out",)
    assert snapshot.load().world.groups[bygg.key].members == ()
    assert carry_out(anna.key, "*24*9290#") == ("logged-in", f"name:{bygg.key}")
    assert snapshot.load().world.groups[bygg.key].members == (anna.key,)
    other = Group.objects.create(organisation=anna.organisation, name="Annan")
    Number.objects.create(number="46980319291", organisation=anna.organisation, kind=NumberKind.GROUP, group=other)
    assert carry_out(anna.key, "*24*9291#") == by_phone.NO_GROUP
    bo = rows.person(anna.organisation, "Bo Ek", "46980319202")
    assert carry_out(bo.key, "*24#") == by_phone.NO_GROUP


def test_while_the_database_is_away_the_caller_is_asked_to_try_later(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*arguments: object, **fields: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(actions, "back", away)
    assert carry_out(anna.key, "#23#") == by_phone.TRY_LATER
