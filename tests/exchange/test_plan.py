# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an import would do, decided without a database."""

from __future__ import annotations

from datetime import date

import pytest

from vaxel.exchange.fields import Entry, Problem
from vaxel.exchange.plan import Directory, Do, Known, Options, Plan, plan

TODAY = date(2026, 11, 24)


def known(person: int, key: str = "", **values: str) -> Known:
    """Somebody to whom the source gave all that she has."""
    told = {"name": f"Person {person}", **values}
    return Known(person=person, name=told["name"], key=key, values=told, said=told, given=told if key else {})


def planned(entries: list[Entry], *people: Known, problems: list[Problem] | None = None, **options: bool) -> Plan:
    owners = {number: person.person for person in people for number in person.values.get("numbers", "").split()}
    directory = Directory(
        organisation="Gnosjö kommun",
        today=TODAY,
        country="SE",
        people=people,
        owners={"46980319200": None, **owners},
        units=["Samhälle", "Samhälle / Bygg", "Skola", "Skola / Kök", "Vård / Kök"],
    )
    return plan(entries, problems or [], directory, Options(**options))


def entry(line: int, key: str, name: str = "", **values: str) -> Entry:
    return Entry(line, key, {"name": name or f"Person {key}", **values})


def test_people_are_added_changed_and_left_alone() -> None:
    found = planned(
        [entry(2, "1", title="Chef"), entry(3, "2", title="Kock"), entry(4, "3", numbers="46980319203")],
        known(1, "1", title="Handläggare"),
        known(2, "2", title="Kock"),
    )
    assert [step.do for step in found.steps] == [Do.CHANGE, Do.UNCHANGED, Do.ADD]
    assert (found.steps[0].before, found.steps[0].after) == ({"title": "Handläggare"}, {"title": "Chef"})
    assert found.counts == {"add": 1, "change": 1, "leave": 0, "unchanged": 1, "held": 0, "wrong": 0}


def test_what_was_changed_by_hand_stays_until_both_agree() -> None:
    by_hand = Known(
        person=1,
        name="Anna",
        key="1",
        values={"name": "Anna", "title": "Chef"},
        given={"name": "Anna", "title": "Kock"},
    )
    held = planned([entry(2, "1", "Anna", title="Kock")], by_hand).steps[0]
    assert (held.do, held.after, held.held) == (Do.UNCHANGED, {}, {"title": "Kock"})
    assert planned([entry(2, "1", "Anna", title="Kock")], by_hand, override=True).steps[0].after == {"title": "Kock"}
    assert planned([entry(2, "1", "Anna", title="Chef")], by_hand).steps[0].held == {}


def test_somebody_who_was_there_before_the_source_is_recognised_and_keeps_what_she_has() -> None:
    by_mail = Known(
        person=7, name="Anna Lind", values={"name": "Anna Lind", "email": "Anna@example.org", "title": "Chef"}
    )
    step = planned([entry(2, "x", "Anna Lind", email="anna@example.org", title="Kock", function="kök")], by_mail).steps[
        0
    ]
    assert (step.person, step.adopted) == (7, True)
    assert step.after == {"function": "kök"}
    assert step.held == {"email": "anna@example.org", "title": "Kock"}


def test_a_number_alone_makes_nobody_the_same_person() -> None:
    before = known(7, numbers="46980319201")
    assert planned([entry(2, "x", "Person 7", numbers="46980319201")], before).steps[0].person == 7
    other = planned([entry(2, "x", "Bo Ek", numbers="46980319201")], before)
    assert not other.steps
    assert other.problems == [Problem(2, "", "the number 46980319201 belongs to Person 7")]


def test_more_than_a_tenth_may_not_vanish_unasked() -> None:
    people = [known(n, str(n)) for n in range(1, 31)]
    all_but_three = [entry(n, str(n)) for n in range(1, 28)]
    assert planned(all_but_three, *people, complete=True).refusal == ""
    all_but_four = all_but_three[:-1]
    refused = planned(all_but_four, *people, complete=True)
    assert refused.refusal.startswith("4 of the 30 people whom this source knows would leave")
    assert planned(all_but_four, *people, complete=True, force=True).refusal == ""
    assert planned(all_but_four, *people).counts["leave"] == 0


