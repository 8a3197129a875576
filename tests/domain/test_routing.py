# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a call, by the policy: one small municipality, and what each rule changes in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from vaxel.domain.absence import Absence, AbsenceReason, ReferTo
from vaxel.domain.hours import Schedule, Span
from vaxel.domain.plan import HangUp, Menu, Queue, ReasonCode, Ring, Step, Voicemail
from vaxel.domain.routing import EXTERNAL, INTERNAL, Activity, plan
from vaxel.domain.rules import Choice, Resort, Rules
from vaxel.domain.world import (
    Group,
    NoAnswer,
    Number,
    NumberKind,
    Operator,
    Organisation,
    Person,
    Strategy,
    Unit,
    World,
)

HOUR = 3600.0
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Stockholm")).timestamp()
NIGHT = NOON + 10 * HOUR
MORNING = NOON + 20 * HOUR
"""Tomorrow at eight, when the switchboard opens."""
MAIN, ANNA, BO, CILLA, PERMITS = "46801", "46802", "46803", "46804", "46805"
OFFICE = Schedule(id="office", week=((Span(480, 1020),),) * 7)
RULES = Rules(
    ring=30.0,
    order=(Resort.SAME_FUNCTION, Resort.MAILBOX),
    absence_choices=(Choice.MESSAGE, Choice.COLLEAGUE, Choice.SWITCHBOARD),
    clauses={
        "ring-limit": "SOL-2",
        "answer-order": "FAL-1",
        "absence-referral": "GNO-3",
        "closed-announcement": "GNO-16",
    },
)


def person(key: str, number: str, **more: Any) -> Person:
    usual: dict[str, Any] = {"unit": "Building", "unit_id": "u1", "function": "permits", "phones": (f"phone-{key}",)}
    return Person(id=key, organisation="home", name=key.upper(), number=number, **{**usual, **more})


def world(rules: Rules = RULES, **more: Any) -> World:
    home = Organisation(
        id="home",
        name="Home",
        language="sv",
        country="SE",
        time_zone="Europe/Stockholm",
        main_number=MAIN,
        welcome_phrase="Välkommen",
        rules=rules,
        schedule="office",
    )
    people = (person("anna", ANNA), person("bo", BO), person("cilla", CILLA, function="", unit_id=""))
    group = Group(id="permits", organisation="home", name="Permits", number=PERMITS, members=("anna", "bo"))
    numbers = (
        Number(number=MAIN, organisation="home", kind=NumberKind.MAIN),
        *(Number(number=p.number, organisation="home", kind=NumberKind.DIRECT, owner=p.id) for p in people),
        Number(number=PERMITS, organisation="home", kind=NumberKind.GROUP, owner="permits"),
    )
    usual: dict[str, Any] = {
        "organisations": {"home": home},
        "numbers": {number.number: number for number in numbers},
        "people": {each.id: each for each in people},
        "groups": {"permits": group},
        "operators": {"o1": Operator(id="o1", name="Olga", organisations=("home",), phone="olga")},
        "phones": {},
        "units": {"u1": Unit(id="u1", organisation="home", name="Building")},
        "schedules": {"office": OFFICE},
        "trunk": "trunk",
    }
    return World(**{**usual, **more})


def changed(key: str, **more: Any) -> World:
    """The municipality with one person or group that is different."""
    base = world()
    if key in base.groups:
        return world(groups={**base.groups, key: replace(base.groups[key], **more)})
    return world(people={**base.people, key: replace(base.people[key], **more)})


def away(who: str = "anna", refer: ReferTo = ReferTo.NOWHERE, to: str = "", **more: Any) -> Absence:
    usual: dict[str, Any] = {"reason": AbsenceReason.MEETING, "start": NOON - HOUR, "end": NOON + HOUR}
    return Absence(id=f"{who}-1", person=who, refer=refer, refer_id=to, **{**usual, **more})


def absent(*absences: Absence, rules: Rules = RULES, **more: Any) -> World:
    return world(rules, absences={absence.person: (absence,) for absence in absences}, **more)


def step(number: str, world: World, at: float = NOON, internal: bool = False, activity: Activity | None = None) -> Any:
    return plan(number, internal, world, at, activity or Activity()).plan


def endpoints(ring: Step) -> list[str]:
    assert isinstance(ring, Ring)
    return [target.endpoint for target in ring.targets]


