# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proofs are made each night and after changes, and kept as long as they say something new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests import rows
from vaxel.directory.models import Hours, Organisation, Person
from vaxel.domain.proof import Kind
from vaxel.proof.models import Cause, ProofRun
from vaxel.proof.runs import keep_up, make, proof_state

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)  # half past two in Gnosjö


def test_before_the_first_proof_nothing_is_known(gnosjo: Organisation) -> None:
    assert proof_state(gnosjo.pk) is None
    assert keep_up(NOON) == 1
    state = proof_state(gnosjo.pk)
    assert state is not None
    assert state.current
    assert state.counterexamples == ()


def test_a_change_is_proved_when_it_has_settled(gnosjo: Organisation) -> None:
    keep_up(NOON)
    Person.objects.filter(name="Bo Ek").update(has_greeting=False)
    Person.objects.get(name="Anna Lind").save()
    state = proof_state(gnosjo.pk)
    assert state is not None
    assert not state.current
    assert keep_up(NOON + timedelta(minutes=1)) == 0
    assert keep_up(NOON + timedelta(minutes=5)) == 1
    state = proof_state(gnosjo.pk)
    assert state is not None
    assert (state.current, [finding.kind for finding in state.warnings]) == (True, [Kind.NO_GREETING])
    assert state.warnings[0].name == "Bo Ek"


def test_a_proof_that_says_the_same_is_no_new_row(gnosjo: Organisation) -> None:
    keep_up(NOON)
    Person.objects.get(name="Anna Lind").save()
    later = NOON + timedelta(minutes=10)
    assert keep_up(later) == 1
    run = ProofRun.objects.get()
    assert (run.made_at, run.checked_at) == (NOON, later)
    assert keep_up(later + timedelta(minutes=10)) == 0, "nothing has changed since"


def test_each_night_is_proved_once_in_the_municipality_s_own_time(gnosjo: Organisation) -> None:
    keep_up(NOON)
    assert keep_up(NIGHT - timedelta(hours=1)) == 0
    assert keep_up(NIGHT) == 1
    assert keep_up(NIGHT + timedelta(hours=1)) == 0
    assert keep_up(NIGHT + timedelta(days=1)) == 1
    assert list(ProofRun.objects.order_by("id").values_list("cause", flat=True)) == ["change", "night", "night"]


def test_counterexamples_are_kept_with_their_words_to_come(gnosjo: Organisation) -> None:
    Hours.objects.filter(organisation=gnosjo).update(week=[[]] * 7)
    run = make(gnosjo.pk, Cause.ASKED, NOON)
    assert (run.counterexamples, run.numbers) == (3, 3)
    assert {finding.kind for finding in run.found() if finding.is_counterexample} == {Kind.DEAD_END, Kind.NEVER_OPENS}


def test_old_proofs_are_erased(gnosjo: Organisation) -> None:
    make(gnosjo.pk, Cause.NIGHT, NOON - timedelta(days=900))
    make(gnosjo.pk, Cause.NIGHT, NOON)
    assert ProofRun.objects.count() == 1


def test_every_organisation_has_its_own(gnosjo: Organisation) -> None:
    rows.organisation("tana", "4760000100")
    assert keep_up(NOON) == 2
    tana, home = proof_state("tana"), proof_state(gnosjo.pk)
    assert tana is not None
    assert home is not None
    assert {finding.kind for finding in tana.warnings} == {Kind.NO_OPERATORS}
    assert home.warnings == ()
