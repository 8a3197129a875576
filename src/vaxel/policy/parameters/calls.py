# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls of what happens to a call."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from vaxel.domain.rules import Choice, Resort
from vaxel.policy.terms import Count, ForWhom, Name, Seconds, Strict, refuse


class Welcome(Strict):
    """The switchboard answers with the municipality's welcome phrase."""

    use: Literal["welcome"]
    phrase: Name | None = Field(None, description="The words themselves, where the paper gives them.")


class RingLimit(ForWhom):
    """A telephone rings so many times, or seconds, and no more; then the call goes on."""

    use: Literal["ring-limit"]
    rings: Annotated[int, Field(ge=1, le=20)] | None = Field(
        None, description="Each as long as a ring and its pause in the country's network."
    )
    seconds: Annotated[float, Field(ge=1, le=300)] | None = Field(None, description="Instead of rings.")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.rings is None) == (self.seconds is None):
            raise refuse("rings_or_seconds", "")
        return self


class AnswerOrder(ForWhom):
    """Who or what gets a call that the person sought doesn't answer, in which order."""

    use: Literal["answer-order"]
    order: list[Annotated[Resort, Field(strict=False)]] = Field(
        min_length=1, description="After the person herself. The first that exists and can be reached."
    )
    mailbox_after_rings: Annotated[int, Field(ge=1, le=60)] | None = Field(
        None, description="The caller has heard so many rings in all, whoever was rung: then the mailbox."
    )
    mailbox_after_seconds: Annotated[float, Field(ge=5, le=600)] | None = Field(None, description="Instead of rings.")

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.mailbox_after_rings is not None and self.mailbox_after_seconds is not None:
            raise refuse("rings_or_seconds", "")
        if self.groups:
            raise refuse("not_groups", ", ".join(self.groups))
        if not self.everybody and (self.mailbox_after_rings or self.mailbox_after_seconds):
            raise refuse("wait_of_some", "")
        if len(set(self.order)) < len(self.order):
            raise refuse("twice", ", ".join(self.order))
        last = (Resort.MAILBOX, Resort.SWITCHBOARD)
        for resort in self.order[:-1]:
            if resort in last:
                raise refuse("never_reached", resort.value)
        return self


class PersonalGreeting(Strict):
    """A mailbox says whose it is, in the owner's own voice or, until that is recorded, by name."""

    use: Literal["personal-greeting"]
    mandatory: bool = Field(True, description="False: the paper only recommends it.")


class AbsenceReferral(ForWhom):
    """Who can't take calls refers the telephone: the caller hears why, until when, and is offered a way on."""

    use: Literal["absence-referral"]
    choices: list[Annotated[Choice, Field(strict=False)]] | None = Field(
        None, description="What a caller is offered when the absent person has referred to nobody."
    )
    speak_reason: bool = Field(True, description="The caller hears the reason (never sickness).")

    @model_validator(mode="after")
    def _of_people(self) -> Self:
        if self.groups:
            raise refuse("not_groups", ", ".join(self.groups))
        return self


class MergedAbsences(Strict):
    """Absences that follow each other are one: the caller hears the end of the last."""

    use: Literal["merged-absences"]
    gap_minutes: Annotated[float, Field(ge=0, le=240)] = Field(
        15, description="Absences with no more than this between them follow each other."
    )


class SharedNumbers(Strict):
    """A number that a group shares rings at all of it, whoever of them is absent."""

    use: Literal["shared-numbers"]
    ignore_absence: bool = Field(True, description="False: absent members aren't rung.")


class GroupNumbers(Strict):
    """People who answer the same questions have a group number; ring and pick-up groups are set up rightly."""

    use: Literal["group-numbers"]


class TemporaryGroups(Strict):
    """A group number can be set up for a period."""

    use: Literal["temporary-groups"]


class ExternalFirst(Strict):
    """Operators get calls from outside before those of colleagues."""

    use: Literal["external-first"]
    internal_waits_at_most_seconds: Seconds = Field(
        120, description="A colleague who has waited so long counts as a caller from outside."
    )


class MessageOffer(Strict):
    """When nobody can be reached, the caller may leave a message."""

    use: Literal["message-offer"]
    after_seconds: Seconds = Field(
        240, description="A caller who has waited so long for an operator is offered to leave a message."
    )


