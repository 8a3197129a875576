# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a source may tell of a person: the fields, their names in the languages of the Nordic countries, and what is allowed in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from msgspec import Struct

from vaxel.directory.identity_numbers import found_in, stands_for_a_number
from vaxel.directory.numbers import international
from vaxel.directory.text import visible
from vaxel.exchange import periods

KEY = "key"
LONGEST_KEY = 200
LONGEST_TEXT = 5000
UNIT_SEPARATOR = " / "


class Field(Struct, frozen=True):
    """``name`` as programs write it; ``label`` for people; ``headings`` under which it is known beside its labels in every language, in
    small letters without punctuation.
    """

    name: str
    label: str | Promise
    headings: frozenset[str]


def _field(name: str, label: str | Promise, headings: str) -> Field:
    return Field(name, label, frozenset({name.replace("_", ""), *headings.split()}))


FIELDS: tuple[Field, ...] = (
    _field(
        KEY,
        gettext_lazy("key"),
        "id externalid nyckel nøkkel nøgle anställningsnummer anstnr anställningsid anställdnr medarbetarid ansattnr ansattnummer "
        "ansattid medarbejdernr medarbejdernummer medarbejderid lønnummer employeenumber employeeid objectguid entryuuid guid uid "
        "användarid brukerid brugerid signatur userid",
    ),
    _field(
        "name",
        gettext_lazy("name"),
        "fn namn navn displayname cn fullname fulltnamn fullständigtnamn fulltnavn fuldtnavn heltnavn visningsnamn visningsnavn "
        "visningnavn commonname anställd ansatt medarbetare medarbejder",
    ),
    _field("given_name", gettext_lazy("given name"), "givenname förnamn fornavn firstname tilltalsnamn kaldenavn"),
    _field("family_name", gettext_lazy("family name"), "familyname sn surname lastname efternamn etternavn efternavn"),
    _field(
        "title",
        gettext_lazy("title"),
        "titel tittel stilling befattning befattningsbenämning yrkestitel stillingstittel stillingsbetegnelse jobtitle",
    ),
    _field(
        "email",
        gettext_lazy("e-mail"),
        "epost epostadress epostadresse mejl mejladress mail mailadress mailadresse emailadress emailadresse emailaddress",
    ),
    _field(
        "numbers",
        gettext_lazy("direct numbers"),
        "number tel telefon telefonnummer telefonnr phone phonenumber telephone telephonenumber direktnummer "
        "direkttelefon directnumber directnumbers direktenumre direktanummer anknytning direktetelefon direktenummer lokalnummer "
        "fastnummer fasttelefon telwork telvoice",
    ),
    _field(
        "mobile",
        gettext_lazy("mobile number"),
        "mobil mobilnummer mobilnr mobiltelefon mobilephone mobilephonenumber cell telcell telmobile",
    ),
    _field(
        "administration",
        gettext_lazy("administration"),
        "förvaltning forvaltning etat sektor kommunalområde kommunalområd verksamhetsområde tjänsteområde virksomhetsområde division o",
    ),
    _field("department", gettext_lazy("department"), "avdelning avdeling afdeling"),
    _field(
        "unit",
        gettext_lazy("unit"),
        "enhet enhed organisationsenhet arbetsställe arbeidssted arbejdssted arbetsplats arbeidsplass team ou org orgunit "
        "organisationsenhed organisasjonsenhet seksjon sektion",
    ),
    _field("function", gettext_lazy("function"), "funktion funksjon role roll rolle"),
    _field(
        "tasks",
        gettext_lazy("tasks"),
        "task arbetsuppgifter arbetsuppgift arbeidsoppgaver oppgaver arbejdsopgaver opgaver uppgifter ansvarsområde ansvarsområden",
    ),
    _field(
        "search_words",
        gettext_lazy("search words"),
        "searchwords sökord søkeord søgeord stikord stikkord nyckelord nøgleord keywords categories",
    ),
    _field(
        "last_day",
        gettext_lazy("last day of employment"),
        "lastday sistadag slutdatum sistaanställningsdag anställdtom sistedag sluttdato sistearbeidsdag sidstedag slutdato "
        "sidstearbejdsdag fratrådt enddate",
    ),
    _field("initials", gettext_lazy("initials"), "initialer kortnamn kortnavn"),
    _field(
        "place",
        gettext_lazy("place"),
        "plats sted byggnad bygning bygg hus lokation location building site kontorsort kontorsted tjänsteställe tjenestested",
    ),
    _field(
        "room",
        gettext_lazy("room"),
        "rum rom lokale lokal rumsnummer romnummer lokalenummer rumsnr romnr lokalenr roomnumber kontorsrum kontorrom",
    ),
    _field(
        "prefers",
        gettext_lazy("would rather be reached"),
        "kontaktsätt kontaktmåte kontaktform preferredcontact",
    ),
    _field(
        "may_tell",
        gettext_lazy("may be told to citizens"),
        "fårberättas kanfortelles måfortælles maybetold",
    ),
    _field("note", gettext_lazy("note to the switchboard"), "växelnotering"),
    _field(
        "functions",
        gettext_lazy("further functions"),
        "funktioner funksjoner",
    ),
    _field("stands_in", gettext_lazy("functions as a stand-in"), "ersättersom vikarfor afløserfor"),
    _field(
        "mobile_consent",
        gettext_lazy("agreed that calls go to the mobile"),
        "mobilsamtycke mobilsamtykke samtyckemobil samtykkemobil",
    ),
    _field(
        "mobile_told",
        gettext_lazy("agreed that the mobile number is told"),
        "visamobil visamobilnummer mobilnummervisas mobilfårvisas vismobil vismobilnummer mobilnummervises mobilkanvises showmobile "
        "mobiltold",
    ),
    _field(
        "no_answer",
        gettext_lazy("when nobody answers"),
        "vidingetsvar ingetsvar ejsvar videjsvar vidintesvar ingensvar vedingensvar vedintetsvar intetsvar ikkesvar",
    ),
    _field(
        "substitutes",
        gettext_lazy("substitutes"),
        "substitute ersättare vikarie vikarier stedfortreder stedfortredere vikar vikarer stedfortræder stedfortrædere afløser afløsere",
    ),
    _field("successor", gettext_lazy("successor"), "efterträdare etterfølger efterfølger"),
)
"""In the order in which they are offered."""

