# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from vaxel.site import catalogues, translations


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return translations.in_code()


def test_every_text_has_its_translation_with_the_same_placeholders(
    texts: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "in_code", lambda: texts)
    assert translations.check() == []


def test_templates_and_code_are_both_read(texts: Catalog) -> None:
    assert texts.get("Mark as heard") is not None
    assert texts.get("Note by %(who)s") is not None
    assert texts.get("Language", "of the page") is not None


@pytest.fixture
def elsewhere(tmp_path: Path, texts: Catalog, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Swedish catalogue, to be written, of a program with few texts."""
    few = Catalog()
    for text in ("Note by %(who)s", "Password: {password}", "Done"):
        message = texts.get(text)
        few.add(text, flags=message.flags if message else ())
    monkeypatch.setattr(translations, "in_code", lambda: few)
    path = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    for module in (catalogues, translations):
        monkeypatch.setattr(module, "LOCALE", tmp_path)
    return path


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "Note by %(who)s"\nmsgstr ""', "not translated"),
        ('#, python-format\nmsgid "Note by %(who)s"\nmsgstr "Anteckning av %(vem)s"', "placeholder"),
        ('#, fuzzy\nmsgid "Note by %(who)s"\nmsgstr "Anteckning av %(who)s"', "not translated"),
        ('msgid "Note by %(who)s"\nmsgstr "Anteckning av “%(who)s”"', "quotes otherwise"),
        ('msgid "Password: {password}"\nmsgstr "Lösenord: {pass}"', "differs in {password}, {pass}"),
    ],
)
def test_what_is_missing_or_differs_is_told(elsewhere: Path, entry: str, complaint: str) -> None:
    elsewhere.write_text(HEAD + entry + "\n")
    about = entry.partition('msgid "')[2].partition('"')[0]
    lines = [line for line in translations.check() if line.startswith("sv") and about in line]
    assert len(lines) == 1
    assert complaint in lines[0]


def test_a_catalogue_is_compiled_when_it_is_newer_than_its_compiled_form(elsewhere: Path) -> None:
    elsewhere.write_text(HEAD + 'msgid "Done"\nmsgstr "Klart"\n')
    catalogues.compile_stale()
    compiled = elsewhere.with_suffix(".mo")
    assert gettext.translation("django", elsewhere.parents[2], ["sv"]).gettext("Done") == "Klart"
    made = compiled.stat().st_mtime_ns
    catalogues.compile_stale()
    assert compiled.stat().st_mtime_ns == made
    os.utime(compiled, (0, 0))
    catalogues.compile_stale()
    assert compiled.stat().st_mtime_ns > 0
