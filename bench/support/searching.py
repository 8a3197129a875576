# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""One size of directory, searched key by key: by the index, by SQLite's FTS5 and by PostgreSQL's pg_trgm, the same keys in turns.

``python -m bench.support.searching SIZE QUERIES COMPARED`` prints what was seen as JSON. Each size runs in a process of its own, so that
its memory is its own.
"""

from __future__ import annotations

import json
import platform
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

import psycopg
from scripts.with_postgresql import cluster

from bench.support.exhaustive import Exhaustive
from bench.support.result import percentile
from bench.support.staff import Typed, keystrokes, queries, staff
from vaxel.directory.search.documents import Document
from vaxel.directory.search.index import Asking, Index, Shelf
from vaxel.directory.search.questions import read

HOME = "storby"
NOW = 1_800_000_000.0
SHOWN = 10
MOST_KEYS = {"fts5": 1_000, "pg_trgm": 100}
LONGEST_MS = 5_000
"""A statement that takes longer is ended, and counts so much."""

Search = Callable[[str], object]


def measured(size: int, most_queries: int, compared: int) -> dict[str, Any]:
    """Figures of one size. ``compared``: of how many queries the answers are compared with the exhaustive search."""
    before = _memory_mb()
    begun = time.perf_counter()
    index = Index({HOME: Shelf(staff(size))})
    index.search("xannb", asking())
    built, memory = time.perf_counter() - begun, _memory_mb() - before
    documents = list(staff(size))
    typed = queries(documents, most_queries)
    keys = [text for query in typed for text in keystrokes(query.text)]
    with ExitStack() as stack:
        others: dict[str, Search] = {"fts5": _fts5(documents), "pg_trgm": _trgm(documents, stack)}
        figures = {"index": _times(lambda text: index.search(text, asking()), keys)}
        # The others take long: every so manieth key is enough to see their 99th percentile.
        for name, search in others.items():
            some = keys[:: max(1, len(keys) // MOST_KEYS[name])]
            figures[name] = _times(search, some)
            # By the same keys, right after: what else the machine does meanwhile falls on both.
            figures[f"index beside {name}"] = _times(lambda text: index.search(text, asking()), some)
    return {
        "documents": size,
        "keystrokes": len(keys),
        "built_seconds": round(built, 2),
        "memory_mb": round(memory),
        **figures,
        **_answers(index, documents, typed, compared),
    }


def asking() -> Asking:
    return Asking(organisations=frozenset({HOME}), now=NOW, home=HOME, limit=SHOWN)


def _times(search: Search, texts: Iterable[str]) -> dict[str, float]:
    """Milliseconds a search. ``cpu`` is the thread's own time: what a machine that does nothing else would need at most."""
    taken, cpu = [], []
    for text in texts:
        begun, worked = time.perf_counter(), time.thread_time()
        search(text)
        cpu.append(1000 * (time.thread_time() - worked))
        taken.append(1000 * (time.perf_counter() - begun))
    by_clock = {f"p{at}": round(percentile(taken, at), 3) for at in (50, 90, 99)}
    return {**by_clock, "cpu_p99": round(percentile(cpu, 99), 3), "n": len(taken)}


def _answers(index: Index, documents: list[Document], typed: list[Typed], compared: int) -> dict[str, Any]:
    """recall: of the ten best that the exhaustive search knows, how many the index shows. found: how often who was sought is among ten."""
    exhaustive = Exhaustive({HOME: documents})
    wanted = shown = 0
    for query in typed[:compared]:
        best = {key for key, _, _ in exhaustive.search(query.text, asking())}
        wanted += len(best)
        shown += len(best & {match.key for match in index.search(query.text, asking())})
    found: dict[str, list[bool]] = {}
    for query in typed:
        keys = {match.key for match in index.search(query.text, asking())}
        found.setdefault(query.way, []).append(query.key in keys)
    return {
        "compared": compared,
        "recall_at_10": round(shown / wanted, 4) if wanted else 1.0,
        "sought_found_at_10": {way: round(sum(hits) / len(hits), 3) for way, hits in found.items()},
    }


def _text(document: Document) -> str:
    return " ".join((document.name, *(text for _, text in document.texts), *document.numbers))


def _fts5(documents: Iterable[Document]) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE staff USING fts5(key UNINDEXED, text, prefix = '1 2 3 4', "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = ((document.key, _text(document)) for document in documents)
    database.executemany("INSERT INTO staff VALUES (?, ?)", rows)
    database.execute("INSERT INTO staff(staff) VALUES ('optimize')")

    def search(text: str) -> object:
        words = " ".join(f'"{word}" *' for word in read(text).words)
        found = "SELECT key FROM staff WHERE staff MATCH ? ORDER BY rank LIMIT ?"
        return database.execute(found, (words, SHOWN)).fetchall() if words else []

    return search


def _trgm(documents: Iterable[Document], stack: ExitStack) -> Search:
    connection = stack.enter_context(psycopg.connect(stack.enter_context(cluster()), autocommit=True))
    connection.execute("CREATE EXTENSION pg_trgm")
    connection.execute("CREATE TABLE staff (key text, text text)")
    with connection.cursor().copy("COPY staff FROM STDIN") as copy:
        for document in documents:
            copy.write_row((document.key, _text(document).lower()))
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("CREATE INDEX staff_text ON staff USING gin (text gin_trgm_ops)")
    connection.execute("ANALYZE staff")
    connection.execute(f"SET statement_timeout = {LONGEST_MS}")
    found = "SELECT key FROM staff WHERE %(q)s <%% text ORDER BY word_similarity(%(q)s, text) DESC LIMIT %(shown)s"

    def search(text: str) -> object:
        try:
            return connection.execute(found, {"q": text.lower(), "shown": SHOWN}).fetchall()
        except psycopg.errors.QueryCanceled:
            return []

    return search


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(size: int, most_queries: int, compared: int) -> dict[str, Any]:
    """``measured``, in another process. Raises ``subprocess.CalledProcessError``."""
    command = [sys.executable, "-m", "bench.support.searching", str(size), str(most_queries), str(compared)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def told(found: dict[str, Any]) -> str:
    """One line for whoever watches."""
    p99 = ", ".join(f"{name} {found[name]['p99']:.1f}" for name in ("index", "fts5", "pg_trgm"))
    return (
        f"{found['documents']}: 99 % of keystrokes within (ms) {p99}; recall {found['recall_at_10']:.3f}; "
        f"{found['memory_mb']} MB, built in {found['built_seconds']:.1f} s"
    )


def ratio(found: dict[str, Any], other: str) -> float:
    """The index's 99th percentile to the other's, by the same keystrokes."""
    return round(float(found[f"index beside {other}"]["p99"]) / float(found[other]["p99"]), 3)


def versions() -> dict[str, str]:
    return {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}


if __name__ == "__main__":
    print(json.dumps(measured(*(int(argument) for argument in sys.argv[1:4]))))
