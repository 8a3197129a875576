# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is exported comes back without changing anything, and makes the same people elsewhere."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import rows
from vaxel.directory.audit import By, Via
from vaxel.directory.models import (
    FunctionRole,
    FurtherFunction,
    NoAnswer,
    Organisation,
    Person,
    Place,
    Prefers,
    Substitute,
    Unit,
)
from vaxel.exchange import actions, doors, export
from vaxel.exchange.apply import carry_out
from vaxel.exchange.fields import BY_NAME, cleaned, guess
from vaxel.exchange.known import unit_paths, values_of
from vaxel.exchange.models import ExternalKey, Source, SourceKind
from vaxel.exchange.people import everybody
from vaxel.exchange.plan import Do, Options, Plan
from vaxel.exchange.undo import undo

pytestmark = pytest.mark.django_db
BRITTA = By(name="Britta", via=Via.IMPORT)


def planned(home: Organisation, content: bytes, **options: bool) -> Plan:
    source = actions.source_of(home, "File", SourceKind.CSV)
    table, kind = actions.read(content)
    return actions.planned(source, table, actions.suggested(source, table, kind), Options(**options))


def imported(home: Organisation, content: bytes) -> Plan:
    plan = planned(home, content)
    carry_out(Source.objects.get(organisation=home), plan, BRITTA)
    return plan


def told(home: Organisation) -> dict[str, dict[str, str]]:
    """Name → what the directory says, with names instead of keys."""
    paths = unit_paths(home)
    people = {person.key: person for person in Person.objects.filter(organisation=home)}
    found = {}
    for person in people.values():
        values = values_of(person, paths)
        for name in ("substitutes", "successor"):
            for key, other in people.items():
                values[name] = values[name].replace(key, f"<{other.name}>")
        found[person.name] = values
    return found


@pytest.fixture
def home() -> Organisation:
    home = rows.organisation()
    unit = Unit.objects.create(
        organisation=home, name="Bygglov", parent=Unit.objects.create(organisation=home, name="Samhälle")
    )
    place = Place.objects.create(organisation=home, name="Stadshuset", address="Storgatan 1")
    bo = rows.person(
        home, "Bo Ek", "46980319202", mobile="46701740605", mobile_consent="2026-01-01", mobile_told="2026-02-01"
    )
    eva = rows.person(home, "Eva Öst", "", email="eva@example.org", last_day="2099-12-31")
    anna = rows.person(
        home,
        "Anna Lind",
        "46980319201",
        initials="abl",
        title="'=cmd|x",
        function="bygglov",
        tasks="altaner\nplank; murar",
        search_words="staket, mur",
        place=place,
        room="2:14",
        prefers=Prefers.MAIL,
        no_answer=NoAnswer.VOICEMAIL,
        may_tell="Är åter efter påsk.",
        note="+ ring inte; skriv",
        successor=bo,
    )
    Person.objects.filter(pk=anna.pk).update(unit=unit)
    FurtherFunction.objects.create(person=anna, name="kart")
    FurtherFunction.objects.create(person=anna, name="avfall", role=FunctionRole.STANDS_IN)
    Substitute.objects.create(person=anna, substitute=bo, first_day="2026-07-01", last_day="2026-07-31")
    Substitute.objects.create(person=anna, substitute=eva)
    Substitute.objects.create(person=anna, substitute=eva, first_day="2026-12-24")
    return home


@pytest.mark.parametrize("form", ["csv", "vcf"])
def test_an_export_changes_nothing_when_it_comes_back(home: Organisation, form: str) -> None:
    before = told(home)
    content = export.made(form, home, everybody(home), inner=True)
    plan = imported(home, content)
    assert not plan.problems
    assert [(step.name, step.after, step.held) for step in plan.steps if step.after or step.held] == []
    assert told(home) == before
    assert export.made(form, home, everybody(home), inner=True) == content
    assert not planned(home, content, complete=True).changes


