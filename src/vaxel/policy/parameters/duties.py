# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls that are duties: somebody owes something by a deadline on the working-day clock."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vaxel.policy.terms import Deadline, Name, Strict


class CallBack(Strict):
    """Who was promised, or asked for, a call is rung by the deadline."""

    use: Literal["call-back"]
    owner: Literal["operator", "person"] = Field("person", description="Who owes the call.")
    deadline: Deadline = Field(description="Counted from the promise or message.")


class VoicemailHeard(Strict):
    """Voice messages are listened to by the deadline."""

    use: Literal["voicemail-heard"]
    deadline: Deadline = Field(description="Counted from when the message was left.")


class MessageTaking(Strict):
    """The switchboard takes messages for employees."""

    use: Literal["message-taking"]


class MessageMail(Strict):
    """Messages from the switchboard reach the employee by e-mail, with a receipt when they are read."""

    use: Literal["message-mail"]
    read: Deadline | None = Field(None, description="By when they are read.")


class MailReading(Strict):
    """E-mail is read by the deadline."""

    use: Literal["mail-reading"]
    deadline: Deadline = Field(description="How often.")
    without_referral: bool = Field(False, description="It concerns those whose telephone isn't referred.")


class ChangeNotices(Strict):
    """Managers tell the switchboard of changes and events; operators acknowledge them."""

    use: Literal["change-notices"]
    deadline: Deadline | None = Field(None, description="By when.")
    lead_days: Annotated[int, Field(ge=1, le=365)] | None = Field(None, description="Working days beforehand.")


class ExpectedCalls(Strict):
    """Mass letters and moved tasks are announced, with people named who answer the calls to come."""

    use: Literal["expected-calls"]


class PressReleases(Strict):
    """Press releases reach the operators."""

    use: Literal["press-releases"]


class RecurringTask(Strict):
    """Something is done again and again, and ticked off."""

    use: Literal["recurring-task"]
    what: Name = Field(description="What is done.")


class MaterialReview(Strict):
    """Telephone lists and other material are reviewed; lists are printed from live data."""

    use: Literal["material-review"]


class Training(Strict):
    """New staff are trained before their first shift, and it is recorded."""

    use: Literal["training"]
    subjects: list[Name] = Field(min_length=1, description="In what.")
    by: Name | None = Field(None, description="Who sees to it.")


class Attestation(Strict):
    """A named role confirms at an interval that it is so, with date and note."""

    use: Literal["attestation"]
    by: Name | None = Field(None, description="The role that confirms.")
    months: Annotated[int, Field(ge=1, le=60)] = Field(12, description="The interval.")


class Checklist(Strict):
    """What is checked at an interval, item by item."""

    use: Literal["checklist"]
    items: list[Name] = Field(min_length=1, description="What is checked.")
    every: Literal["working-day", "week", "post-round"] = Field("working-day", description="How often.")


MODELS: tuple[type[Strict], ...] = (
    CallBack,
    VoicemailHeard,
    MessageTaking,
    MessageMail,
    MailReading,
    ChangeNotices,
    ExpectedCalls,
    PressReleases,
    RecurringTask,
    MaterialReview,
    Training,
    Attestation,
    Checklist,
)