# ── the switchboard ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-13")
def test_the_main_number_is_welcomed_and_waits_for_an_operator() -> None:
    welcome = step(MAIN, world())
    assert welcome.prompts == ("welcome",)
    assert welcome.then.reason.code is ReasonCode.MAIN_NUMBER


@pytest.mark.clause("GNO-16")
def test_after_hours_the_caller_hears_when_the_switchboard_opens() -> None:
    closed = step(MAIN, world(), NIGHT)
    assert closed.prompts == ("closed", f"opens:{MORNING:.0f}")
    assert closed.clause == "GNO-16"
    assert isinstance(closed.then, HangUp)
    assert closed.then.told


def test_after_hours_a_message_may_be_offered() -> None:
    closed = step(MAIN, world(replace(RULES, closed_offers_message=True)), NIGHT)
    assert isinstance(closed, Voicemail)
    assert closed.prompts == ("closed", f"opens:{MORNING:.0f}", "leave-message")


@pytest.mark.clause("FAL-16")
def test_colleagues_wait_behind_citizens() -> None:
    assert step(MAIN, world(), internal=False).then.priority == EXTERNAL
    assert step(MAIN, world(), internal=True).then.priority == INTERNAL


# ── the order ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("FAL-1")
def test_first_the_person_then_the_same_function_then_the_personal_mailbox() -> None:
    first = step(ANNA, world())
    assert (endpoints(first), first.seconds, first.clause) == (["PJSIP/phone-anna"], 30.0, "SOL-2")
    assert (endpoints(first.then), first.then.clause) == (["PJSIP/phone-bo"], "FAL-1")
    assert isinstance(first.then.then, Voicemail)
    assert first.then.then.person == "anna"


@pytest.mark.clause("SOL-2")
def test_nobody_answers_within_the_rings_to_the_switchboard_where_the_person_has_no_mailbox() -> None:
    back = step(CILLA, changed("cilla", no_answer=NoAnswer.SWITCHBOARD)).then
    assert (back.reason.code, back.reason.person) == (ReasonCode.NOT_REACHED, "CILLA")


@pytest.mark.clause("SOL-2")
def test_an_operator_is_told_of_rings_only_where_the_limit_of_that_person_counts_rings() -> None:
    for rules, a_ring in (
        (replace(RULES, a_ring=6.0), 6.0),
        (replace(RULES, a_ring=6.0, a_ring_of={"Building": None}), None),
        (replace(RULES, a_ring=6.0, a_ring_of={"Building": None, "ANNA": 5.0}), 5.0),
    ):
        assert step(ANNA, world(replace(rules, order=(Resort.SWITCHBOARD,)))).then.reason.a_ring == a_ring


@pytest.mark.clause("FAL-11")
def test_a_mailbox_without_a_greeting_says_whose_it_is() -> None:
    assert step(CILLA, world()).then.prompts == ("name:cilla", "voicemail-greeting")
    assert step(CILLA, changed("cilla", has_greeting=True)).then.prompts == ("greeting:cilla",)


@pytest.mark.clause("SOL-2")
def test_units_may_have_rings_of_their_own_and_the_nearest_above_a_person_holds() -> None:
    assert step(ANNA, world(replace(RULES, ring_of_unit={"Building": 18.0}))).seconds == 18.0
    above = {"units": {**world().units, "u9": Unit(id="u9", organisation="home", name="Technology")}}
    above["units"]["u1"] = replace(above["units"]["u1"], parent="u9")
    limits = replace(RULES, ring_of_unit={"Technology": 12.0}, clauses_of={"ring-limit": {"Technology": "SOL-2b"}})
    ring = step(ANNA, world(limits, **above))
    assert (ring.seconds, ring.clause) == (12.0, "SOL-2b")
    nearer = replace(limits, ring_of_unit={"Technology": 12.0, "Building": 18.0})
    assert step(ANNA, world(nearer, **above)).seconds == 18.0
    assert step(ANNA, world(replace(nearer, ring_of_person={"ANNA": 6.0}), **above)).seconds == 6.0


