# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The telephone list on paper, read with an independent reader of PDF."""

from __future__ import annotations

import builtins
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import rows
from vaxel.directory.models import Group, Number, NumberKind, Organisation, Unit
from vaxel.exchange import export, pdf
from vaxel.exchange.tables import FileRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    home = rows.organisation()
    above = Unit.objects.create(organisation=home, name="Samhälle")
    Unit.objects.create(organisation=home, name="Bygglov", parent=above)
    rows.person(home, "Åsa Öberg", "46980319205", unit="Samhälle", title="Chef", email="asa@example.org")
    anna = rows.person(home, "Anna Lind", "46980319201", title="<b>&amp; Handläggare")
    anna.unit = Unit.objects.get(name="Bygglov")
    anna.save()
    rows.person(home, "Ödla Ek", "46980319206", email="odla@example.org")
    rows.person(home, "Hidden Person", "46980319207", protected=True)
    group = Group.objects.create(organisation=home, name="Bygglovsgruppen")
    Number.objects.create(organisation=home, number="46980319290", kind=NumberKind.GROUP, group=group)
    return home


def tool(name: str, *arguments: str) -> str:
    return subprocess.run([name, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.mark.clause("TAN-15")
def test_the_list_is_printed_from_live_data_by_unit_and_by_name(home: Organisation, tmp_path: Path) -> None:
    file = tmp_path / "list.pdf"
    file.write_bytes(export.made("pdf", home, export.everybody(home)))
    text = tool("pdftotext", "-layout", str(file), "-")
    told = " ".join(text.split())
    assert "Telefonlista med 3 personer" in told
    assert re.search(r"Växel\s+\+46 980 31 92 00", told)
    assert re.search(r"Bygglovsgruppen\s+\+46 980 31 92 90", told)
    assert "Hidden" not in told
    by_unit, _break, by_name = told.partition("Efter namn")
    assert by_unit.index("Samhälle") < by_unit.index("Bygglov ") < by_unit.index("Utan enhet")
    assert "<b>&amp; Handläggare" in by_unit
    assert re.search(r"A Anna Lind .* Å Åsa Öberg .* Ö Ödla Ek", by_name)
    assert "Sida 2 / 2" in told


def test_the_list_can_be_read_aloud(home: Organisation, tmp_path: Path) -> None:
    file = tmp_path / "list.pdf"
    file.write_bytes(export.made("pdf", home, export.everybody(home)))
    facts = tool("pdfinfo", str(file))
    assert re.search(r"Title:\s+Telefonlista för Gnosjö kommun", facts.replace("Gnosjo", "Gnosjö"))
    assert re.search(r"Tagged:\s+yes", facts)
    assert "A4" in facts
    structure = tool("pdfinfo", "-struct", str(file))
    assert {"H1", "H2", "H3", "Table", "TH", "TD"} <= set(re.findall(r"^\s*(\w+)", structure, re.MULTILINE))
    assert 'pdfuaid:part="1"' in tool("pdfinfo", "-meta", str(file)).replace("<pdfuaid:part>1", 'pdfuaid:part="1"')


@pytest.mark.parametrize(
    ("language", "names", "order"),
    [
        ("sv", ["Öst", "Ast", "Åst", "Äst", "Øst", "Zorn"], "Ast Zorn Åst Äst Öst Øst"),
        ("da", ["Øst", "Ast", "Åst", "Æst", "Öst", "Zorn"], "Ast Zorn Æst Øst Öst Åst"),
        ("en", ["Öst", "Ast", "Zorn"], "Ast Öst Zorn"),
    ],
)
def test_the_alphabet_is_the_languages(language: str, names: list[str], order: str) -> None:
    assert " ".join(sorted(names, key=pdf.sorting(language))) == order


def test_without_the_systems_part_for_drawing_text_it_is_told_what_to_install(
    home: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(FileRefused, match=r"apt-get install libpango-1\.0-0"):
        export.made("pdf", home, [])