@pytest.mark.parametrize("form", ["csv", "vcf"])
def test_an_export_makes_the_same_people_elsewhere_and_is_taken_back_as_a_whole(home: Organisation, form: str) -> None:
    other = rows.organisation("lillby", "46980319300")
    content = export.made(form, home, everybody(home), inner=True).replace(b"+46", b"+47").replace(b"Gnosjo", b"Lillby")
    expected = told(home)
    expected["Bo Ek"] |= {"mobile": "", "mobile_consent": "", "mobile_told": ""}
    for values in expected.values():
        values["numbers"] = values["numbers"].replace("46", "47", 1)
    assert not imported(other, content).problems
    assert told(other) == expected
    undo(Source.objects.get(organisation=other).imports.get(), BRITTA)
    assert not Person.objects.filter(organisation=other).exists()
    assert not ExternalKey.objects.filter(source__organisation=other).exists()


def test_new_fields_are_written_held_and_taken_back(home: Organisation) -> None:
    before = told(home)
    text = (
        "Nyckel;Namn;Rum;Ersättare;Efterträdare;Ytterligare funktioner;Plats;Nås helst\n"
        "p{anna};Anna Lind;3:01;eva@example.org 2027-01-01/..;eva@example.org;tomter, kart;Biblioteket;Telefon\n"
    )
    anna = Person.objects.get(name="Anna Lind")
    content = text.format(anna=anna.pk).encode()
    assert planned(home, content).steps[0].after == {}, "what she has already is her own"
    plan = planned(home, content, override=True)
    done = carry_out(Source.objects.get(), plan, BRITTA)
    after = told(home)["Anna Lind"]
    assert (after["room"], after["substitutes"], after["successor"], after["functions"]) == (
        "3:01",
        "<Eva Öst> 2027-01-01/..",
        "<Eva Öst>",
        "kart, tomter",
    )
    assert (after["place"], after["prefers"], after["stands_in"]) == ("Biblioteket", "phone", "avfall")
    undo(done, BRITTA)
    assert done.remains == []
    assert told(home) == before


def test_protected_people_and_mobile_numbers_leak_through_no_export(home: Organisation) -> None:
    hidden = rows.person(home, "Hidden Person", "46980319207", protected=True, may_tell="hush")
    anna = Person.objects.get(name="Anna Lind")
    Substitute.objects.create(person=anna, substitute=hidden)
    Person.objects.filter(name="Bo Ek").update(successor=hidden, mobile_told="2026-01-01")
    for form in ("csv", "vcf"):
        content = export.made(form, home, everybody(home), inner=True).decode()
        assert "Hidden" not in content
        assert "hush" not in content
        assert f"p{hidden.pk}" not in content
        assert "701740605" not in content.replace(" ", "")
        plan = imported(home, content.encode())
        assert not [step for step in plan.steps if step.after or step.held]
        assert f"p{hidden.pk}" in export.made(form, home, everybody(home, protected=True)).decode()
    assert anna.substitutes.filter(substitute=hidden).exists()


def test_notes_are_for_the_switchboard_alone(home: Organisation) -> None:
    for form in ("csv", "vcf"):
        content = export.made(form, home, everybody(home)).decode()
        assert "skriv" not in content
        assert "2099" not in content
        assert not [step for step in imported(home, content.encode()).steps if step.after or step.held]


@pytest.mark.parametrize("language", ["sv", "nb", "da", "en"])
def test_every_heading_and_word_that_is_exported_is_recognised_in_every_language(language: str) -> None:
    with translation.override(language):
        headings = [str(field.label) for field in BY_NAME.values()]
        assert list(guess(headings).values()) == list(BY_NAME)
        for way in Prefers:
            assert cleaned("prefers", str(way.label), "SE") == way.value
        for then in NoAnswer:
            assert cleaned("no_answer", str(then.label), "SE") == then.value