@pytest.mark.clause("FAL-1")
def test_units_and_people_may_have_an_order_of_their_own() -> None:
    rules = replace(
        RULES, order_of={"Building": (Resort.MAILBOX,)}, clauses_of={"answer-order": {"Building": "FAL-1b"}}
    )
    mailbox = step(ANNA, world(rules)).then
    assert (type(mailbox), mailbox.clause) == (Voicemail, "FAL-1b")
    assert isinstance(step(CILLA, world(rules)).then, Voicemail), "she is in no unit"
    back = replace(rules, order_of={"Building": (Resort.MAILBOX,), "ANNA": (Resort.SWITCHBOARD,)})
    assert isinstance(step(ANNA, world(back)).then, Queue)


@pytest.mark.clause("GNO-3")
def test_units_and_people_may_have_absence_choices_of_their_own() -> None:
    rules = replace(
        RULES,
        absence_choices_of={"Building": (Choice.SWITCHBOARD,)},
        speak_reason_of={"ANNA": False},
        clauses_of={"absence-referral": {"Building": "GNO-3b"}},
    )
    led_on = step(ANNA, world(rules, absences={"anna": (away(),)}))
    assert (led_on.clause, led_on.then.reason.code) == ("GNO-3b", ReasonCode.ABSENT_UNREFERRED)
    assert "absent:other" in led_on.prompts
    assert "absent:meeting" in step(BO, world(rules, absences={"bo": (away("bo"),)})).prompts


def test_who_has_left_is_followed_by_the_successor_or_the_switchboard() -> None:
    left = step(ANNA, changed("anna", ended=NOON - 1, successor="cilla"))
    assert left.prompts == ("name:anna", "has-left", "connecting")
    assert endpoints(left.then) == ["PJSIP/phone-cilla"]
    assert step(ANNA, changed("anna", ended=NOON - 1)).then.reason.code is ReasonCode.LEFT
    assert isinstance(step(ANNA, changed("anna", ended=NOON + 1)), Ring)


# ── absence ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-3", "FAL-3", "AAB-20")
def test_an_absence_without_referral_is_told_and_the_caller_chooses() -> None:
    menu = step(ANNA, absent(away()))
    assert isinstance(menu, Menu)
    assert menu.prompts[:3] == ("name:anna", "absent:meeting", f"back:{NOON + HOUR:.0f}")
    assert [option.code for option in menu.options] == ["message", "colleague", "switchboard"]
    assert menu.clause == "GNO-3"
    assert isinstance(menu.otherwise, Queue)
    assert (menu.otherwise.reason.code, menu.otherwise.reason.until) == (ReasonCode.ABSENT_UNREFERRED, NOON + HOUR)


def test_what_cannot_be_had_now_is_not_offered() -> None:
    night = away(end=None, start=NOON)
    menu = step(ANNA, absent(night, away("bo", start=NOON, end=None)), NIGHT)
    assert isinstance(menu, Voicemail), "only the message is left: there is nothing to choose"
    assert menu.prompts == ("name:anna", "absent:meeting", "leave-message")


@pytest.mark.clause("GNO-4")
def test_two_absences_in_a_row_are_told_as_one() -> None:
    lunch = away(reason=AbsenceReason.LUNCH, start=NOON + HOUR, end=NOON + 2 * HOUR)
    menu = step(ANNA, world(absences={"anna": (away(), lunch)}))
    assert menu.prompts[2] == f"back:{NOON + 2 * HOUR:.0f}"


def test_who_is_away_until_closing_time_is_back_when_it_opens() -> None:
    menu = step(ANNA, absent(away(end=NOON + 5 * HOUR)))
    assert menu.prompts[2] == f"back:{MORNING:.0f}"


@pytest.mark.parametrize("reason", [AbsenceReason.SICK, AbsenceReason.PARENTAL, AbsenceReason.LEAVE])
def test_illness_is_nobodys_business(reason: AbsenceReason) -> None:
    assert step(ANNA, absent(away(reason=reason))).prompts[1] == "absent:other"


@pytest.mark.clause("GNO-3", "AAB-20")
@pytest.mark.parametrize(
    ("refer", "to", "leads"),
    [
        (ReferTo.COLLEAGUE, "cilla", ["PJSIP/phone-cilla"]),
        (ReferTo.GROUP, "permits", ["PJSIP/phone-anna", "PJSIP/phone-bo"]),
        (ReferTo.SWITCHBOARD, "", ReasonCode.ABSENT),
    ],
)
def test_a_referral_leads_where_it_says(refer: ReferTo, to: str, leads: object) -> None:
    told = step(ANNA, absent(away(refer=refer, to=to)))
    assert told.prompts[-1] == "connecting"
    assert leads == (told.then.reason.code if isinstance(told.then, Queue) else endpoints(told.then))