BY_NAME = {field.name: field for field in FIELDS}
PARTS_OF_NAME = ("given_name", "family_name")
PARTS_OF_UNIT = ("administration", "department", "unit")
LONGEST = {
    "name": 120,
    "title": 120,
    "function": 80,
    "functions": 80,
    "stands_in": 80,
    "email": 254,
    "tasks": LONGEST_TEXT,
    "search_words": LONGEST_TEXT,
    "initials": 12,
    "room": 40,
    "may_tell": 300,
    "note": 300,
    "substitutes": 254,
    "successor": 254,
}
LONGEST_UNIT = 120
PERSON = (
    "name",
    "title",
    "email",
    "unit",
    "function",
    "functions",
    "stands_in",
    "tasks",
    "search_words",
    "numbers",
    "mobile",
    "mobile_consent",
    "mobile_told",
    "initials",
    "place",
    "room",
    "prefers",
    "no_answer",
    "may_tell",
    "note",
    "substitutes",
    "successor",
    "last_day",
)
"""Fields of a person as they are compared and written: names and units put together, numbers as digits, days as 2026-01-31, lists in the
order of the alphabet with commas between, people by their keys."""

LINES = ("tasks", "search_words", "functions", "stands_in", "substitutes")
"""Fields in which one line ends what another begins."""

PREFERS: Mapping[str, frozenset[str]] = {
    "phone": frozenset(
        ["phone", "telephone", "telefon", "tlf", "tel", "pertelefon", "påtelefon", "bytelephone", "ring"]
    ),
    "message": frozenset(
        ["message", "meddelande", "beskjed", "besked", "medmeddelande", "medbeskjed", "medbesked", "bymessage"]
    ),
    "mail": frozenset(["mail", "email", "epost", "mejl", "medepost", "påepost", "påemail", "byemail"]),
}
"""How somebody would rather be reached, and the words for it, as headings are compared."""

NO_ANSWER: Mapping[str, frozenset[str]] = {
    "voicemail": frozenset(
        ["voicemail", "mailbox", "röstbrevlåda", "röstbrevlådan", "telefonsvarer", "telefonsvarare"]
    ),
    "switchboard": frozenset(
        [
            "switchboard",
            "theswitchboard",
            "växel",
            "växeln",
            "sentralbord",
            "sentralbordet",
            "omstilling",
            "omstillingen",
        ]
    ),
}
"""Where her calls go when nobody answers, in the same way."""

CONSENTS = ("mobile_consent", "mobile_told")
"""What she agreed to for the mobile number that she has, each with the day (GNO-15)."""

_LOST = re.compile("\N{REPLACEMENT CHARACTER}|Ã[\x80-\xbf¤¥¶¦¸…„–˜†…]")


class Problem(Struct, frozen=True):
    """What is wrong in one row. ``column`` is the heading, "" for the whole row; ``told`` what stands there and what was expected."""

    line: int
    column: str
    told: str


class Entry(Struct, frozen=True):
    """One person as a source tells of her. ``values`` has only the fields that the source has."""

    line: int
    key: str
    values: dict[str, str]
    extra: dict[str, object] = {}


class Unfit(ValueError):
    """A value that its field can't have. Says what was expected."""


def heading(text: str) -> str:
    """``text`` as headings are compared: small letters and digits only."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def guess(headings: Iterable[str]) -> dict[str, str]:
    """Heading → field, for those that are known. Of two for one field, the first."""
    found: dict[str, str] = {}
    for told in headings:
        plain = heading(told)
        label = _labels().get(plain)
        for field in FIELDS:
            if (plain in field.headings or field.name == label) and field.name not in found.values():
                found[told] = field.name
                break
    return found


@cache
def _labels() -> Mapping[str, str]:
    """Labels as headings are compared, in every language, each with its field: exports have them as headings."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.update({heading(str(field.label)): field.name for field in FIELDS})
    return found


