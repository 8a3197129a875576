# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prepared answers: each wording is kept, and one whose day has passed isn't given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from vaxel.directory.audit import By
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation
from vaxel.notices import answers, selectors
from vaxel.notices.models import PreparedAnswer
from vaxel.notices.plans import AnswerPlan

METTE, BO = By(name="Mette"), By(name="Bo")


@pytest.mark.clause("AAB-36")
def test_each_wording_is_kept(aabenraa: Organisation) -> None:
    made = answers.prepare(aabenraa, METTE, AnswerPlan(question="Skal jeg have tid?", text="Ja.", words=["pas"]))
    answers.change(made, BO, AnswerPlan(question="Skal jeg have tid?", text="Ja.", words=["pas", "kørekort"]))
    changed = answers.change(made, BO, AnswerPlan(question="Skal jeg have tid?", text="Nej."))
    assert [(one.n, one.text, one.written_by) for one in changed.versions.all()] == [
        (2, "Nej.", "Bo"),
        (1, "Ja.", "Mette"),
    ]
    assert changed.current is not None
    assert changed.current.text == "Nej."


def test_one_whose_day_has_passed_is_not_given(aabenraa: Organisation) -> None:
    today = today_in(aabenraa.time_zone)
    made = answers.prepare(aabenraa, METTE, AnswerPlan(question="Q", text="A", valid_until=today))
    rows = PreparedAnswer.objects.select_related("organisation")
    assert selectors.valid(rows) == [made]
    rows.update(valid_until=today - timedelta(days=1))
    assert selectors.valid(rows.all()) == []
    with pytest.raises(ValidationError, match="already passed"):
        answers.change(made, METTE, AnswerPlan(question="Q", text="A", valid_until=today - timedelta(days=1)))


def test_what_does_not_fit_is_refused_by_field(aabenraa: Organisation) -> None:
    with pytest.raises(ValidationError) as caught:
        answers.prepare(aabenraa, METTE, AnswerPlan(question=" ", text="CPR 211062-5629", task="x" * 121, unit="u9"))
    assert set(caught.value.message_dict) == {"question", "text", "task", "unit"}
    assert not PreparedAnswer.objects.exists()