def test_whoever_stands_in_a_faulty_row_has_not_left() -> None:
    people = [known(n, str(n)) for n in range(1, 12)]
    entries = [entry(n, str(n)) for n in range(1, 12)]
    found = planned(entries, *people, problems=[Problem(3, "Telefon", "wrong")], complete=True)
    assert found.counts == {"add": 0, "change": 0, "leave": 0, "unchanged": 10, "held": 0, "wrong": 1}


def test_nobody_leaves_while_a_row_has_no_key() -> None:
    people = [known(n, str(n)) for n in range(1, 12)]
    entries = [*(entry(n, str(n)) for n in range(1, 11)), entry(12, "", "Somebody")]
    found = planned(entries, *people, problems=[Problem(12, "Id", "it is empty")], complete=True)
    assert found.refusal.startswith("Nobody can leave as long as there are rows without a key")


def test_a_leaver_gets_today_as_last_day_and_comes_back_without_it() -> None:
    left = planned([], known(1, "1"), complete=True, force=True).steps[0]
    assert (left.do, left.after) == (Do.LEAVE, {"last_day": "2026-11-24"})
    gone = Known(person=1, name="Person 1", key="1", gone=True, values={"name": "Person 1", "last_day": "2026-11-01"})
    back = planned([entry(2, "1")], gone).steps[0]
    assert (back.do, back.after) == (Do.CHANGE, {"last_day": ""})


def test_keys_and_numbers_that_stand_twice_are_told_with_the_other_line() -> None:
    found = planned([entry(2, "1", numbers="46980319201"), entry(3, "1"), entry(4, "2", numbers="46980319201")])
    assert [(problem.line, problem.told.partition(":")[0]) for problem in found.problems] == [
        (3, "the key “1” stands on line 2 already"),
        (4, "the number 46980319201 stands on line 2 already"),
    ]


def test_numbers_change_hands_in_one_import() -> None:
    found = planned(
        [
            entry(2, "1", numbers="46980319202"),
            entry(3, "2", numbers="46980319201"),
            entry(4, "4", numbers="46980319203"),
        ],
        known(1, "1", numbers="46980319201"),
        known(2, "2", numbers="46980319202"),
        Known(person=3, name="Left", values={"name": "Left", "numbers": "46980319203", "last_day": "2026-10-31"}),
    )
    assert not found.problems
    assert [step.after.get("numbers") for step in found.steps] == ["46980319202", "46980319201", "46980319203"]


def test_a_row_that_fails_takes_its_number_with_it() -> None:
    found = planned(
        [entry(2, "1", numbers="46980319200"), entry(3, "2", numbers="46980319201")],
        known(1, "1", numbers="46980319201"),
        known(2, "2"),
    )
    assert [(problem.line, problem.told) for problem in found.problems] == [
        (2, "the number 46980319200 has another owner already"),
        (3, "the number 46980319201 belongs to Person 1"),
    ]


def test_units_are_found_by_the_end_of_their_path_and_made_when_there_are_none() -> None:
    found = planned(
        [
            entry(2, "1", unit="bygg"),
            entry(3, "2", unit="Gnosjö kommun / Skola"),
            entry(4, "3", unit="Kök"),
            entry(5, "4", unit="Skola / Städ / Natt"),
        ]
    )
    assert [step.after["unit"] for step in found.steps] == ["Samhälle / Bygg", "Skola", "Skola / Städ / Natt"]
    assert found.units == ["Skola / Städ", "Skola / Städ / Natt"]
    assert "there are several units “Kök”" in found.problems[0].told


def test_a_protected_identity_is_neither_told_nor_touched() -> None:
    hidden = Known(
        person=1, name="Hidden", key="1", protected=True, values={"name": "Hidden", "numbers": "46980319201"}
    )
    found = planned([entry(2, "2", numbers="46980319201")], hidden, complete=True, force=True)
    assert found.problems == [Problem(2, "", "the number 46980319201 has another owner already")]
    assert not found.steps
    changed = planned([entry(2, "1", "New", title="Chef")], hidden)
    assert not changed.steps
    assert "Hidden" not in changed.problems[0].told


