# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files as they come from staff systems and spreadsheets, and what isn't one."""

from __future__ import annotations

import io
import zipfile

import pytest

from vaxel.exchange import mapping, tables, vcard
from vaxel.exchange.fields import Entry, Problem, guess
from vaxel.exchange.tables import FileRefused, Table

SWEDISH = "Anställningsnummer;Förnamn;Efternamn;Titel;E-post;Telefon;Förvaltning;Avdelning\r\n"
ASA = "17;Åsa;Öberg;Handläggare;asa@example.org;0980-31 92 01;Samhälle;Bygglov\r\n"


def read(text: str | bytes) -> tuple[Table, list[Entry], list[Problem]]:
    table = tables.read(text.encode() if isinstance(text, str) else text)
    entries, problems = mapping.entries(table, mapping.for_table(table, {}), "SE")
    return table, entries, problems


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16", "utf-16-le", "utf-16-be"], ids=str
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_of_the_north_is_read(encoding: str, separator: str) -> None:
    _table, entries, problems = read((SWEDISH + ASA).replace(";", separator).encode(encoding))
    assert not problems
    assert entries == [
        Entry(
            2,
            "17",
            {
                "name": "Åsa Öberg",
                "title": "Handläggare",
                "email": "asa@example.org",
                "numbers": "46980319201",
                "unit": "Samhälle / Bygglov",
            },
        )
    ]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "Ansattnr;Navn;Stilling;E-post;Mobil;Avdeling;Arbeidsoppgaver",
            "key name title email mobile department tasks",
        ),
        (
            "Medarbejdernr.;Fornavn;Efternavn;Stillingsbetegnelse;E-mail;Direkte nummer;Forvaltning;Søgeord",
            "key given_name family_name title email numbers administration search_words",
        ),
        (
            "Anst.nr;Namn;Befattning;E-postadress;Anknytning;Enhet;Sökord",
            "key name title email numbers unit search_words",
        ),
        ("Employee ID;Name;Job title;Email address;Phone;Keywords", "key name title email numbers search_words"),
    ],
)
def test_headings_are_recognised_in_four_languages(headings: str, fields: str) -> None:
    assert " ".join(guess(headings.split(";")).values()) == fields


def test_what_was_chosen_for_a_column_is_kept_for_the_next_file() -> None:
    table = tables.read(b"Nr;Vem;Telefon\n1;Anna;0980-319201\n")
    chosen = mapping.for_table(table, {"Nr": "key", "Vem": "name"})
    assert chosen == {"Nr": "key", "Vem": "name", "Telefon": "numbers"}
    left_out = mapping.for_table(table, {"Nr": "key", "Vem": "name", "Telefon": ""})
    assert left_out["Telefon"] == ""


def _archive(name: str, content: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (_archive("[Content_Types].xml", "x") + b"", "Excel workbook"),
        (_archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"<html><table><tr><td>Namn</td></tr></table></html>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (b"   \r\n ", "empty"),
        (b"Namn;Telefon\nAnna\x00;1\n", "Line 2 has a NUL byte"),
        ("Namn;Titel\nÅsa;Chef\n".encode() + b"Bj\xf6rn;Chef\n", "Line 3 isn't UTF-8"),
        (b"Namn;Titel\n\x81\x8d;x\n", "Line 2 has bytes that are neither"),
        (b"Namn;Namn\nAnna;Lind\n", "Two columns have the heading"),
        (b'Namn;Titel\nAnna;"Chef\nBo;Chef\n', "quotation mark"),
    ],
)
def test_what_is_no_table_is_told_with_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        tables.read(content)


def test_a_file_of_100_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(FileRefused, match="100 MB large; at most 67 MB"):
        tables.check_size(100_000_000)


