# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording on one's own telephone: what the codes mean, who may, and keeping what was said.

=============  ============================================================================
``*71*N#``     announcement number N, as the page of announcements shows it (administrators)
``*72#``       one's own greeting
``*73#``       one's own name
=============  ============================================================================

The last ``#`` may be missing. ``N`` is the place in the list, with thousands for the organisation's second and later languages.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError

from vaxel.directory.access import Actor
from vaxel.directory.audit import By, Via
from vaxel.directory.keys import row
from vaxel.directory.models import Person
from vaxel.directory.rights import Rights
from vaxel.prompts import actions, selectors
from vaxel.prompts.selectors import Prompt
from vaxel.site.database import drop_dead_connections

log = logging.getLogger(__name__)

GREETING, NAME = "*72", "*73"
_ANNOUNCEMENT = re.compile(r"\*71\*([0-9]{1,5})")


def number_of(dialled: str) -> int | None:
    """Of which announcement ``*71*N#`` is."""
    match = _ANNOUNCEMENT.fullmatch(dialled.strip().removesuffix("#"))
    return int(match[1]) if match else None


def code(prompt: Prompt) -> str:
    """What is dialled to record ``prompt``; the name and greeting are those of whoever dials."""
    if prompt.owner is not None:
        return f"{GREETING}#" if prompt.name.startswith("greeting-") else f"{NAME}#"
    return f"*71*{selectors.number(prompt)}#"


def announcement(person: str, number: int) -> tuple[str, str] | None:
    """(language, name) of announcement ``number`` if ``person`` (a key) may record it. Raises ``django.db.Error``."""
    drop_dead_connections()
    found = Person.objects.filter(pk=row(person, "p") or 0).select_related("organisation", "user").first()
    if found is None or found.user is None:
        return None
    if not Rights(Actor(found.user)).leads_organisation(found.organisation_id):
        return None
    return selectors.numbered(found.organisation, number)


def keep(person: str, what: str, file: Path) -> bool:
    """Make ``file`` the recording ``what`` (``LANGUAGE/NAME``) of the organisation of ``person``, who said it. Never raises."""
    language, _, name = what.partition("/")
    try:
        drop_dead_connections()
        found = Person.objects.select_related("organisation").get(pk=row(person, "p") or 0)
        by = By(name=found.name, user=found.user_id, via=Via.PHONE)
        actions.keep(found.organisation, name, file.read_bytes(), by, language)
    except ValidationError as error:
        log.info("a recording by telephone can't be used", extra={"reason": "; ".join(error.messages)})
    except (DatabaseError, OSError, Person.DoesNotExist) as error:
        log.warning("a recording by telephone was not kept", extra={"error": type(error).__name__})
    else:
        return True
    return False
