# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of all announcements: what the synthesiser reads, and what a municipality reads when it records its own.

A text that ends a sentence ends with a full stop; what goes on with the next fragment ends with a comma or nothing.
``speaking`` puts fragments together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from vaxel.domain.absence import AbsenceReason

LANGUAGES = ("sv", "nb", "da", "en")
"""Those in which everything can be said."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Names of fragments, by ``date.weekday()``."""

SOMEBODY = "somebody"
"""Said instead of a name that there is no recording of."""

Texts = Mapping[str, str]
"""Fragment → what is said."""


@cache
def texts(language: str) -> Texts:
    """Every fragment of a language, in the order in which they are listed to people. Raises ``KeyError`` for one not in ``LANGUAGES``."""
    return MappingProxyType(dict(_SENTENCES[language]) | _clock(language) | _calendar(language))


def _clock(language: str) -> dict[str, str]:
    numbers = NUMBERS[language]
    found = {f"number-{n}": f"{numbers[n]}." for n in range(60)}
    found |= {f"minute-{n}": f"{_NOUGHT[language]} {numbers[n]}." for n in range(1, 10)}
    if language == "en":
        found |= {f"hour-{n}": f"at {numbers[n]}," for n in range(1, 13)}
        found |= {f"at-{n}": _english_hour(n) for n in range(1, 24)}
        return found | {"am": "a.m.", "pm": "p.m.", "midnight": "midnight."}
    # Norwegian counts "én", but its clock strikes "ett".
    hours = (numbers[0], "ett", *numbers[2:24]) if language == "nb" else numbers[:24]
    found |= {f"hour-{n}": f"{_CLOCK[language]} {word}," for n, word in enumerate(hours)}
    found |= {f"at-{n}": f"{_CLOCK[language]} {word}." for n, word in enumerate(hours) if n}
    return found | {"midnight": _MIDNIGHT[language]}


def _english_hour(hour: int) -> str:
    if hour == 12:
        return "at noon."
    return f"at {NUMBERS['en'][hour % 12]} {'a.m' if hour < 12 else 'p.m'}."


def _calendar(language: str) -> dict[str, str]:
    on = _ON_WEEKDAY[language]
    found = {"today": f"{_TODAY[language]},", "tomorrow": f"{_TOMORROW[language]},"}
    for name, word in zip(WEEKDAYS, _WEEKDAYS[language], strict=True):
        found |= {name: f"{word},", f"on-{name}": f"{on} {word},".strip()}
    for n, word in enumerate(ORDINALS[language], 1):
        found |= {f"date-{n}": f"the {word} of" if language == "en" else f"den {word}"}
        if language in ON_DATE:
            found[f"on-date-{n}"] = f"on the {word} of"
    found |= {f"month-{n}": f"{word}." for n, word in enumerate(_MONTHS[language], 1)}
    return found | {"century": _CENTURY[language]}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _counted(first: str, tens: str) -> tuple[str, ...]:
    """0–59 from the words up to 20 and for the tens, the way that Swedish and Norwegian make them."""
    words = _words(first)
    return (*words, *(ten + (words[one] if one else "") for ten in _words(tens) for one in range(10)))


def _danish() -> tuple[str, ...]:
    words = _words(
        "nul et to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
    )
    ones = ("", "en", *words[2:10])
    tens = _words("tyve tredive fyrre halvtreds")
    return (*words, *(f"{ones[one]}og{ten}" if one else ten for ten in tens for one in range(10)))


def _english() -> tuple[str, ...]:
    words = _words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    )
    tens = _words("twenty thirty forty fifty")
    return (*words, *(f"{ten}-{words[one]}" if one else ten for ten in tens for one in range(10)))


NUMBERS: Mapping[str, tuple[str, ...]] = {
    "sv": _counted(
        "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton",
        "tjugo trettio fyrtio femtio",
    ),
    "nb": _counted(
        "null én to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
        "tjue tretti førti femti",
    ),
    "da": _danish(),
    "en": _english(),
}
"""Language → 0 to 59 in words."""

