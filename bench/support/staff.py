# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fictional staff of Nordic municipalities, as many as wanted, and what operators type to find them.

Names are put together at random from common ones, in the proportions in which names are common: few are very frequent, most are rare.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from vaxel.directory.search.documents import Document
from vaxel.directory.search.ranking import Field

FIRST = {
    "sv": """
        Anna Eva Maria Karin Kristina Lena Sara Kerstin Emma Ingrid Marie Birgitta Malin Jenny Inger Annika Ulla
        Monica Linda Elin Hanna Johanna Carina Susanne Åsa Märta Sofia Elisabeth Ulrika Camilla Lars Mikael
        Anders Johan Erik Per Karl Peter Thomas Jan Daniel Fredrik Andreas Hans Mats Marcus Magnus Bengt Björn Bo
        Niklas Jonas Håkan Göran Östen Sören Åke Torbjörn Jörgen Mårten Ahmed Fatima Mohammed Amina Leyla Dragan
        Jelena Agnieszka Zlatan Nguyen
    """,
    "nb": """
        Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida Nina Maria
        Elisabeth Kristin Bente Heidi Silje Hege Gro Turid Åse Jan Per Bjørn Ole Lars Kjell Knut Svein Thomas
        Arne Geir Hans Morten Tor Martin Andreas Terje Odd Erik Håkon Øyvind Jørgen Pål Åge Sindre Máret Áilu
        Niillas Ánne Elle Issát Biret Jovnna Mohammad Sana Aisha Piotr
    """,
    "da": """
        Anne Kirsten Mette Hanne Anna Helle Susanne Lene Maria Marianne Inge Karen Lone Bente Camilla Pia Jette
        Charlotte Louise Inger Gitte Ulla Tina Søs Åse Bodil Dorthe Peter Jens Michael Lars Henrik Thomas Søren
        Jan Christian Martin Niels Anders Morten Jesper Hans Jørgen Mads Per Ole Rasmus Bjarne Kåre Øjvind Æbbe
        Mohamed Fatma Ali Ayşe
    """,
}
STEMS = {
    "sv": (
        """
        Lind Berg Ek Sjö Hall Nor Sund Holm Ny Söder Väster Öster Lund Björk Gran Dal Åker Ström Blom Ceder Eng
        Fors Gull Hag Hed Kron Käll Löv Malm Möller Palm Ros Sand Skog Stål Torn Vall Ål Äng Ör Berglund
    """,
        """
        ström berg gren kvist qvist lund holm mark stedt man dahl blad fors vall hed bäck näs borg löf rot blom ö
        sjö hagen ing stam felt
    """,
    ),
    "nb": (
        """
        Haug Berg Dal Hage Lie Moen Bakke Sol Strand Eid Lund Vik Ness Myr Bjørn Sæter Tveit Øde Åm Nord Sør Vest
        Øst Fjell Foss Sand Skog Stein Brekk Kvam Rød Ås Hol Kjær Ulv Grøn Tang Fug
    """,
        """
        land stad heim bø rud vik nes dal berg haug moen bakken seth gård eng ås sæter lien bråten tveit fjord
        holt
    """,
    ),
    "da": (
        """
        Kjær Holm Lund Møller Bach Dam Skov Nør Søn Øster Vester Bjerre Ager Brød Damgård Frost Grøn Højer Juul
        Krogh Lau Munk Nygård Quist Ravn Skøtt Toft Vinther Winther Æbel Ør Aa Bøgh Due Ebbe
    """,
        """
        gaard gård sted lund holm bjerg toft kjær skov by dal vang ager borg feldt strup rup høj mark bæk
    """,
    ),
}
COMMON = {
    "sv": """
        Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson
        Jonsson Håkansson Åkesson Öberg
    """,
    "nb": """
        Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen
        Eriksen Sørensen Bjørnsen Somby Utsi
    """,
    "da": """
        Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen
        Kristensen Olsen Thomsen Bødker
    """,
}
AREAS = {
    "sv": """
        bygglov hundskatt förskola grundskola hemtjänst färdtjänst försörjningsstöd miljötillsyn livsmedel avlopp
        vatten renhållning sophämtning snöröjning gatubelysning parkering bibliotek kulturskola fritidsgård
        simhall skolskjuts äldreboende bostadsanpassning skuldrådgivning upphandling löner pension rekrytering
        registratur arkiv detaljplan lantmäteri näringsliv turism vigsel överförmyndare serveringstillstånd
        alkoholtillstånd brandskydd elevhälsa modersmål vuxenutbildning arbetsmarknad integration bredband
        fastighet lokalbokning föreningsbidrag
    """,
    "nb": """
        byggesak hundeskatt barnehage grunnskole hjemmetjeneste transporttjeneste sosialhjelp miljøtilsyn
        næringsmiddel avløp vann renovasjon søppeltømming brøyting gatelys parkering bibliotek kulturskole
        fritidsklubb svømmehall skoleskyss sykehjem boligtilskudd gjeldsrådgivning innkjøp lønn pensjon
        rekruttering postmottak arkiv reguleringsplan oppmåling næringsliv reiseliv vigsel vergemål
        skjenkebevilling reindrift brannvern skolehelse morsmål voksenopplæring arbeidsmarked integrering
        bredbånd eiendom lokalutleie foreningstilskudd
    """,
    "da": """
        byggesag hundetegn børnehave folkeskole hjemmepleje kørselsordning kontanthjælp miljøtilsyn fødevarer
        spildevand vand renovation affaldshentning snerydning gadebelysning parkering bibliotek musikskole
        ungdomsklub svømmehal skolebus plejehjem boligstøtte gældsrådgivning indkøb løn pension rekruttering
        postmodtagelse arkiv lokalplan landinspektør erhverv turisme vielse værgemål bevilling sygedagpenge
        brandværn sundhedspleje modersmål voksenundervisning jobcenter integration bredbånd ejendom lokalebooking
        foreningstilskud
    """,
}
ROLES = {
    "sv": """
        handläggare inspektör samordnare chef sekreterare assistent ingenjör pedagog rådgivare utredare
        controller tekniker
    """,
    "nb": "saksbehandler inspektør koordinator leder sekretær assistent ingeniør pedagog rådgiver konsulent tekniker",
    "da": "sagsbehandler inspektør koordinator leder sekretær assistent ingeniør pædagog rådgiver konsulent tekniker",
}
JOINTS = {"sv": "s", "nb": "s", "da": "s"}
UNITS = {"sv": "kontoret", "nb": "avdelingen", "da": "afdelingen"}
CODES = {"sv": "46", "nb": "47", "da": "45"}
LANGUAGES = ("sv", "nb", "da")


