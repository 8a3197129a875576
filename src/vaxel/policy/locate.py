# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which line of a TOML text a key or an element stands. ``tomllib`` reads values only and forgets where they were.

The text has been read by ``tomllib`` before: what isn't TOML needs no care here.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\s#][^,\]}\n#]*")


class Lines:
    """``of`` gives the line, from 1, of a path such as ``("clause", 3, "control", 0, "rings")``,
    or of the nearest above it if it is absent."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._lines: dict[Path, int] = {(): 1}
        self._lengths: dict[Path, int] = {}
        self._read()

    def of(self, path: Path) -> int:
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    # ── a small reader of TOML ──────────────────────────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        table: Path = ()
        while self._skip():
            if self._text.startswith("[[", self._at):
                self._at += 2
                table = self._element(self._resolve(self._key()))
                self._at = self._text.index("]]", self._at) + 2
            elif self._text[self._at] == "[":
                self._at += 1
                table = self._resolve(self._key())
                self._mark(table)
                self._at = self._text.index("]", self._at) + 1
            else:
                self._pair(table)

    def _mark(self, path: Path, at: int | None = None) -> None:
        self._lines.setdefault(path, self._text.count("\n", 0, self._at if at is None else at) + 1)

    def _skip(self) -> bool:
        """Past space, line ends and comments; False at the end."""
        while self._at < len(self._text):
            if self._text[self._at] == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif self._text[self._at].isspace():
                self._at += 1
            else:
                return True
        return False

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip()
            mark = self._text[self._at]
            if mark in "\"'":
                start = self._at
                self._string()
                parts.append(self._text[start + 1 : self._at - 1])
            else:
                match = _BARE.match(self._text, self._at)
                assert match is not None, "tomllib has read this key"
                parts.append(match[0])
                self._at = match.end()
            self._skip()
            if self._text[self._at] != ".":
                return parts
            self._at += 1

    def _resolve(self, keys: list[str]) -> Path:
        """A header's keys as a path: through arrays of tables it goes to their newest element."""
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return (*path, keys[-1])

    def _element(self, array: Path) -> Path:
        n = self._lengths.get(array, 0)
        self._lengths[array] = n + 1
        self._mark(array)
        self._mark((*array, n))
        return (*array, n)

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for key in self._key():
            path = (*path, key)
            self._mark(path, start)
        self._at = self._text.index("=", self._at) + 1
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip()
        mark = self._text[self._at]
        if mark in "\"'":
            self._string()
        elif mark == "[":
            self._array(path)
        elif mark == "{":
            self._table(path)
        else:
            match = _SCALAR.match(self._text, self._at)
            assert match is not None, "tomllib has read this value"
            self._at = match.end()

    def _array(self, path: Path) -> None:
        self._at += 1
        n = 0
        while self._skip() and self._text[self._at] != "]":
            self._mark((*path, n))
            self._value((*path, n))
            n += 1
            self._comma()
        self._at += 1

    def _table(self, path: Path) -> None:
        self._at += 1
        while self._skip() and self._text[self._at] != "}":
            self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        if self._skip() and self._text[self._at] == ",":
            self._at += 1

    def _string(self) -> None:
        quote = self._text[self._at]
        long = quote * 3
        mark = long if self._text.startswith(long, self._at) else quote
        self._at += len(mark)
        while not self._text.startswith(mark, self._at):
            self._at += 2 if quote == '"' and self._text[self._at] == "\\" else 1
        self._at += len(mark)
        # A long string may end in one or two quotes of its own.
        while len(mark) == 3 and self._text.startswith(quote, self._at):
            self._at += 1
