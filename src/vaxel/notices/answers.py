# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to prepared answers (AAB-36). Each wording is kept. All raise ``ValidationError``, by field."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vaxel.directory.audit import By, acting
from vaxel.directory.hours import today_in
from vaxel.directory.models import Organisation
from vaxel.notices.models import AnswerVersion, PreparedAnswer
from vaxel.notices.plans import AnswerPlan, Faults, one_line, phrases, unit_of, written


def prepare(organisation: Organisation, by: By, plan: AnswerPlan) -> PreparedAnswer:
    """A new answer for the operators of ``organisation``."""
    return _save(PreparedAnswer(organisation=organisation), by, plan)


def change(answer: PreparedAnswer, by: By, plan: AnswerPlan) -> PreparedAnswer:
    """The same answer in other words, or for longer. A wording that stays the same makes no new version."""
    return _save(answer, by, plan)


def withdraw(answer: PreparedAnswer, by: By) -> PreparedAnswer:
    """Operators don't see it any longer; its wordings stay."""
    with acting(by), transaction.atomic():
        if answer.withdrawn_at is None:
            answer.withdrawn_at = timezone.now()
            answer.save(update_fields=["withdrawn_at"])
    return answer


def _save(answer: PreparedAnswer, by: By, plan: AnswerPlan) -> PreparedAnswer:
    text = written(plan.text)
    _fill(answer, plan, text)
    with acting(by), transaction.atomic():
        answer.save()
        # Of two who write at once the second waits here: numbers of wordings have no gap.
        PreparedAnswer.objects.select_for_update().get(pk=answer.pk)
        newest = AnswerVersion.objects.filter(answer=answer).order_by("-n").first()
        if newest is None or newest.text != text:
            n = newest.n + 1 if newest else 1
            AnswerVersion.objects.create(answer=answer, n=n, text=text, written_by=by.name[:150])
    return PreparedAnswer.objects.select_related("unit", "organisation").get(pk=answer.pk)


def _fill(answer: PreparedAnswer, plan: AnswerPlan, text: str) -> None:
    faults = Faults()
    answer.question, answer.task = one_line(plan.question), one_line(plan.task)
    answer.words = phrases(plan.words, faults)
    answer.unit = unit_of(answer.organisation, plan.unit, faults)
    if plan.valid_until is not None and plan.valid_until < today_in(answer.organisation.time_zone):
        faults.add("valid_until", _("This day has already passed."))
    answer.valid_until = plan.valid_until
    answer.withdrawn_at = None
    if not answer.question:
        faults.add("question", _("Write the question as citizens ask it."))
    if not text:
        faults.add("text", _("Write the answer."))
    for field, value, most in (
        ("question", answer.question, 160),
        ("task", answer.task, 120),
        ("words", answer.words, 1000),
        ("text", text, 4000),
    ):
        faults.text(field, value, most)
    faults.raise_any()