@pytest.mark.clause("GNO-15")
@pytest.mark.parametrize(
    ("headings", "then"),
    [
        ("Nyckel;Namn;Mobil;Visa mobilnummer;Vid inget svar", "växeln"),
        ("Nøkkel;Navn;Mobil;Vis mobilnummer;Ved ingen svar", "sentralbordet"),
        ("Nøgle;Navn;Mobil;Mobilnummer vises;Ved intet svar", "omstillingen"),
        ("Key;Name;Mobile;Show mobile;No answer", "switchboard"),
    ],
)
def test_what_is_told_of_the_mobile_and_where_calls_go_is_imported_and_taken_back(headings: str, then: str) -> None:
    home = rows.organisation("lillby", "46980319300")
    line = "17;Eva Ny;0701740605;{day};{then}\n"
    refused = planned(home, f"{headings}\n{line.format(day='2999-01-01', then=then)}".encode())
    assert "still to come" in refused.problems[0].told
    refused = planned(home, f"{headings}\n{line.format(day='2026-02-01', then='ingenstans')}".encode())
    assert "neither voicemail nor switchboard" in refused.problems[0].told
    content = f"{headings}\n{line.format(day='2026-02-01', then=then)}".encode()
    assert (
        planned(home, content).steps[0].after.items()
        >= {"mobile_told": "2026-02-01", "no_answer": "switchboard"}.items()
    )
    imported(home, content)
    eva = Person.objects.get(organisation=home)
    assert (str(eva.mobile_told), eva.mobile_consent, eva.no_answer) == ("2026-02-01", None, NoAnswer.SWITCHBOARD)
    Person.objects.update(mobile_told=None)
    assert planned(home, content, override=True).steps[0].held == {"mobile_told": "2026-02-01"}, "she took it back"
    moved = content.replace(b"0701740605", b"0701740606").replace(b"2026-02-01", b"")
    Person.objects.update(mobile_told="2026-02-01")
    done = carry_out(Source.objects.get(organisation=home), planned(home, moved), BRITTA)
    assert Person.objects.get(organisation=home).mobile_told is None, "it was for the old number"
    undo(done, BRITTA)
    assert str(Person.objects.get(organisation=home).mobile_told) == "2026-02-01"


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=12)
LISTS = st.lists(st.text("abcåäö =+-'", max_size=8), max_size=3).map(", ".join)
DAYS = st.sampled_from(["", "2026-07-01/2026-07-31", "2026-12-24/..", "../2026-02-01"])
NAMED = st.lists(st.tuples(st.integers(0, 11), DAYS), max_size=3)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                **{field: WORDS for field in ("title", "function", "initials", "room", "may_tell", "note", "place")},
                **{field: WORDS for field in ("tasks", "search_words")},
                **{field: LISTS for field in ("functions", "stands_in")},
                "prefers": st.sampled_from(["", *Prefers.values]),
            }
        ),
        min_size=12,
        max_size=12,
    ),
    st.lists(NAMED, min_size=12, max_size=12),
)
def test_whatever_the_directory_holds_comes_back_as_it_was(
    people: list[dict[str, str]], named: list[list[tuple[int, str]]]
) -> None:
    Organisation.objects.all().delete()
    home = rows.organisation()
    lines = []
    for n, values in enumerate(people):
        substitutes = [f"k{other} {days}".strip() for other, days in named[n] if other != n]
        lines.append({"key": f"k{n}", "name": f"Person {n}", **values, "substitutes": ", ".join(substitutes)})
    source = actions.source_of(home, "First", SourceKind.REST)
    found, problems = doors.entries(lines, "SE")
    plan = actions.planned_entries(source, found, problems, Options())
    carry_out(source, plan, BRITTA)
    content = export.made("csv", home, everybody(home), inner=True)
    back = planned(home, content, complete=True)
    assert not back.problems
    assert [
        (step.before, step.after, step.held) for step in back.steps if step.do is not Do.UNCHANGED or step.held
    ] == []
    assert len(back.steps) == len(plan.steps)
