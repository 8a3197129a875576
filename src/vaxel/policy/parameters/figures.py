# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls that are figures, with a target, a trend, or neither where the paper names none."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vaxel.policy.terms import Channel, ForWhom, Percent, Strict, Target, Trend

Direction = Annotated[Trend, Field(strict=False)]
Channels = list[Annotated[Channel, Field(strict=False)]]


class AnswerTime(ForWhom):
    """How long callers wait until somebody answers."""

    use: Literal["answer-time"]
    targets: list[Target] = Field([], description="Percentages within times.")
    trend: Direction | None = Field(None, description="Where the time is to go, without a figure.")
    to_measure: bool = Field(False, description="The paper asks that it is measured, not for a level.")
    channels: Channels = Field([Channel.TELEPHONE], description="Which channels are meant.")


class LostCalls(Strict):
    """Calls that end before anybody has answered, with their cause."""

    use: Literal["lost-calls"]
    at_most_percent: Percent | None = Field(None, description="Of all calls from outside.")
    to_measure: bool = Field(False, description="The paper asks that it is measured, not for a level.")
    not_before_seconds: Annotated[float, Field(ge=0, le=60)] = Field(
        0, description="Who gives up sooner isn't counted: a wrong number, a changed mind."
    )


class HandOvers(Strict):
    """How often a caller is passed on."""

    use: Literal["hand-overs"]
    at_most: Annotated[int, Field(ge=0, le=10)] | None = Field(None, description="In one call.")


class Unreferred(Strict):
    """Calls that nobody answered though the telephone wasn't referred."""

    use: Literal["unreferred"]
    at_most_percent: Percent = Field(0, description="Of the calls to direct numbers.")


class DialDirect(Strict):
    """The share of callers who dial a direct number."""

    use: Literal["dial-direct"]
    at_least_percent: Percent | None = Field(None, description="Of all calls from outside.")
    trend: Direction | None = Field(None, description="Where the share is to go, without a figure.")


class OperatorShare(Strict):
    """The share of calls that reach an operator for a cause, per unit."""

    use: Literal["operator-share"]
    causes: list[Literal["no_answer", "busy", "rejected", "unregistered", "absent_unreferred", "returned"]] = Field(
        min_length=1, description="Causes of calls at the switchboard."
    )
    at_most_percent: Percent | None = Field(None, description="Of the calls to direct numbers.")
    trend: Direction | None = Field(None, description="Where the share is to go, without a figure.")


class InternalShare(Strict):
    """The share of calls at the switchboard that come from colleagues."""

    use: Literal["internal-share"]
    at_most_percent: Percent | None = Field(None, description="Of the calls at the switchboard.")


class ServiceLevel(Strict):
    """Each unit's manager sets a service level, and is told when it isn't reached."""

    use: Literal["service-level"]
    targets: list[Target] = Field([], description="For all units; each may set its own.")


class Survey(Strict):
    """Callers are asked how they were met."""

    use: Literal["survey"]


class TrafficAnalysis(Strict):
    """Traffic is analysed so that the switchboard is staffed at strained times."""

    use: Literal["traffic-analysis"]
    times_a_year: Annotated[int, Field(ge=1, le=12)] = Field(description="How often.")


class UsageReport(Strict):
    """Each administration follows up its use of telephony."""

    use: Literal["usage-report"]


class OneQueue(Strict):
    """Callers and visitors stand in one view and one report."""

    use: Literal["one-queue"]


MODELS: tuple[type[Strict], ...] = (
    AnswerTime,
    LostCalls,
    HandOvers,
    Unreferred,
    DialDirect,
    OperatorShare,
    InternalShare,
    ServiceLevel,
    Survey,
    TrafficAnalysis,
    UsageReport,
    OneQueue,
)