class NoDeadEnd(Strict):
    """Every call ends with a person, a mailbox, a message or an announcement of when to ring again."""

    use: Literal["no-dead-end"]
    longest_ringing_seconds: Annotated[float, Field(ge=5, le=600)] = Field(
        90, description="So long a caller may hear nothing but ringing, whoever is rung."
    )


class MobileConsent(Strict):
    """A mobile number is told, or rung, only with its user's consent; else calls are connected without revealing it."""

    use: Literal["mobile-consent"]


class TransferPreference(Strict):
    """A unit's wish to get calls only at one number or person is shown and followed."""

    use: Literal["transfer-preference"]


class NumberOwners(Strict):
    """Every number has exactly one owner, who answers for it."""

    use: Literal["number-owners"]


class CaseDivision(Strict):
    """Callers are led to their case worker by how cases are divided; what identifies them is never kept."""

    use: Literal["case-division"]
    by: list[Literal["birth-date", "birth-day", "birth-month", "address", "surname", "ward", "other"]] = Field(
        min_length=1, description="What cases are divided by."
    )


class Transfer(Strict):
    """Operators, and employees from any telephone, pass a call on; unanswered it comes back to the switchboard."""

    use: Literal["transfer"]


class TaskSearch(Strict):
    """Who is responsible is found by task, title, unit or search word."""

    use: Literal["task-search"]


class Consultation(Strict):
    """An operator holds the caller, asks a colleague, and completes or returns."""

    use: Literal["consultation"]


class GreetingLine(Strict):
    """The telephone or console shows, while it rings, the words with which to answer."""

    use: Literal["greeting-line"]
    parts: list[Literal["first-name", "last-name", "name", "unit", "function", "workplace", "organisation"]] = Field(
        min_length=1, description="In this order."
    )


class ShortCalls(Strict):
    """In set telephone hours the length of a call is hinted, and a call-back is promised with one key."""

    use: Literal["short-calls"]
    hint_after_seconds: Seconds | None = Field(None, description="Length at which the hint appears.")


class InternalDirect(Strict):
    """Colleagues ring each other directly, not through the switchboard."""

    use: Literal["internal-direct"]


class NumberToTell(Strict):
    """When a transfer isn't possible, the operator tells the number that may be told: the person's, else the unit's."""

    use: Literal["number-to-tell"]


class MailboxGreeting(Strict):
    """A mobile's voice mailbox is in use and says name, workplace, municipality and where else to turn."""

    use: Literal["mobile-mailbox"]
    parts: list[Literal["name", "workplace", "organisation", "where-else"]] = Field(
        min_length=1, description="What the greeting tells."
    )


class MachineGreeting(Strict):
    """An answering machine states the normal hours first."""

    use: Literal["machine-greeting"]


class RouteProof(Strict):
    """It is proved for every number, time and state that no call is left ringing."""

    use: Literal["route-proof"]


class TrainedPool(Strict):
    """So many are trained at the switchboard that it can be strengthened at once."""

    use: Literal["trained-pool"]
    standard_operators: Count = Field(1, description="The standard staff.")
    factor: Annotated[float, Field(ge=1, le=10)] = Field(description="Times the standard staff are trained.")


class Surge(Strict):
    """Trained staff in reserve are called in at once when the switchboard is strained."""

    use: Literal["surge"]


class Listening(Strict):
    """Supervisors may listen in to operators' calls, and callers are told so before they are answered."""

    use: Literal["listening"]


MODELS: tuple[type[Strict], ...] = (
    Welcome,
    RingLimit,
    AnswerOrder,
    PersonalGreeting,
    AbsenceReferral,
    MergedAbsences,
    SharedNumbers,
    GroupNumbers,
    TemporaryGroups,
    ExternalFirst,
    MessageOffer,
    NoDeadEnd,
    MobileConsent,
    TransferPreference,
    NumberOwners,
    CaseDivision,
    Transfer,
    TaskSearch,
    Consultation,
    GreetingLine,
    ShortCalls,
    InternalDirect,
    NumberToTell,
    MailboxGreeting,
    MachineGreeting,
    RouteProof,
    TrainedPool,
    Surge,
    Listening,
)
