# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices: what is asked of one, who hasn't read it, when it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import rows
from vaxel.absence.actions import Wish, set_absence
from vaxel.directory.audit import By
from vaxel.directory.models import AuditEntry, Operator, Organisation, Person
from vaxel.notices import actions, live, upkeep
from vaxel.notices.models import BoardVersion, Notice
from vaxel.notices.plans import NoticePlan

DAY = timedelta(days=1)
BY = By(name="Mette Holm")


def plan(kind: str = "change", **fields: Any) -> NoticePlan:
    return NoticePlan(**{"kind": kind, "title": "Nye takster", **fields})


def faults(home: Organisation, wanted: NoticePlan) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        actions.tell(home, BY, wanted)
    return caught.value.message_dict


@pytest.mark.clause("GNO-17", "FAL-14")
def test_a_notice_is_unread_until_each_operator_has_read_it_and_again_when_it_says_something_else(
    aabenraa: Organisation, trine: Operator
) -> None:
    other = rows.operator(aabenraa, name="Ulla", username="ulla")
    notice = actions.tell(aabenraa, BY, plan(words=["affald, skrald", "gebyr"]))
    assert live.load().notices[notice.key]["unread_by"] == [trine.key, other.key]
    assert live.load().notices[notice.key]["words"] == ["affald", "skrald", "gebyr"]
    actions.acknowledge(notice, trine)
    actions.acknowledge(notice, trine)
    assert live.load().notices[notice.key]["unread_by"] == [other.key]
    actions.change(notice, BY, plan(words=["affald"]))
    assert live.load().notices[notice.key]["unread_by"] == [other.key], "its words alone are no news"
    actions.change(notice, BY, plan(text="Fra mandag"))
    assert live.load().notices[notice.key]["unread_by"] == [trine.key, other.key]
    assert [entry.who for entry in AuditEntry.objects.filter(kind="notice")] == ["Mette Holm"] * 3


@pytest.mark.clause("GNO-17")
def test_who_has_not_read_for_an_hour_is_reminded(aabenraa: Organisation, trine: Operator) -> None:
    notice = actions.tell(aabenraa, BY, plan())
    now = timezone.now()
    assert upkeep.remind(now) == 0
    assert upkeep.remind(now + timedelta(hours=2)) == 1
    assert upkeep.remind(now + timedelta(hours=2, minutes=5)) == 0
    assert live.load().notices[notice.key]["reminded"] == 1
    actions.acknowledge(notice, trine)
    assert upkeep.remind(now + timedelta(hours=9)) == 0


def test_a_notice_is_over_when_its_time_has_passed_or_it_is_withdrawn(aabenraa: Organisation) -> None:
    short = actions.tell(aabenraa, BY, plan(ends=timezone.now() + timedelta(hours=1)))
    long = actions.tell(aabenraa, BY, plan())
    assert set(live.load().notices) == {short.key, long.key}
    before = live.version()
    assert upkeep.close(timezone.now() + timedelta(hours=2)) == 1
    assert live.version() > before
    actions.withdraw(long, By(name="Bo"))
    assert live.load().notices == {}
    assert Notice.objects.get(pk=long.pk).withdrawn_by == "Bo"
    assert BoardVersion.objects.count() == 1


@pytest.mark.clause("AAB-30")
def test_expected_calls_need_people_who_are_there(aabenraa: Organisation, bo: Person) -> None:
    told = faults(aabenraa, plan("expected_calls"))
    assert told == {"people": ["Name those who are present to answer the calls (AAB-30)."]}
    set_absence(bo, BY, Wish(reason="vacation", end=timezone.now() + 5 * DAY))
    away = faults(aabenraa, plan("expected_calls", people=[bo.key], begins=timezone.now() + DAY))
    assert "Bo Ek is away then" in away["people"][0]
    made = actions.tell(aabenraa, BY, plan("expected_calls", people=[bo.key], begins=timezone.now() + 6 * DAY))
    assert live.load().notices[made.key]["people"] == [{"id": bo.key, "name": "Bo Ek"}]


def test_without_such_a_clause_expected_calls_may_do_without_people(db: None) -> None:
    gnosjo = rows.organisation()
    assert actions.tell(gnosjo, BY, plan("expected_calls")).pk


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"text": "CPR 211062-5629"}, "text"),
        ({"ends": timezone.now() - DAY}, "ends"),
        ({"begins": timezone.now() + 2 * DAY, "ends": timezone.now() + DAY}, "ends"),
        ({"ends": timezone.now() + 800 * DAY}, "ends"),
        ({"kind": "temporary_hours"}, "kind"),
        ({"kind": "gossip"}, "kind"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"people": ["p999999"]}, "people"),
        ({"unit": "u999999"}, "unit"),
        ({"words": [f"w{n}" for n in range(60)]}, "words"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(aabenraa: Organisation, fields: dict[str, Any], field: str) -> None:
    assert field in faults(aabenraa, plan(**fields))
    assert not Notice.objects.exists()


def test_people_of_others_and_protected_people_are_not_named(aabenraa: Organisation) -> None:
    hidden = rows.person(aabenraa, "Skjult", "4584000109", protected=True)
    other = rows.person(rows.organisation(), "Anna Lind")
    for person in (hidden, other):
        assert faults(aabenraa, plan(people=[person.key])) == {
            "people": ["Choose people who work for the organisation."]
        }