def test_a_referral_to_the_mailbox_is_told_and_recorded() -> None:
    mailbox = step(ANNA, absent(away(refer=ReferTo.VOICEMAIL)))
    assert isinstance(mailbox, Voicemail)
    assert mailbox.prompts == ("name:anna", "absent:meeting", f"back:{NOON + HOUR:.0f}", "leave-message")


@pytest.mark.clause("GNO-15")
def test_a_mobile_is_rung_without_telling_its_number_and_only_if_agreed() -> None:
    absence = away(refer=ReferTo.MOBILE)
    people = {**world().people, "anna": person("anna", ANNA, mobile="46700000001")}
    told = step(ANNA, absent(absence, people=people))
    assert endpoints(told.then) == ["PJSIP/46700000001@trunk-trunk"]
    assert told.then.party.number == ANNA
    assert [target.party for target in told.then.targets] == [told.then.party], "whoever sees the call sees her"
    assert isinstance(told.then.then, Voicemail)
    assert isinstance(step(ANNA, absent(absence)), Menu), "no mobile that may be used: as without a referral"


@pytest.mark.clause("GNO-15", "FAL-1")
@pytest.mark.parametrize("phones", [("phone-anna",), ()])
def test_a_mobile_is_next_after_the_desk_where_the_policy_says_so_and_its_user_has_agreed(
    phones: tuple[str, ...],
) -> None:
    """A desk telephone that isn't connected, or that there isn't, is passed over at once."""
    rules = replace(RULES, order=(Resort.MOBILE, Resort.MAILBOX))
    people = {**world().people, "anna": person("anna", ANNA, mobile="46700000001", phones=phones)}
    desk = step(ANNA, world(rules, people=people))
    mobile = desk.then
    assert (endpoints(mobile), mobile.seconds, mobile.clause) == (["PJSIP/46700000001@trunk-trunk"], 30.0, "FAL-1")
    assert [target.party for target in mobile.targets] == [desk.party], "whoever sees the call sees her"
    assert isinstance(mobile.then, Voicemail)
    assert isinstance(step(ANNA, world(rules)).then, Voicemail), "she hasn't agreed"
    assert isinstance(step(ANNA, world(rules, people=people, trunk="")).then, Voicemail), "no way out"


@pytest.mark.clause("AAB-24")
def test_referrals_that_go_round_end_at_the_switchboard() -> None:
    told = step(ANNA, absent(away(refer=ReferTo.COLLEAGUE, to="bo"), away("bo", ReferTo.COLLEAGUE, "anna")))
    assert isinstance(told.then.then, Queue)


# ── groups ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("GNO-5")
def test_a_shared_number_does_not_mind_who_is_away() -> None:
    assert endpoints(step(PERMITS, absent(away()))) == ["PJSIP/phone-anna", "PJSIP/phone-bo"]
    mind = replace(RULES, shared_ignore_absence=False)
    assert endpoints(step(PERMITS, absent(away(), rules=mind))) == ["PJSIP/phone-bo"]


@pytest.mark.clause("SOL-6")
@pytest.mark.parametrize(
    ("strategy", "activity", "first"),
    [
        (Strategy.ORDERED, Activity(rung={"anna": 9.0}, talked={"anna": 9.0}), "anna"),
        (Strategy.IN_TURN, Activity(rung={"anna": 9.0, "bo": 5.0}), "bo"),
        (Strategy.LONGEST_IDLE, Activity(talked={"anna": 5.0, "bo": 9.0}), "anna"),
    ],
)
def test_one_after_the_other_in_the_groups_order(strategy: Strategy, activity: Activity, first: str) -> None:
    ring = step(PERMITS, changed("permits", strategy=strategy), activity=activity)
    assert endpoints(ring) == [f"PJSIP/phone-{first}"]
    assert len(ring.more) == 1


def test_a_group_rings_no_longer_than_a_caller_may_wait() -> None:
    ring = step(PERMITS, changed("permits", strategy=Strategy.ORDERED, seconds=80.0))
    assert ring.longest <= RULES.longest_ringing


