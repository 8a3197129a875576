# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls of e-mail."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vaxel.policy.terms import Deadline, Name, Strict


class MailAnswer(Strict):
    """E-mail is answered or confirmed by the deadline; an automatic confirmation only confirms."""

    use: Literal["mail-answer"]
    deadline: Deadline = Field(description="Counted from arrival.")


class MailForward(Strict):
    """Misdirected e-mail is passed to the right function by the deadline, and the sender is told."""

    use: Literal["mail-forward"]
    deadline: Deadline = Field(description="Counted from arrival.")
    tell_sender: bool = Field(True, description="The sender is told.")


class MailSignature(Strict):
    """Outgoing mail bears the common signature."""

    use: Literal["mail-signature"]


class AbsenceReply(Strict):
    """A planned absence sends the common reply, unless a colleague covers by agreement."""

    use: Literal["absence-reply"]
    after_hours: Annotated[int, Field(ge=1, le=240)] = Field(
        description="The reply is needed when mail stays unanswered so long."
    )


class GroupMailbox(Strict):
    """People who can answer the same have a mailbox together."""

    use: Literal["group-mailbox"]


class MailboxRoles(Strict):
    """A mailbox is handled by those with a role, and nobody else."""

    use: Literal["mailbox-roles"]
    mailbox: Name = Field(description="Its address or name.")
    roles: list[Name] = Field(min_length=1, description="Who handles it.")


MODELS: tuple[type[Strict], ...] = (
    MailAnswer,
    MailForward,
    MailSignature,
    AbsenceReply,
    GroupMailbox,
    MailboxRoles,
)
