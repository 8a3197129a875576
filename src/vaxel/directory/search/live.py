# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""This process's index, kept current: before each search, what has been committed since the last one is read (``directory.changelog``).

One small query when nothing has changed. A few changes are read at once; when everything may have changed, or a shelf is worn, a thread
reads it all and the old index serves meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import connection, connections

from vaxel.directory.changelog import EVERYTHING, Change
from vaxel.directory.models import Organisation
from vaxel.directory.search import feed
from vaxel.directory.search.documents import Document
from vaxel.directory.search.index import Index, Shelf

log = logging.getLogger(__name__)

MOST_AT_ONCE = 2_000
"""More changes than that are as good as everything."""
SMALL = 5_000
"""Documents that are read again while somebody waits, half a second; larger directories by a thread."""

Place = tuple[int, datetime | None]


class Live:
    """The index and the newest change that is in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._place: Place = (0, None)
        self._again: threading.Thread | None = None

    def index(self) -> Index:
        """The index as of now. Raises ``django.db.Error``. The first call in a process reads the whole directory."""
        if connection.in_atomic_block:
            # What isn't committed may be taken back: nobody else may find it.
            return read_all()
        with self._lock:
            if self._index is None:
                self._place, self._index = newest(), read_all()
            else:
                self._catch_up(self._index)
            return self._index

    def forget(self) -> None:
        """Read anew at the next use: the database is another one."""
        with self._lock:
            self._index, self._place = None, (0, None)

    def _catch_up(self, index: Index) -> None:
        before, _made = self._place
        rows = list(
            Change.objects.filter(pk__gte=before).order_by("pk").values_list("pk", "made", "key")[: MOST_AT_ONCE + 1]
        )
        if before and (not rows or rows[0][:2] != self._place):
            # Our place is gone: another database, one from a back-up, or we haven't looked for days.
            self._read_again(index)
            return
        new = rows[1:] if before else rows
        if not new:
            return
        keys = {key for _, _, key in new}
        if EVERYTHING in keys or len(new) >= MOST_AT_ONCE:
            self._read_again(index)
            return
        wholly = {key[1:] for key in keys if key.startswith("@")}
        shelves = {**index.shelves, **changed(index, keys, wholly), **{one: read_one(one) for one in wholly}}
        self._index = Index({id_: shelf for id_, shelf in shelves.items() if shelf is not None})
        self._place = new[-1][:2]
        if any(shelf.worn for shelf in self._index.shelves.values()):
            self._read_again(self._index)

    def _read_again(self, index: Index) -> None:
        if sum(map(len, index.shelves.values())) <= SMALL:
            self._place, self._index = newest(), read_all()
        elif self._again is None or not self._again.is_alive():
            self._again = threading.Thread(target=self._read_behind, name="search-index", daemon=True)
            self._again.start()

    def _read_behind(self) -> None:
        try:
            place = newest()
            index = read_all()
        except DatabaseError as error:
            log.warning("search index not read anew, the database is away", extra={"error": type(error).__name__})
            return
        finally:
            connections.close_all()
        with self._lock:
            self._place, self._index = place, index


def newest() -> Place:
    """The newest change. To be asked for before the directory is read, so that none is missed."""
    return Change.objects.order_by("-pk").values_list("pk", "made").first() or (0, None)


def read_all() -> Index:
    """The whole directory. A hundred thousand people take some seconds."""
    organisations = list(Organisation.objects.values_list("pk", flat=True))
    return Index({organisation: Shelf(feed.documents(organisation)) for organisation in organisations})


def read_one(organisation: str) -> Shelf | None:
    """The shelf of one organisation, None when there is no such organisation."""
    exists = Organisation.objects.filter(pk=organisation).exists()
    return Shelf(feed.documents(organisation)) if exists else None


def changed(index: Index, keys: set[str], except_for: set[str]) -> dict[str, Shelf]:
    """Shelves with what ``keys`` say now; whoever is found nowhere, or elsewhere, is taken off."""
    keys = feed.widened(key for key in keys if not key.startswith("@"))
    by_organisation: dict[str, dict[str, Document | None]] = defaultdict(dict)
    for organisation, shelf in index.shelves.items():
        by_organisation[organisation] = dict.fromkeys((key for key in keys if shelf.has(key)), None)
    for organisation, theirs in feed.organisations_of(keys).items():
        by_organisation[organisation].update((one.key, one) for one in feed.documents(organisation, theirs))
    return {
        organisation: (index.shelves.get(organisation) or Shelf(())).with_changes(documents)
        for organisation, documents in by_organisation.items()
        if documents and organisation not in except_for
    }


_live = Live()


def index() -> Index:
    """This process's index, as of now. Raises ``django.db.Error``."""
    return _live.index()


def warm() -> None:
    """Read the directory before anybody asks, in a thread: the first search then finds it there."""
    threading.Thread(target=_warm, name="search-index", daemon=True).start()


def _warm() -> None:
    try:
        index()
    except DatabaseError as error:
        log.info("search index not read yet, the database is away", extra={"error": type(error).__name__})
    finally:
        connections.close_all()


def forget() -> None:
    """Read anew at the next use."""
    _live.forget()
