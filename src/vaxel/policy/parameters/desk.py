# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controls of the reception desk."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vaxel.policy.terms import Name, Strict


class Visitors(Strict):
    """Visitors are registered, and their host is told."""

    use: Literal["visitors"]


class DeskTasks(Strict):
    """Small services are taken in order of priority."""

    use: Literal["desk-tasks"]
    priority: Literal["lowest", "normal"] = Field("normal", description="Against all else at the desk.")


class RoomBooking(Strict):
    """Rooms and equipment are booked in the calendar with all that is needed to serve and invoice them."""

    use: Literal["room-booking"]
    fields: list[Literal["purpose", "booker", "contact-person", "invoice-address"]] = Field(
        min_length=1, description="What a booking must tell."
    )
    printed: bool = Field(False, description="It is printed for whoever keeps the rooms.")


class Franking(Strict):
    """What is franked is logged: pieces, class, cost, unit."""

    use: Literal["franking"]


class Parcels(Strict):
    """Parcels are registered on arrival and signed for on collection."""

    use: Literal["parcels"]


class PostIntake(Strict):
    """Incoming post goes unopened to records."""

    use: Literal["post-intake"]


class Relief(Strict):
    """An operator's break has a relief, who can't leave without another; one may relieve several whose organisations she serves."""

    use: Literal["relief"]
    minutes: Annotated[int, Field(ge=5, le=120)] = Field(description="The break.")
    also: list[Name] = Field([], description="What else is relieved.")


MODELS: tuple[type[Strict], ...] = (Visitors, DeskTasks, RoomBooking, Franking, Parcels, PostIntake, Relief)
