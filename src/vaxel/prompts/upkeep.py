# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker's part: after a change of the directory, the welcome phrases and names that are missing are synthesised."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from vaxel.directory.models import Group, Organisation, Person
from vaxel.directory.snapshot import version
from vaxel.site.config import Config
from vaxel.telephony import names, prompts
from vaxel.telephony.engine import EngineError, places
from vaxel.telephony.names import Named

log = logging.getLogger(__name__)

SECONDS = 2.0
"""Of work at a time: the machine has calls to carry."""


class Upkeep:
    """Remembers for which version of the directory everything has been said."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._done: int | None = None

    def work(self) -> None:
        """Some seconds of work, if there is any. Raises ``django.db.Error``."""
        now = version()
        if now == self._done:
            return
        try:
            if self._sentences() and names.keep_up(wanted(), self._config, SECONDS):
                self._done = now
        except EngineError as error:
            # Nothing that trying again would change: the next change of the directory, or the next start, does.
            self._done = now
            log.warning("announcements can't be synthesised", extra={"reason": str(error)})

    def _sentences(self) -> bool:
        """Those that everybody hears. There is little to do, but for a new municipality or welcome phrase: they are made at start."""
        all_ = prompts.prompts(Organisation.objects.values_list("id", "language", "welcome_phrase"))
        return prompts.keep_up(list(all_), places(self._config).prompts, self._config, SECONDS)


def wanted() -> Iterator[Named]:
    """Everybody who can be called, but for those whose identity is protected; and all groups."""
    people = Person.objects.filter(protected=False, numbers__isnull=False).distinct()
    fields = ("pk", "name", "organisation_id", "organisation__language")
    for pk, name, organisation, language in people.values_list(*fields):
        yield Named(organisation, f"p{pk}", language, name)
    for pk, name, organisation, language in Group.objects.values_list(*fields):
        yield Named(organisation, f"g{pk}", language, name)