@pytest.mark.parametrize(
    ("more", "leads"),
    [({"overflow": "cilla"}, Ring), ({"mailbox": True}, Voicemail), ({}, Queue)],
    ids=["overflow", "mailbox", "switchboard"],
)
def test_what_nobody_in_the_group_took_goes_on(more: dict[str, Any], leads: type) -> None:
    assert isinstance(step(PERMITS, changed("permits", **more)).then, leads)


@pytest.mark.clause("AAB-31")
def test_a_temporary_group_is_the_switchboards_before_and_after() -> None:
    hotline = changed("permits", first=NOON, last=NOON + HOUR)
    assert isinstance(step(PERMITS, hotline, NOON - 1), Queue)
    assert isinstance(step(PERMITS, hotline, NOON), Ring)
    assert isinstance(step(PERMITS, hotline, NOON + HOUR), Queue)


# ── hours of one's own ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.clause("AAB-5", "AAB-10")
def test_outside_a_units_own_hours_the_caller_hears_when_and_chooses() -> None:
    base = world()
    afternoon = Schedule(id="afternoon", week=((Span(780, 900),),) * 7)
    own = world(
        units={"u1": replace(base.units["u1"], schedule="afternoon")},
        schedules={**base.schedules, "afternoon": afternoon},
    )
    menu = step(ANNA, own)
    assert menu.prompts[:2] == ("unit-closed", f"opens:{NOON + HOUR:.0f}")
    assert [option.code for option in menu.options] == ["message", "switchboard"]
    assert menu.options[1].then.reason.code is ReasonCode.CLOSED_UNIT
    assert isinstance(step(ANNA, own, NOON + HOUR), Ring)
    assert isinstance(step(CILLA, own), Ring), "she belongs to no unit"


@pytest.mark.clause("AAB-5", "AAB-10")
def test_each_unit_and_group_cites_the_clause_that_is_meant_for_it() -> None:
    """Aabenraa: the job centre sets its own hours by one clause, groups that work outside by another."""
    rules = replace(RULES, clauses_of={"own-hours": {"Job centre": "AAB-10", "Permits": "AAB-5"}})
    base = world()
    closed = {**base.schedules, "never": Schedule(id="never", week=((),) * 7)}
    own = world(
        rules,
        units={
            "top": Unit(id="top", organisation="home", name="Job centre", schedule="never"),
            "u1": Unit(id="u1", organisation="home", name="Permits office", parent="top"),
        },
        groups={"permits": replace(base.groups["permits"], schedule="never")},
        schedules=closed,
    )
    assert step(ANNA, own).clause == "AAB-10", "by the unit above"
    assert step(ANNA, own).options[1].then.reason.clause == "AAB-10"
    assert step(PERMITS, own).clause == "AAB-5"


@pytest.mark.clause("GNO-14", "TAN-3")
def test_what_nobody_answered_comes_back_by_the_clause_of_the_order_where_no_other_speaks_of_it() -> None:
    rules = replace(RULES, order=(Resort.SWITCHBOARD,), clauses={"answer-order": "GNO-14"})
    back = step(ANNA, world(rules)).then
    assert (back.reason.code, back.reason.clause, back.clause) == (ReasonCode.NOT_REACHED, "GNO-14", "GNO-14")
    full = step(PERMITS, world(rules)).then
    assert (full.reason.code, full.reason.clause) == (ReasonCode.OVERFLOW, "GNO-14")


def test_a_number_that_nobody_has_is_refused() -> None:
    refused = step("46899", world())
    assert isinstance(refused, HangUp)
    assert plan("46899", False, world(), NOON).organisation == ""


# ── protected identity ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("at", "absences"), [(NOON, ()), (NIGHT, ()), (NOON, (away(),))])
def test_no_call_shows_the_name_of_a_protected_identity(at: float, absences: tuple[Absence, ...]) -> None:
    """Calls are seen by all who answer; whoever may know her name finds her in the directory."""
    here = replace(changed("anna", protected=True), absences={"anna": absences} if absences else {})
    route = plan(ANNA, False, here, at, Activity())
    assert "ANNA" not in f"{route}"
    assert ANNA in f"{plan(ANNA, False, here, NOON, Activity())}", "her number is shown"