def cleaned(name: str, text: str, country: str) -> str:
    """The value of the field ``name`` as it is kept. Raises ``Unfit``."""
    told = text.strip()
    if _LOST.search(told):
        raise Unfit(_("letters were lost when the file was made: export it anew as CSV UTF-8"))
    lines = told.splitlines() if name in LINES else [told]
    told = "\n".join(line for line in map(visible, lines) if line)
    if not told:
        return ""
    return _CLEANERS.get(name, _text)(name, told, country)


def _text(name: str, told: str, country: str) -> str:
    longest = LONGEST.get(name, LONGEST_UNIT)
    if len(told) > longest:
        raise Unfit(_("it has %(n)d letters; at most %(most)d are kept") % {"n": len(told), "most": longest})
    if found_in(told):
        raise Unfit(_("it holds a personal identity number, which isn't kept: take it out"))
    return told


def _key(name: str, told: str, country: str) -> str:
    if len(told) > LONGEST_KEY:
        raise Unfit(_("a key has at most %(most)d letters") % {"most": LONGEST_KEY})
    if found_in(told):
        raise Unfit(_("a personal identity number can't be a key, for it isn't kept: choose another column"))
    return told


def _email(name: str, told: str, country: str) -> str:
    told = told.removeprefix("mailto:")
    try:
        validate_email(told)
    except ValidationError as error:
        raise Unfit(_("“%(text)s” isn't an e-mail address, such as anna.lind@example.org") % {"text": told}) from error
    return _text(name, told, country)


def _number(told: str, country: str) -> str:
    plain = told.removeprefix("tel:").partition(";")[0]
    if stands_for_a_number(plain):
        raise Unfit(_("it is a personal identity number, not a telephone number: take it out"))
    try:
        return international(plain, country)
    except ValueError as error:
        raise Unfit(_("“%(text)s” isn't a telephone number, such as +46 980 31 92 01") % {"text": told}) from error


def _mobile(name: str, told: str, country: str) -> str:
    return _number(told, country)


def _numbers(name: str, told: str, country: str) -> str:
    return " ".join(sorted({_number(part, country) for part in _parts(told)}))


def _unit(name: str, told: str, country: str) -> str:
    parts = [" ".join(part.split()) for part in re.split(r"\s+/\s+|\s*[>\\]\s*", told) if part.strip()]
    return UNIT_SEPARATOR.join(_text(name, part, country) for part in parts)


def _day(name: str, told: str, country: str) -> str:
    plain = told.partition("T")[0].removesuffix(" 00:00:00")
    for form in ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(plain, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Unfit(_("“%(text)s” isn't a day, such as %(day)s") % {"text": told, "day": date(2026, 1, 31).isoformat()})


def _functions(name: str, told: str, country: str) -> str:
    return ", ".join(sorted({_text(name, part, country) for part in _parts(told)}))


def _prefers(name: str, told: str, country: str) -> str:
    plain = heading(told)
    found = next((code for code, words in PREFERS.items() if plain in words), None)
    if found is None:
        raise Unfit(_("“%(text)s” is none of phone, message and mail") % {"text": told})
    return found


def _no_answer(name: str, told: str, country: str) -> str:
    plain = heading(told)
    found = next((code for code, words in NO_ANSWER.items() if plain in words), None)
    if found is None:
        raise Unfit(_("“%(text)s” is neither voicemail nor switchboard") % {"text": told})
    return found


def _substitutes(name: str, told: str, country: str) -> str:
    try:
        found = periods.read(told)
    except ValueError as error:
        raise Unfit(_("“%(text)s” is no period, such as 2026-07-01/2026-07-31") % {"text": error.args[0]}) from error
    for one in found:
        _text(name, one.who, country)
    return periods.written(found)


def _parts(told: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;|\n]", told) if part.strip()]


_CLEANERS = {
    KEY: _key,
    "email": _email,
    "numbers": _numbers,
    "mobile": _mobile,
    "unit": _unit,
    "functions": _functions,
    "stands_in": _functions,
    "prefers": _prefers,
    "no_answer": _no_answer,
    "mobile_consent": _day,
    "mobile_told": _day,
    "substitutes": _substitutes,
    "last_day": _day,
}


def put_together(values: dict[str, str]) -> dict[str, str]:
    """``values`` with the name and the unit's path made of their parts."""
    made = {name: value for name, value in values.items() if name in PERSON}
    if not made.get("name") and any(values.get(part) for part in PARTS_OF_NAME):
        made["name"] = " ".join(values[part] for part in PARTS_OF_NAME if values.get(part))
    if any(part in values for part in PARTS_OF_UNIT):
        parts = dict.fromkeys(values[part] for part in PARTS_OF_UNIT if values.get(part))
        made["unit"] = UNIT_SEPARATOR.join(parts)
    if made.get("functions") and made.get("stands_in"):
        # Of a function that she has she is no stand-in.
        has = made["functions"].split(", ")
        made["stands_in"] = ", ".join(name for name in made["stands_in"].split(", ") if name not in has)
    return made