ORDINALS: Mapping[str, tuple[str, ...]] = {
    "sv": _words(
        "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde "
        "sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde "
        "tjugoåttonde tjugonionde trettionde trettioförsta"
    ),
    "nb": _words(
        "første andre tredje fjerde femte sjette sjuende åttende niende tiende ellevte tolvte trettende fjortende femtende "
        "sekstende syttende attende nittende tjuende tjueførste tjueandre tjuetredje tjuefjerde tjuefemte tjuesjette tjuesjuende "
        "tjueåttende tjueniende trettiende trettiførste"
    ),
    "da": _words(
        "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende fjortende femtende "
        "sekstende syttende attende nittende tyvende enogtyvende toogtyvende treogtyvende fireogtyvende femogtyvende "
        "seksogtyvende syvogtyvende otteogtyvende niogtyvende tredivte enogtredivte"
    ),
    "en": _words(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth "
        "twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
    ),
}
"""Language → the days of a month."""

ON_DATE = frozenset({"en"})
"""Languages in which a date has a preposition, as its weekdays have: “on the third of August”."""

MONTH_FIRST = frozenset({"se"})
"""Languages in which the month is said before the day."""

UNTIL_LAST = frozenset({"se"})
"""Languages that say “until” after the moment."""

_NOUGHT = {"sv": "noll", "nb": "null", "da": "nul", "en": "oh"}
_CLOCK = {"sv": "klockan", "nb": "klokken", "da": "klokken"}
_MIDNIGHT = {"sv": "midnatt.", "nb": "midnatt.", "da": "midnat."}
_TODAY = {"sv": "i dag", "nb": "i dag", "da": "i dag", "en": "today"}
_TOMORROW = {"sv": "i morgon", "nb": "i morgen", "da": "i morgen", "en": "tomorrow"}
_ON_WEEKDAY = {"sv": "på", "nb": "", "da": "", "en": "on"}
_CENTURY = {"sv": "tjugohundra", "nb": "totusen og", "da": "totusind og", "en": "twenty"}
_WEEKDAYS = {
    "sv": _words("måndag tisdag onsdag torsdag fredag lördag söndag"),
    "nb": _words("mandag tirsdag onsdag torsdag fredag lørdag søndag"),
    "da": _words("mandag tirsdag onsdag torsdag fredag lørdag søndag"),
    "en": _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
_MONTHS = {
    "sv": _words("januari februari mars april maj juni juli augusti september oktober november december"),
    "nb": _words("januar februar mars april mai juni juli august september oktober november desember"),
    "da": _words("januar februar marts april maj juni juli august september oktober november december"),
    "en": _words("January February March April May June July August September October November December"),
}

ON_TELEPHONES = frozenset(
    {
        "absence-set",
        "absence-ended",
        "you-are-here",
        "you-are-away",
        "logged-in",
        "logged-out",
        "no-group",
        "nothing-to-pick-up",
        "not-possible",
        "not-understood",
        "try-later",
        "refer-ring",
        "refer-left",
        "refer-oneself",
        "refer-unknown",
        "refer-no-mobile",
        "time-past",
        "absence-menu",
        "option-back",
        "option-reason-lunch",
        "option-reason-meeting",
        "option-reason-errand",
        "option-reason-travel",
        "option-reason-course",
        "option-reason-vacation",
        "option-reason-sick",
        "option-reason-gone_for_day",
        "option-reason-parental",
        "option-reason-other",
        "enter-until",
        "callers-will-hear",
        "option-to-switchboard",
        "option-to-voicemail",
        "option-to-mobile",
        "option-to-number",
        "enter-number",
        "echo-test",
        "record-now",
        "record-greeting",
        "record-name",
        "record-announcement",
        "record-heard",
        "record-kept",
        "record-dropped",
        "option-keep",
        "option-again",
        "option-drop",
        "surge-asked",
        "surge-joined",
        "option-come",
        "logged-on",
        "logged-off",
    }
)
"""What only employees hear, on their own telephones."""

TOLD_TO_CALLERS = ("told-busy", "told-fault", "told-event")
"""What a supervisor may let those hear who wait for an operator."""

R = AbsenceReason
ABSENT = {f"absent-{reason}": reason for reason in (R.MEETING, R.LUNCH, R.ERRAND, R.TRAVEL, R.COURSE, R.VACATION)} | {
    f"absent-{reason}": reason for reason in (R.GONE_FOR_DAY, R.BUSY, R.OTHER)
}
"""Fragment → the reason that it tells; what is private is told as ``other``."""

_SENTENCES: Mapping[str, Texts] = {
    "sv": {
        "closed": "Växeln är stängd just nu.",
        "unit-closed": "Du ringer utanför telefontiden.",
        "opens": "Vi öppnar",
        "connecting": "Ett ögonblick, ditt samtal kopplas vidare.",
        SOMEBODY: "Den du söker",
        "has-left": "arbetar inte längre här.",
        "voicemail-greeting": "kan inte svara just nu. Tala in ett meddelande efter tonen.",
        "voicemail-tone": "Ditt meddelande spelas in.",
        "leave-message": "Tala in ditt meddelande efter tonen, och lägg på när du är klar.",
        "absent-meeting": "sitter i möte,",
        "absent-lunch": "är på lunch,",
        "absent-errand": "är ute i ett ärende,",
        "absent-travel": "är på tjänsteresa,",
        "absent-course": "är på kurs,",
        "absent-vacation": "har semester,",
        "absent-gone_for_day": "har gått för dagen,",
        "absent-busy": "är upptagen,",
        "absent-other": "är inte på plats,",
        "back": "och är åter",
        "until": "till",
        "option-message": "För att lämna ett meddelande, tryck",
        "option-colleague": "För att tala med en kollega, tryck",
        "option-group": "För att kopplas till gruppen, tryck",
        "option-switchboard": "För att tala med växeln, tryck",
        "star": "stjärna.",
        "hash": "fyrkant.",
        "fallback": "Alla linjer är upptagna just nu. Lämna ett meddelande efter tonen, så återkommer vi till dig.",
        "no-message": "Det går inte att lämna något meddelande just nu.",
        "unknown-number": "Numret du har ringt används inte. Kontrollera numret och försök igen.",
        "goodbye": "Tack för ditt samtal. Hej då.",
        "absence-set": "Din frånvaro är sparad. Den som ringer hör:",
        "absence-ended": "Din frånvaro är borttagen. Din telefon ringer igen.",
        "you-are-here": "Du är inte frånvarande. Din telefon ringer.",
        "you-are-away": "Du är frånvarande. Den som ringer hör:",
        "logged-in": "Du är inloggad och får samtal till gruppen.",
        "logged-out": "Du är utloggad och får inga samtal till gruppen.",
        "no-group": "Du är inte med i någon sådan grupp.",
        "nothing-to-pick-up": "Det ringer inte hos någon i din grupp.",
        "not-possible": "Det går inte. Kontrollera numret, eller använd webbsidan.",
        "refer-ring": "Det går inte: hänvisningen leder tillbaka till dig.",
        "refer-left": "Det går inte: den du hänvisar till har slutat, eller slutar innan du är tillbaka.",
        "refer-oneself": "Det går inte: du hänvisar till dig själv.",
        "refer-unknown": "Det går inte: numret tillhör ingen här.",
        "refer-no-mobile": "Det går inte: du har inte godkänt att samtal skickas till din mobil. Det gör du på "
        "webbsidan.",
        "time-past": "Det går inte: den tiden har redan varit.",
        "not-understood": "Koden är inte giltig. Kontrollera den och försök igen.",
        "try-later": "Det kunde inte sparas just nu. Försök igen om en stund.",
        "absence-menu": "Ange varför du är borta.",
        "option-back": "För att avsluta frånvaron, tryck",
        "option-reason-lunch": "För lunch, tryck",
        "option-reason-meeting": "För möte, tryck",
        "option-reason-errand": "För ärende, tryck",
        "option-reason-travel": "För tjänsteresa, tryck",
        "option-reason-course": "För kurs, tryck",
        "option-reason-vacation": "För semester, tryck",
        "option-reason-sick": "För sjuk, tryck",
        "option-reason-gone_for_day": "För gått för dagen, tryck",
        "option-reason-parental": "För föräldraledig, tryck",
        "option-reason-other": "För annat, tryck",
        "enter-until": "Ange när du är tillbaka: klockslaget med fyra siffror, eller månad och dag med fyra siffror, "
        "eller månad, dag och klockslag. Tryck sedan fyrkant. Bara fyrkant betyder tills vidare.",
        "callers-will-hear": "Den som ringer kommer att höra:",
        "option-to-switchboard": "För att spara och skicka samtalen till växeln, tryck",
        "option-to-voicemail": "För att spara och skicka samtalen till röstbrevlådan, tryck",
        "option-to-mobile": "För att spara och skicka samtalen till din mobil, tryck",
        "option-to-number": "För att spara och skicka samtalen till en kollega eller grupp, tryck",
        "enter-number": "Ange numret till kollegan eller gruppen, och tryck fyrkant.",
        "echo-test": "Tala, så hör du dig själv. Tryck fyrkant när du är klar.",
        "record-now": "Så här låter det nu:",
        "record-greeting": "Tala in ditt personliga besked efter tonen. Tryck fyrkant när du är klar.",
        "record-name": "Säg ditt namn efter tonen. Tryck fyrkant när du är klar.",
        "record-announcement": "Tala in meddelandet efter tonen. Tryck fyrkant när du är klar.",
        "record-heard": "Så här låter inspelningen:",
        "record-kept": "Inspelningen är sparad. Den som ringer hör den från och med nu.",
        "record-dropped": "Ingenting har sparats.",
        "option-keep": "För att spara, tryck",
        "option-again": "För att spela in igen, tryck",
        "option-drop": "För att avbryta, tryck",
        "listening-notice": "Samtalet kan komma att avlyssnas av en arbetsledare, för att vi ska bli bättre.",
        "told-busy": "Just nu är det många som ringer. Vi svarar så snart vi kan.",
        "told-fault": "Vi känner till en driftstörning och arbetar med att åtgärda den.",
        "told-event": "En allvarlig händelse pågår. Information finns på kommunens webbplats.",
        "surge-asked": "Växeln behöver förstärkning.",
        "surge-joined": "Tack. Du är inloggad i växeln och får samtal.",
        "option-come": "För att komma, tryck",
        "logged-on": "Du är inloggad i växeln på den här telefonen.",
        "logged-off": "Du är utloggad från växeln.",
    },
    "nb": {
        "closed": "Sentralbordet er stengt nå.",
        "unit-closed": "Du ringer utenfor telefontiden.",
        "opens": "Vi åpner",
        "connecting": "Et øyeblikk, samtalen settes over.",
        SOMEBODY: "Den du ringer til",
        "has-left": "arbeider ikke lenger her.",
        "voicemail-greeting": "kan ikke svare akkurat nå. Legg igjen en beskjed etter tonen.",
        "voicemail-tone": "Beskjeden blir tatt opp.",
        "leave-message": "Legg igjen en beskjed etter tonen, og legg på når du er ferdig.",
        "absent-meeting": "er i møte,",
        "absent-lunch": "har lunsj,",
        "absent-errand": "er ute i et ærend,",
        "absent-travel": "er på tjenestereise,",
        "absent-course": "er på kurs,",
        "absent-vacation": "har ferie,",
        "absent-gone_for_day": "har gått for dagen,",
        "absent-busy": "er opptatt,",
        "absent-other": "er ikke til stede,",
        "back": "og er tilbake",
        "until": "til",
        "option-message": "For å legge igjen en beskjed, trykk",
        "option-colleague": "For å snakke med en kollega, trykk",
        "option-group": "For å bli satt over til gruppen, trykk",
        "option-switchboard": "For å snakke med sentralbordet, trykk",
        "star": "stjerne.",
        "hash": "firkant.",
        "fallback": "Alle linjer er opptatt akkurat nå. Legg igjen en beskjed etter tonen, så tar vi kontakt med deg.",
        "no-message": "Det går ikke an å legge igjen beskjed akkurat nå.",
        "unknown-number": "Nummeret du har ringt, er ikke i bruk. Kontroller nummeret og prøv igjen.",
        "goodbye": "Takk for samtalen. Ha det bra.",
        "absence-set": "Fraværet ditt er lagret. Den som ringer, hører:",
        "absence-ended": "Fraværet ditt er fjernet. Telefonen din ringer igjen.",
        "you-are-here": "Du er ikke fraværende. Telefonen din ringer.",
        "you-are-away": "Du er fraværende. Den som ringer, hører:",
        "logged-in": "Du er logget på og får anrop til gruppen.",
        "logged-out": "Du er logget av og får ingen anrop til gruppen.",
        "no-group": "Du er ikke med i noen slik gruppe.",
        "nothing-to-pick-up": "Det ringer ikke hos noen i gruppen din.",
        "not-possible": "Det går ikke. Kontroller nummeret, eller bruk nettsiden.",
        "refer-ring": "Det går ikke: henvisningen fører tilbake til deg.",
        "refer-left": "Det går ikke: den du henviser til, har sluttet, eller slutter før du er tilbake.",
        "refer-oneself": "Det går ikke: du henviser til deg selv.",
        "refer-unknown": "Det går ikke: nummeret tilhører ingen her.",
        "refer-no-mobile": "Det går ikke: du har ikke godtatt at anrop sendes til mobilen din. Det gjør du på "
        "nettsiden.",
        "time-past": "Det går ikke: det tidspunktet har allerede vært.",
        "not-understood": "Koden er ikke gyldig. Kontroller den og prøv igjen.",
        "try-later": "Det kunne ikke lagres akkurat nå. Prøv igjen om litt.",
        "absence-menu": "Oppgi hvorfor du er borte.",
        "option-back": "For å avslutte fraværet, trykk",
        "option-reason-lunch": "For lunsj, trykk",
        "option-reason-meeting": "For møte, trykk",
        "option-reason-errand": "For ærend, trykk",
        "option-reason-travel": "For tjenestereise, trykk",
        "option-reason-course": "For kurs, trykk",
        "option-reason-vacation": "For ferie, trykk",
        "option-reason-sick": "For syk, trykk",
        "option-reason-gone_for_day": "For gått for dagen, trykk",
        "option-reason-parental": "For foreldrepermisjon, trykk",
        "option-reason-other": "For annet, trykk",
        "enter-until": "Oppgi når du er tilbake: klokkeslettet med fire sifre, eller måned og dag med fire sifre, "
        "eller måned, dag og klokkeslett. Trykk deretter firkant. Bare firkant betyr inntil videre.",
        "callers-will-hear": "Den som ringer, kommer til å høre:",
        "option-to-switchboard": "For å lagre og sende anropene til sentralbordet, trykk",
        "option-to-voicemail": "For å lagre og sende anropene til telefonsvareren, trykk",
        "option-to-mobile": "For å lagre og sende anropene til mobilen din, trykk",
        "option-to-number": "For å lagre og sende anropene til en kollega eller gruppe, trykk",
        "enter-number": "Oppgi nummeret til kollegaen eller gruppen, og trykk firkant.",
        "echo-test": "Snakk, så hører du deg selv. Trykk firkant når du er ferdig.",
        "record-now": "Slik låter det nå:",
        "record-greeting": "Les inn den personlige hilsenen din etter tonen. Trykk firkant når du er ferdig.",
        "record-name": "Si navnet ditt etter tonen. Trykk firkant når du er ferdig.",
        "record-announcement": "Les inn meldingen etter tonen. Trykk firkant når du er ferdig.",
        "record-heard": "Slik låter opptaket:",
        "record-kept": "Opptaket er lagret. Den som ringer, hører det fra nå av.",
        "record-dropped": "Ingenting er lagret.",
        "option-keep": "For å lagre, trykk",
        "option-again": "For å ta opp på nytt, trykk",
        "option-drop": "For å avbryte, trykk",
        "listening-notice": "Samtalen kan bli lyttet til av en arbeidsleder, for at vi skal bli bedre.",
        "told-busy": "Akkurat nå er det mange som ringer. Vi svarer så snart vi kan.",
        "told-fault": "Vi kjenner til en driftsforstyrrelse og arbeider med å rette den.",
        "told-event": "En alvorlig hendelse pågår. Du finner informasjon på kommunens nettsted.",
        "surge-asked": "Sentralbordet trenger forsterkning.",
        "surge-joined": "Takk. Du er logget på sentralbordet og får anrop.",
        "option-come": "For å komme, trykk",
        "logged-on": "Du er logget på sentralbordet på denne telefonen.",
        "logged-off": "Du er logget av sentralbordet.",
    },
    "da": {
        "closed": "Omstillingen er lukket lige nu.",
        "unit-closed": "Du ringer uden for telefontiden.",
        "opens": "Vi åbner",
        "connecting": "Et øjeblik, du bliver stillet om.",
        SOMEBODY: "Den du ringer til,",
        "has-left": "arbejder ikke længere her.",
        "voicemail-greeting": "kan ikke tage telefonen lige nu. Læg en besked efter tonen.",
        "voicemail-tone": "Din besked bliver optaget.",
        "leave-message": "Læg en besked efter tonen, og læg på, når du er færdig.",
        "absent-meeting": "er til møde,",
        "absent-lunch": "holder frokost,",
        "absent-errand": "er ude i et ærinde,",
        "absent-travel": "er på tjenesterejse,",
        "absent-course": "er på kursus,",
        "absent-vacation": "holder ferie,",
        "absent-gone_for_day": "er gået for i dag,",
        "absent-busy": "er optaget,",
        "absent-other": "er ikke til stede,",
        "back": "og er tilbage",
        "until": "til",
        "option-message": "For at lægge en besked, tryk",
        "option-colleague": "For at tale med en kollega, tryk",
        "option-group": "For at blive stillet om til gruppen, tryk",
        "option-switchboard": "For at tale med omstillingen, tryk",
        "star": "stjerne.",
        "hash": "firkant.",
        "fallback": "Alle linjer er optaget lige nu. Læg en besked efter tonen, så vender vi tilbage til dig.",
        "no-message": "Det er ikke muligt at lægge en besked lige nu.",
        "unknown-number": "Det nummer, du har ringet til, er ikke i brug. Kontroller nummeret, og prøv igen.",
        "goodbye": "Tak for dit opkald. Farvel.",
        "absence-set": "Dit fravær er gemt. Den, der ringer, hører:",
        "absence-ended": "Dit fravær er slettet. Din telefon ringer igen.",
        "you-are-here": "Du er ikke fraværende. Din telefon ringer.",
        "you-are-away": "Du er fraværende. Den, der ringer, hører:",
        "logged-in": "Du er logget på og får opkald til gruppen.",
        "logged-out": "Du er logget af og får ingen opkald til gruppen.",
        "no-group": "Du er ikke med i sådan en gruppe.",
        "nothing-to-pick-up": "Det ringer ikke hos nogen i din gruppe.",
        "not-possible": "Det kan ikke lade sig gøre. Kontroller nummeret, eller brug websiden.",
        "refer-ring": "Det kan ikke lade sig gøre: henvisningen fører tilbage til dig.",
        "refer-left": "Det kan ikke lade sig gøre: den, du henviser til, er holdt op eller holder op, før du er "
        "tilbage.",
        "refer-oneself": "Det kan ikke lade sig gøre: du henviser til dig selv.",
        "refer-unknown": "Det kan ikke lade sig gøre: nummeret tilhører ingen her.",
        "refer-no-mobile": "Det kan ikke lade sig gøre: du har ikke accepteret, at opkald sendes til din mobil. Det gør du "
        "på websiden.",
        "time-past": "Det kan ikke lade sig gøre: det tidspunkt har allerede været.",
        "not-understood": "Koden er ikke gyldig. Kontroller den, og prøv igen.",
        "try-later": "Det kunne ikke gemmes lige nu. Prøv igen om lidt.",
        "absence-menu": "Angiv, hvorfor du er væk.",
        "option-back": "For at afslutte fraværet, tryk",
        "option-reason-lunch": "For frokost, tryk",
        "option-reason-meeting": "For møde, tryk",
        "option-reason-errand": "For ærinde, tryk",
        "option-reason-travel": "For tjenesterejse, tryk",
        "option-reason-course": "For kursus, tryk",
        "option-reason-vacation": "For ferie, tryk",
        "option-reason-sick": "For syg, tryk",
        "option-reason-gone_for_day": "For gået for i dag, tryk",
        "option-reason-parental": "For barsel, tryk",
        "option-reason-other": "For andet, tryk",
        "enter-until": "Angiv, hvornår du er tilbage: klokkeslættet med fire cifre, eller måned og dag med fire cifre, "
        "eller måned, dag og klokkeslæt. Tryk derefter firkant. Kun firkant betyder indtil videre.",
        "callers-will-hear": "Den, der ringer, kommer til at høre:",
        "option-to-switchboard": "For at gemme og sende opkaldene til omstillingen, tryk",
        "option-to-voicemail": "For at gemme og sende opkaldene til telefonsvareren, tryk",
        "option-to-mobile": "For at gemme og sende opkaldene til din mobil, tryk",
        "option-to-number": "For at gemme og sende opkaldene til en kollega eller gruppe, tryk",
        "enter-number": "Angiv nummeret på kollegaen eller gruppen, og tryk firkant.",
        "echo-test": "Tal, så hører du dig selv. Tryk firkant, når du er færdig.",
        "record-now": "Sådan lyder det nu:",
        "record-greeting": "Indtal din personlige velkomst efter tonen. Tryk firkant, når du er færdig.",
        "record-name": "Sig dit navn efter tonen. Tryk firkant, når du er færdig.",
        "record-announcement": "Indtal beskeden efter tonen. Tryk firkant, når du er færdig.",
        "record-heard": "Sådan lyder optagelsen:",
        "record-kept": "Optagelsen er gemt. Den, der ringer, hører den fra nu af.",
        "record-dropped": "Intet er gemt.",
        "option-keep": "For at gemme, tryk",
        "option-again": "For at optage igen, tryk",
        "option-drop": "For at afbryde, tryk",
        "listening-notice": "Samtalen kan blive aflyttet af en arbejdsleder, så vi kan blive bedre.",
        "told-busy": "Lige nu er der mange, der ringer. Vi svarer, så snart vi kan.",
        "told-fault": "Vi kender til en driftsforstyrrelse og arbejder på at rette den.",
        "told-event": "En alvorlig hændelse er i gang. Du finder information på kommunens hjemmeside.",
        "surge-asked": "Omstillingen har brug for forstærkning.",
        "surge-joined": "Tak. Du er logget på omstillingen og får opkald.",
        "option-come": "For at komme, tryk",
        "logged-on": "Du er logget på omstillingen på denne telefon.",
        "logged-off": "Du er logget af omstillingen.",
    },
    "en": {
        "closed": "The switchboard is closed at the moment.",
        "unit-closed": "You are calling outside telephone hours.",
        "opens": "We open",
        "connecting": "One moment, your call is being passed on.",
        SOMEBODY: "The person you are calling",
        "has-left": "no longer works here.",
        "voicemail-greeting": "can't take your call right now. Please leave a message after the tone.",
        "voicemail-tone": "Your message will be recorded.",
        "leave-message": "Please leave a message after the tone, and hang up when you have finished.",
        "absent-meeting": "is in a meeting,",
        "absent-lunch": "is at lunch,",
        "absent-errand": "is out on an errand,",
        "absent-travel": "is travelling on business,",
        "absent-course": "is on a course,",
        "absent-vacation": "is on holiday,",
        "absent-gone_for_day": "has left for the day,",
        "absent-busy": "is busy,",
        "absent-other": "is away,",
        "back": "and will be back",
        "until": "until",
        "option-message": "To leave a message, press",
        "option-colleague": "To speak to a colleague, press",
        "option-group": "To be connected to the group, press",
        "option-switchboard": "To speak to the switchboard, press",
        "star": "star.",
        "hash": "hash.",
        "fallback": "All lines are taken at the moment. Please leave a message after the tone, and we will get back to you.",
        "no-message": "It isn't possible to leave a message at the moment.",
        "unknown-number": "The number you have dialled is not in use. Please check the number and try again.",
        "goodbye": "Thank you for calling. Goodbye.",
        "absence-set": "Your absence has been saved. Callers hear:",
        "absence-ended": "Your absence has been removed. Your telephone rings again.",
        "you-are-here": "You are not absent. Your telephone rings.",
        "you-are-away": "You are absent. Callers hear:",
        "logged-in": "You are logged in and get the calls of the group.",
        "logged-out": "You are logged out and get no calls of the group.",
        "no-group": "You are not in such a group.",
        "nothing-to-pick-up": "No telephone is ringing in your group.",
        "not-possible": "That isn't possible. Please check the number, or use the web page.",
        "refer-ring": "That isn't possible: the referral leads back to you.",
        "refer-left": "That isn't possible: the person you refer to has left, or leaves before you are back.",
        "refer-oneself": "That isn't possible: you refer to yourself.",
        "refer-unknown": "That isn't possible: the number belongs to nobody here.",
        "refer-no-mobile": "That isn't possible: you haven't agreed that calls are sent to your mobile. You can do so on "
        "the web page.",
        "time-past": "That isn't possible: that time has passed already.",
        "not-understood": "The code isn't valid. Please check it and try again.",
        "try-later": "It couldn't be saved just now. Please try again in a moment.",
        "absence-menu": "Please choose why you are away.",
        "option-back": "To end your absence, press",
        "option-reason-lunch": "For lunch, press",
        "option-reason-meeting": "For a meeting, press",
        "option-reason-errand": "For an errand, press",
        "option-reason-travel": "For business travel, press",
        "option-reason-course": "For a course, press",
        "option-reason-vacation": "For a holiday, press",
        "option-reason-sick": "For being ill, press",
        "option-reason-gone_for_day": "For having left for the day, press",
        "option-reason-parental": "For parental leave, press",
        "option-reason-other": "For anything else, press",
        "enter-until": "Please key when you will be back: the time with four digits, or month and day with four "
        "digits, or month, day and time. Then press hash. Only hash means until further notice.",
        "callers-will-hear": "Callers will hear:",
        "option-to-switchboard": "To save and send calls to the switchboard, press",
        "option-to-voicemail": "To save and send calls to your voicemail, press",
        "option-to-mobile": "To save and send calls to your mobile, press",
        "option-to-number": "To save and send calls to a colleague or group, press",
        "enter-number": "Please key the number of the colleague or group, and press hash.",
        "echo-test": "Speak, and you will hear yourself. Press hash when you have finished.",
        "record-now": "This is what it sounds like now:",
        "record-greeting": "Please record your greeting after the tone. Press hash when you have finished.",
        "record-name": "Please say your name after the tone. Press hash when you have finished.",
        "record-announcement": "Please record the announcement after the tone. Press hash when you have finished.",
        "record-heard": "This is your recording:",
        "record-kept": "Your recording has been saved. Callers hear it from now on.",
        "record-dropped": "Nothing has been saved.",
        "option-keep": "To save it, press",
        "option-again": "To record again, press",
        "option-drop": "To cancel, press",
        "listening-notice": "A supervisor may listen to this call, so that we can do better.",
        "told-busy": "Many people are calling at the moment. We will answer as soon as we can.",
        "told-fault": "We know of a disturbance and are working to put it right.",
        "told-event": "A serious event is under way. You will find information on the municipality's website.",
        "surge-asked": "The switchboard needs reinforcement.",
        "surge-joined": "Thank you. You are logged on to the switchboard and get calls.",
        "option-come": "To come, press",
        "logged-on": "You are logged on to the switchboard at this telephone.",
        "logged-off": "You are logged off from the switchboard.",
    },
}