def test_faulty_rows_are_told_by_line_and_column_and_the_others_are_read() -> None:
    _table, entries, problems = read(
        SWEDISH
        + ASA
        + "18;Bo;Ek;Chef;bo(at)example.org;0980-31 92 02;;\r\n"
        + "19;Eva;Ek;Chef;eva@example.org;växeln;;\r\n"
        + "20;Ulf;Ek\r\n"
        + ";Ida;Ek;;ida@example.org;;;\r\n"
        + "21;Kim;Ek;850709-9805;;;;\r\n"
        + "19850709-9805;Lo;Ek;;;;;\r\n"
        + '22;"Pia\r\nMaria";Ek;;;;;\r\n'
    )
    told = [(problem.line, problem.column) for problem in problems]
    assert told == [
        (5, ""),
        (3, "E-post"),
        (4, "Telefon"),
        (6, "Anställningsnummer"),
        (7, "Titel"),
        (8, "Anställningsnummer"),
    ]
    assert "“bo(at)example.org” isn't an e-mail address" in problems[1].told
    assert "personal identity number" in problems[4].told
    assert "850709" not in "".join(problem.told for problem in problems)
    assert entries[-1].line == 9
    assert entries[-1].values["name"] == "Pia Maria Ek"


def test_letters_that_were_lost_on_the_way_are_seen() -> None:
    _table, _entries, problems = read("Id;Namn\n1;Ã…sa Ã–berg\n2;Bj\N{REPLACEMENT CHARACTER}rn\n3;Åsa\n")
    assert [(problem.line, problem.column) for problem in problems] == [(2, "Namn"), (3, "Namn")]


def test_formulas_are_text_and_lose_only_the_apostrophe_that_disarmed_them() -> None:
    _table, entries, _problems = read("Id;Namn;Titel\n1;Anna;=cmd|'/c calc'!A0\n2;Bo;'+chef\n3;O;'s-Gravenhage\n")
    assert [entry.values["title"] for entry in entries] == ["=cmd|'/c calc'!A0", "+chef", "'s-Gravenhage"]


def test_excels_line_with_the_separator_is_understood() -> None:
    table, entries, _problems = read("sep=,\r\nId,Namn\r\n1,Anna\r\n")
    assert table.separator == ","
    assert entries == [Entry(3, "1", {"name": "Anna"})]


@pytest.mark.parametrize(
    ("content", "told"),
    [("Id;Titel\n1;Chef\n", "No column holds names"), ("Namn;Titel\nAnna;Chef\n", "No column is a key")],
)
def test_a_table_needs_names_and_keys(content: str, told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        read(content)


CARDS = """BEGIN:VCARD
VERSION:3.0
UID:17
FN:Åsa Öberg
N:Öberg;Åsa;;;
ORG:Gnosjö kommun;Samhälle;Bygg\\, plan
TITLE:Handläggare
item1.EMAIL;TYPE=INTERNET,WORK:asa@example.org
TEL;TYPE=WORK,VOICE:0980-31 92 01
TEL;TYPE=CELL:070-174 06 05
TEL;TYPE=FAX:0980-31 92 99
CATEGORIES:altan,bygg
 lov
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:18
FN:Bo Ek
TEL;VALUE=uri;TYPE="work,voice":tel:+46-980-31-92-02
EMAIL:bo@example.org
END:VCARD
BEGIN:VCARD
VERSION:2.1
UID:19
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96st;=
Eva;;;
TEL;WORK:0980-319203
END:VCARD
"""


def test_vcards_of_three_versions_are_read() -> None:
    table = vcard.read(CARDS.replace("\n", "\r\n").encode())
    entries, problems = mapping.entries(table, mapping.for_table(table, vcard.MAPPING), "SE")
    assert not problems
    assert entries[0].values == {
        "name": "Åsa Öberg",
        "title": "Handläggare",
        "unit": "Samhälle / Bygg, plan",
        "email": "asa@example.org",
        "numbers": "46980319201",
        "mobile": "46701740605",
        "search_words": "altan, bygglov",
    }
    assert (entries[1].key, entries[1].values["numbers"]) == ("18", "46980319202")
    assert (entries[2].key, entries[2].values["name"]) == ("19", "Eva Öst")


def test_a_vcard_that_never_ends_is_told() -> None:
    with pytest.raises(FileRefused, match="no vCard that is complete"):
        vcard.read(b"BEGIN:VCARD\r\nFN:Anna\r\n")