def staff(count: int, seed: int = 1) -> Iterator[Document]:
    """The same people for the same ``seed``: a third of each language, one in fifty a group, one in a hundred a unit."""
    chance = random.Random(seed)
    pools = {language: _Pool(language, chance) for language in LANGUAGES}
    for n in range(count):
        pool = pools[LANGUAGES[n % 3]]
        yield pool.unit(n) if n % 100 == 99 else pool.group(n) if n % 50 == 49 else pool.person(n)


class _Pool:
    def __init__(self, language: str, chance: random.Random) -> None:
        self.chance = chance
        self.code, self.role_ending = CODES[language], UNITS[language]
        self.first = FIRST[language].split()
        heads, tails = (part.split() for part in STEMS[language])
        made = [head + tail for head in heads for tail in tails]
        chance.shuffle(made)
        self.last = [*COMMON[language].split(), *made]
        self.areas = AREAS[language].split()
        self.roles, self.joint = ROLES[language].split(), JOINTS[language]

    def _often(self, names: list[str]) -> str:
        """Names as frequent as the inverse of their place."""
        return names[int(len(names) ** self.chance.random()) - 1]

    def _name(self) -> str:
        first = self._often(self.first)
        if self.chance.random() < 0.12:
            first += f"-{self._often(self.first)}" if self.chance.random() < 0.5 else f" {self._often(self.first)}"
        last = self._often(self.last)
        return f"{first} {last}-{self._often(self.last)}" if self.chance.random() < 0.06 else f"{first} {last}"

    def _unit(self, n: int) -> str:
        return self.areas[n // 150 % len(self.areas)].capitalize() + self.joint + self.role_ending

    def _number(self, n: int) -> str:
        return f"{self.code}{30_000_000 + n}" if self.code != "46" else f"46{300_000_000 + n}"

    def person(self, n: int) -> Document:
        area, role = self.chance.choice(self.areas), self.chance.choice(self.roles)
        tasks = ", ".join(self.chance.sample(self.areas, 3))
        name = self._name()
        away = ((0.0, 4e9),) if self.chance.random() < 0.1 else ()
        return Document(
            key=f"p{n}",
            name=name,
            texts=(
                (Field.TITLE, f"{area.capitalize()}{self.joint}{role}"),
                (Field.TASK, tasks),
                (Field.UNIT, self._unit(n)),
                (Field.EMAIL, f"{name.replace(' ', '.').lower()}@storby.example"),
            ),
            numbers=(self._number(n),),
            away=away,
        )

    def group(self, n: int) -> Document:
        name = f"{self.chance.choice(self.areas).capitalize()} {n // 50}"
        return Document(key=f"g{n}", name=name, texts=((Field.UNIT, self._unit(n)),), numbers=(self._number(n),))

    def unit(self, n: int) -> Document:
        return Document(key=f"u{n}", name=f"{self._unit(n)} {n // 100}")


# ── what is typed ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Typed(NamedTuple):
    """A whole query, whom it is for, and in what way it was typed."""

    text: str
    key: str
    way: str


WAYS = (
    "as written",
    "one error",
    "two errors",
    "without Nordic letters",
    "the neighbour's letters",
    "by task",
    "number",
)
_PLAIN = str.maketrans({"å": "a", "ä": "a", "æ": "a", "ö": "o", "ø": "o"})
_DOUBLE = str.maketrans({"å": "aa", "ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe"})
_OTHER = str.maketrans({"ä": "æ", "æ": "ä", "ö": "ø", "ø": "ö"})


def queries(documents: list[Document], count: int, seed: int = 2) -> list[Typed]:
    """``count`` queries for people among ``documents``, the ways taking turns."""
    chance = random.Random(seed)
    people = [document for document in documents if document.key.startswith("p")]
    return [_query(chance.choice(people), WAYS[n % len(WAYS)], chance) for n in range(count)]


def _query(person: Document, way: str, chance: random.Random) -> Typed:
    parts = person.name.lower().replace("-", " ").split()
    # An operator types a few letters of the first name and more of the last, or all of both.
    text = f"{parts[0][: chance.choice((2, 4, 20))]} {parts[-1]}" if chance.random() < 0.7 else parts[-1]
    if way == "one error":
        text = wrong(text, chance)
    elif way == "two errors":
        text = wrong(wrong(text, chance), chance)
    elif way == "without Nordic letters":
        text = text.translate(_PLAIN if chance.random() < 0.5 else _DOUBLE)
    elif way == "the neighbour's letters":
        text = text.translate(_OTHER)
    elif way == "by task":
        text = dict(person.texts)[Field.TASK].replace(",", " ").split()[0]
        text = f"{parts[0]} {text}" if chance.random() < 0.5 else text
    elif way == "number":
        text = chance.choice((person.numbers[0][-4:], "0" + person.numbers[0][2:], person.numbers[0][4:9]))
    return Typed(text, person.key, way)


def wrong(text: str, chance: random.Random) -> str:
    """With one letter added, left out, wrong, or exchanged with the next."""
    at = chance.randrange(len(text) - 1)
    letter = chance.choice("abcdefghijklmnoprstuvyåäö")
    match chance.randrange(4):
        case 0:
            return text[:at] + letter + text[at:]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + letter + text[at + 1 :]
        case _:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def keystrokes(typed: str) -> Iterator[str]:
    """What stands in the box after each key."""
    for n in range(1, len(typed) + 1):
        if typed[n - 1] != " ":
            yield typed[:n]