def test_people_are_named_by_key_address_or_number_wherever_their_rows_stand() -> None:
    found = planned(
        [
            entry(2, "1", successor="3", substitutes="eva@example.org 2026-07-01/2026-07-31, 0980-31 92 09"),
            entry(3, "2", successor="p9"),
            entry(4, "3"),
            entry(5, "4", email="eva@example.org"),
        ],
        known(1, "1"),
        known(9, numbers="46980319209"),
    )
    assert not found.problems
    assert found.steps[0].after == {"successor": "=4", "substitutes": "p9, =5 2026-07-01/2026-07-31"}
    assert found.steps[1].after["successor"] == "p9"


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (
            {"successor": "Eva"},
            "successor: nobody, or more than one, has the key, e-mail address or number “Eva”",
        ),
        ({"substitutes": "1"}, "substitutes: it is she herself"),
        ({"successor": "5"}, "it names the person on line 3, whose row is left out"),
        ({"successor": "6"}, "the successors lead back to where they began"),
        ({"mobile_consent": "2026-01-01"}, "there is no mobile number to which she could have agreed"),
        (
            {"mobile": "46701740605", "mobile_consent": "2026-12-01"},
            "she can't have agreed on 2026-12-01, which is still to come",
        ),
    ],
)
def test_a_row_that_names_nobody_or_agrees_to_nothing_is_left_out_and_told(told: dict[str, str], wrong: str) -> None:
    found = planned(
        [entry(2, "1", **told), entry(3, "5", numbers="46980319209")],
        known(1, "1"),
        known(6, "6", successor="p1"),
        known(9, numbers="46980319209"),
    )
    assert found.problems[0] == Problem(2, "", wrong)
    assert not found.steps


def test_whoever_names_somebody_in_a_faulty_row_is_told_so() -> None:
    found = planned([entry(2, "1", successor="2"), entry(3, "2")], problems=[Problem(3, "Telefon", "wrong")])
    assert found.problems[0].told == "it names the person on line 3, whose row is left out"


def test_a_consent_is_for_the_number_it_was_given_for_and_never_written_over_what_she_decided() -> None:
    told = {"mobile": "46701740605", "mobile_consent": "2026-01-01"}
    before = known(1, "1", **told)
    moved = planned([entry(2, "1", **{**told, "mobile": "46701740606"})], before).steps[0]
    assert moved.after == {"mobile": "46701740606", "mobile_consent": ""}
    values = {"name": "Person 1", **told, **moved.after}
    later = Known(person=1, name="Person 1", key="1", values=values, said=moved.said, given=values)
    again = planned([entry(2, "1", **moved.said)], later, override=True).steps[0]
    assert (again.after, again.held) == ({}, {"mobile_consent": "2026-01-01"})
    fresh = {"mobile": "46701740606", "mobile_consent": "2026-11-01"}
    assert planned([entry(2, "1", **fresh)], later).steps[0].after == {"mobile_consent": "2026-11-01"}
    taken_back = Known(
        person=1, name="Person 1", key="1", values={**before.values, "mobile_consent": ""}, said=told, given=told
    )
    newer = planned([entry(2, "1", **{**told, "mobile_consent": "2026-11-01"})], taken_back, override=True).steps[0]
    assert newer.held == {"mobile_consent": "2026-11-01"}


def test_whom_the_importer_may_not_see_she_neither_names_nor_removes() -> None:
    hidden = Known(person=8, name="Hidden", key="8", values={"email": "hidden@example.org"}, protected=True)
    anna = known(1, "1", substitutes="p8, p9", successor="p8")
    found = planned([entry(2, "1", substitutes="", successor="")], anna, hidden, known(9))
    assert found.steps[0].after == {"substitutes": "p8"}
    for who in ("8", "p8", "hidden@example.org"):
        assert planned([entry(2, "1", successor=who)], anna, hidden).problems
        assert not planned([entry(2, "1", successor=who)], anna, hidden, protected=True).problems


def test_a_row_of_an_export_is_the_same_person_whatever_key_another_file_gave_her() -> None:
    people = [known(7, "1"), *(known(n, str(n)) for n in range(20, 40))]
    found = planned([entry(2, "p7", "Person 7")], *people, complete=True, force=True)
    assert (found.steps[0].person, found.steps[0].key, found.steps[0].do) == (7, "1", Do.UNCHANGED)
    assert "Person 7" not in [step.name for step in found.of(Do.LEAVE)]
    assert planned([entry(2, "p7", "Somebody Else")], *people).steps[0].person is None
