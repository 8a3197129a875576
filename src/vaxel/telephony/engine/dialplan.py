# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's own dialplan: hands calls to the controller, and serves them by itself when the controller is away.

Written so that an administrator can read it: one context a purpose, plain steps from top to bottom.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from vaxel.domain.countries import COUNTRIES
from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine.core_files import APPLICATION
from vaxel.telephony.engine.model import EngineModel, FallbackNumber, Trunk
from vaxel.telephony.engine.places import Places
from vaxel.telephony.engine.sip_files import PHONE_OF, VISITORS, matches
from vaxel.telephony.engine.text import document, name, number, section
from vaxel.telephony.media import spoken

MESSAGE_SECONDS = 180
LONGEST_NUMBER = 20
"""Digits of a caller's number: ITU-T E.164 has 15, and a prefix stands in front."""

TRUNK_FULL = "A trunk is full"

_RECORD = {
    "dialled": "${DIALLED}",
    "way": "${WAY}",
    "organisation": "${SERVED}",
    "phone": "${PHONE}",
    "home": f"${{{PHONE_OF}}}",
    "begun": "${BEGUN}",
    "ended": "${EPOCH}",
    "status": "${DIALSTATUS}",
    "talked": "${ANSWEREDTIME}",
    "by": "${DIALEDPEERNAME}",
    "line-by": "${MEMBERINTERFACE}",
    "line-waited": "${QEHOLDTIME}",
    "told": "${TOLD}",
    "stasis": "${STASISSTATUS}",
    "caller": f"${{FILTER(0-9+,${{CALLERID(num)}}):0:{LONGEST_NUMBER}}}",
    "name": "${CALLERID(name)}",
}
"""What ``ID.call`` says, and where the engine has it from; read by ``vaxel.duties.alone``."""

ECHO = "*43"
"""A telephone of the house hears itself: the whole way to the engine and back, with the controller away as well."""
ECHO_SECONDS = 120


def _national(country: str) -> tuple[str, int, str]:
    """Of national numbers as a trunk delivers them: prefix that falls away, length without it (0 = any), country calling code."""
    known = COUNTRIES.get(country)
    return (known.trunk, known.digits, known.calling) if known is not None else ("", 0, "")


def dialplan_files(model: EngineModel, config: Config, at: Places) -> dict[str, str]:
    """File name → text."""
    queues = _queues(model.numbers)
    contexts = [
        _globals(at),
        *(_from_named_trunk(trunk, config) for trunk in model.trunks),
        _FROM_TRUNK,
        _TRUNK_FULL,
        _from_phone(model),
        _FROM_VISITOR,
        _emergency(model),
        _outside(model.trunks),
        _fallback(model.numbers, queues),
        _FALLBACK_STEPS,
        _ALONE,
    ]
    return {
        "extensions.conf": document("What happens to a call, as far as the engine decides it.", contexts),
        "queues.conf": document("Lines of callers while the controller is away.", _queue_sections(queues)),
    }


def _context(title: str, about: str, lines: Iterable[str]) -> str:
    return f"; {about}\n[{title}]\n" + "".join(f"{line}\n" for line in lines)


def _extension(pattern: str, *steps: str) -> list[str]:
    first, *others = steps
    return [f"exten => {pattern},1,{first}", *(f" same => n,{step}" for step in others)]


def _globals(at: Places) -> str:
    return (
        section("general", {"static": True, "writeprotect": True, "clearglobalvars": True, "userscontext": "nobody"})
        + "\n"
        + section("globals", {"MESSAGES": at.fallback, "NO_ROOM": at.no_room, "MESSAGE_SECONDS": MESSAGE_SECONDS})
    )


def _from_named_trunk(trunk: Trunk, config: Config) -> str:
    """Numbers arrive as the trunk writes them and leave as E.164 digits, the caller's too."""
    title = f"trunk-{name(trunk.name, _('trunk'))}"
    prefix, length, code = _national(trunk.country)
    lines = _extension("_+X!", _only_digits("${EXTEN:1}"), "Goto(${EXTEN:1},1)")
    lines += _extension("_00X!", _only_digits(), "Goto(${EXTEN:2},1)")
    if prefix:
        lines += _extension(f"_{prefix}Z!", *_enter(trunk, config, f"{code}${{EXTEN:{len(prefix)}}}"))
    if length:
        lines += _extension(f"_{'X' * length}", *_enter(trunk, config, f"{code}${{EXTEN}}"))
    lines += _extension("_X!", *_enter(trunk, config, "${EXTEN}"))
    if trunk.register:
        lines += _extension(
            title,
            "Set(TO=${PJSIP_HEADER(read,To)})",
            "Set(TO=${CUT(TO,:,2)})",
            "Set(TO=${FILTER(0-9+,${CUT(TO,@,1)})})",
            'GotoIf($["${TO}" = ""]?no-such-number,s,1)',
            "Goto(${TO},1)",
        )
    return _context(
        title, f"Calls from the trunk {trunk.name}. One that it addresses to our log-in has its number in To.", lines
    )


def _enter(trunk: Trunk, config: Config, dialled: str) -> list[str]:
    prefix, length, code = _national(trunk.country)
    steps = [
        *([_not_by_websocket(config)] if _on_this_host(trunk) else []),
        f"Set(GROUP()={trunk.name})",
        f"GotoIf($[${{GROUP_COUNT({trunk.name})}} > {trunk.most_calls}]?trunk-full,s,1)",
        _only_digits(),
        f"Set(TRUNK={trunk.name})",
        # A caller's number is foreign text, and the lines below put it where the engine looks for applications to run.
        f"Set(CALLERID(num)=${{FILTER(0-9+,${{CALLERID(num)}}):0:{LONGEST_NUMBER}}})",
        _rewrite_caller('"${CALLERID(num):0:1}" = "+"', "${CALLERID(num):1}"),
        _rewrite_caller('"${CALLERID(num):0:2}" = "00"', "${CALLERID(num):2}"),
    ]
    if prefix:
        steps.append(
            _rewrite_caller(f'"${{CALLERID(num):0:1}}" = "{prefix}"', f"{code}${{CALLERID(num):{len(prefix)}}}")
        )
    if length:
        steps.append(_rewrite_caller(f'"${{LEN(${{CALLERID(num)}})}}" = "{length}"', f"{code}${{CALLERID(num)}}"))
    return [*steps, f"Goto(from-trunk,{dialled},1)"]


LOOPBACK = ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")


def _on_this_host(trunk: Trunk) -> bool:
    """Whether calls from this very machine are the trunk's, as in the demonstration."""
    for match in matches(trunk):
        address = match.rpartition(":")[0] if match.count(":") == 1 else match
        try:
            network = ipaddress.ip_network(address, strict=False)
        except ValueError:
            continue
        if any(network.version == own.version and network.overlaps(own) for own in LOOPBACK):
            return True
    return False


def _not_by_websocket(config: Config) -> str:
    """The proxy in front of the browser phones, and any page in a browser here, has the address of a trunk on this host as well."""
    port = f":{config.ari_port}"
    return f'ExecIf($["${{CHANNEL(pjsip,local_addr):-{len(port)}}}" = "{port}"]?Hangup(21))'


def _only_digits(dialled: str = "${EXTEN}", letters: str = "0-9") -> str:
    """Refuse what else was dialled: commas, brackets and ampersands would have meanings of their own in the steps that follow.

    Lengths are compared, not texts: a text could end the quotes around it.
    """
    return f"GotoIf($[${{LEN(${{FILTER({letters},{dialled})}})}} != ${{LEN({dialled})}}]?no-such-number,s,1)"


def _rewrite_caller(condition: str, written: str) -> str:
    return f"ExecIf($[{condition}]?Set(CALLERID(num)={written}))"


_FROM_TRUNK = _context(
    "from-trunk",
    "Calls from the public network, to an E.164 number without +.",
    _extension(
        "_X!",
        "Ringing()",
        # Whoever hides the number hides it from operators too; the network gives it to us all the same.
        'ExecIf($["${CALLERID(num-pres):0:6}" = "prohib"]?Set(CALLERID(all)=))',
        f"Stasis({APPLICATION},trunk,${{TRUNK}},${{EXTEN}})",
        "Goto(fallback,${EXTEN},1)",
    ),
)

_TRUNK_FULL = _context(
    "trunk-full",
    "A trunk brings more calls at once than it may: SIP 503, by which its network may try another way. Counted from the log.",
    _extension("s", f"Log(NOTICE,{TRUNK_FULL})", "Hangup(34)"),
)


def _from_phone(model: EngineModel) -> str:
    emergency = [
        line for digits in _emergency_numbers(model) for line in _extension(digits, "Goto(emergency,${EXTEN},1)")
    ]
    others = [
        *_extension(ECHO, *_HEAR_ONESELF),
        *_extension("_X!", *_TO_CONTROLLER, "Goto(from-phone-alone,${EXTEN},1)"),
        *_extension("_+X!", *_TO_CONTROLLER, "Goto(from-phone-alone,${EXTEN:1},1)"),
        *_extension("_[*#]!", *_TO_CONTROLLER, "Congestion(5)"),
    ]
    return _context("from-phone", "Calls from telephones of the house, as dialled.", emergency + others)


_TO_CONTROLLER = (
    _only_digits(letters="0-9*#+"),
    # One without a number of its own shows what it writes in From.
    f"Set(CALLERID(num)=${{FILTER(0-9+,${{CALLERID(num)}}):0:{LONGEST_NUMBER}}})",
    "Ringing()",
    f"Stasis({APPLICATION},phone,${{CHANNEL(endpoint)}},${{EXTEN}})",
)

_HEAR_ONESELF = (
    f"Set(TIMEOUT(absolute)={ECHO_SECONDS})",
    "Answer(300)",
    "Playback(vaxel/${CHANNEL(language)}/echo-test)",
    "Echo()",
    "Hangup(16)",
)

_FROM_VISITOR = _context(
    VISITORS,
    "Calls from telephones outside the house, as a visitor's in the demonstration: they reach numbers of the house and nothing else.",
    [
        *_extension("_X!", *_TO_CONTROLLER, "Goto(fallback,${EXTEN},1)"),
        *_extension("_+X!", *_TO_CONTROLLER, "Goto(fallback,${EXTEN:1},1)"),
    ],
)


def _emergency_numbers(model: EngineModel) -> list[str]:
    return [number(digits, _("emergency number")) for digits in model.emergency]


def _emergency(model: EngineModel) -> str:
    steps = (_alone("${EXTEN}", f"${{{PHONE_OF}}}", "emergency"), *_through(model.trunks))
    lines = [line for digits in _emergency_numbers(model) for line in _extension(digits, *steps)]
    return _context("emergency", "Straight to the public network, whatever else has stopped.", lines)


def _outside(trunks: tuple[Trunk, ...]) -> str:
    steps = (_alone("${EXTEN}", f"${{{PHONE_OF}}}", "outside"), *_through(trunks))
    # Includes are tried in order, but only after a context's own extensions: so the pattern for all numbers is included, too.
    return _context(
        "from-phone-alone",
        "What a telephone of the house dials while the controller is away: a number of the house, else the public network.",
        ["include => fallback-numbers", "include => outside"],
    ) + _context("outside", "To the public network, as dialled.", _extension("_X!", *steps))


def _through(trunks: tuple[Trunk, ...]) -> list[str]:
    """Try the trunks in order, going on only when one can't be reached at all."""
    steps = []
    for trunk in trunks:
        steps.append(f"Dial(PJSIP/${{EXTEN}}@trunk-{trunk.name},120)")
        steps.append(
            'ExecIf($["${DIALSTATUS}" != "CHANUNAVAIL" & "${DIALSTATUS}" != "CONGESTION"]?Hangup(${HANGUPCAUSE}))'
        )
    return [*steps, "Congestion(5)"]


def _alone(dialled: str, organisation: str, way: str) -> str:
    """The step after which the call leaves a line of the record when it ends; see ``_ALONE``."""
    return f"Gosub(alone,s,1({dialled},{organisation},{way}))"


def _queues(numbers: tuple[FallbackNumber, ...]) -> dict[tuple[str, ...], str]:
    """The sets of phones for which callers wait in line → the names of their queues."""
    sets = dict.fromkeys(number.phones for number in numbers if number.queue and number.phones)
    return {phones: f"fallback-{count}" for count, phones in enumerate(sets, 1)}


def _queue_sections(queues: dict[tuple[str, ...], str]) -> list[str]:
    settings = {
        "strategy": "ringall",
        "timeout": 30,
        "retry": 1,
        # An operator whose phone holds an open line is in use for the engine, and yet free: ring her.
        "ringinuse": True,
        "autofill": True,
        "joinempty": "unavailable,invalid,unknown",
        "leavewhenempty": "unavailable,invalid,unknown",
        "announce-position": False,
        "announce-holdtime": False,
        # For the record of the call: who answered, and after how long.
        "setinterfacevar": True,
        "setqueueentryvar": True,
    }
    return [
        section("general", {"persistentmembers": False, "shared_lastcall": False, "log_membername_as_agent": False}),
        *(
            section(title, settings | {"member": [f"PJSIP/{name(phone, _('SIP user'))}" for phone in phones]})
            for phones, title in queues.items()
        ),
    ]


def _fallback(numbers: tuple[FallbackNumber, ...], queues: dict[tuple[str, ...], str]) -> str:
    lines = [line for entry in numbers for line in _fallback_number(entry, queues)]
    return (
        _context("fallback-numbers", "The numbers of the house.", lines)
        + _context(
            "fallback",
            "The controller is away, or gave the caller back: a number of the house is rung without it.",
            ["include => fallback-numbers", "include => not-ours"],
        )
        + _context("not-ours", "Any other number.", _extension("_X!", "Goto(no-such-number,s,1)"))
    )


def _fallback_number(entry: FallbackNumber, queues: dict[tuple[str, ...], str]) -> list[str]:
    digits = number(entry.number, _("number"))
    message = f"{digits},{name(entry.organisation, _('organisation'))},{spoken(entry.language)}"
    if not entry.phones:
        return _extension(digits, f"Gosub(fallback-message,s,1({message}))")
    if entry.queue:
        return _extension(digits, f"Gosub(fallback-queue,s,1({message},{queues[entry.phones]},{entry.ring_seconds}))")
    phones = "&".join(f"PJSIP/{name(phone, _('SIP user'))}" for phone in entry.phones)
    return _extension(digits, f"Gosub(fallback-phones,s,1({message},{phones},{entry.ring_seconds}))")


# I: the public learns the number it called, not the name of the employee who answers.
_FALLBACK_STEPS = (
    _context(
        "fallback-queue",
        "number, organisation, language, queue, seconds: the caller waits in line for a phone.",
        _extension(
            "s", _alone("${ARG1}", "${ARG2}", "house"), "Queue(${ARG4},rI,,,${ARG5})", "Goto(fallback-message,s,1)"
        ),
    )
    + _context(
        "fallback-phones",
        "number, organisation, language, phones, seconds: the phones ring together.",
        _extension(
            "s", _alone("${ARG1}", "${ARG2}", "house"), "Dial(${ARG4},${ARG5},rI)", "Goto(fallback-message,s,1)"
        ),
    )
    + _context(
        "fallback-message",
        "number, organisation, language: an announcement, then the caller's message, then ID.txt to say that ID.wav is whole.",
        [
            *_extension(
                "s",
                _alone("${ARG1}", "${ARG2}", "house"),
                "Set(NUMBER=${ARG1})",
                "Set(PROMPT=vaxel/${ARG3}/fallback)",
                'ExecIf($["${STAT(e,${ASTDATADIR}/sounds/vaxel/own/${ARG2}/fallback.wav)}" = "1"]?'
                "Set(PROMPT=vaxel/own/${ARG2}/fallback))",
                'GotoIf($["${STAT(e,${NO_ROOM})}" = "1"]?fallback-no-message,s,1)',
                "Set(AT=${EPOCH})",
                "Set(FILE=${MESSAGES}/${UNIQUEID})",
                "Answer(300)",
                "Playback(${PROMPT})",
                "Record(${FILE}.wav,0,${MESSAGE_SECONDS},k)",
                "Playback(vaxel/${ARG3}/goodbye)",
                "Hangup(16)",
            ),
            *_extension(
                "h",
                'ExecIf($["${STAT(e,${FILE}.wav)}" != "1"]?Return())',
                "Set(NEWLINE=${BASE64_DECODE(Cg==)})",
                # The name last: it is foreign text, and what stands before it counts.
                "Set(FILE(${FILE}.txt,,,,u)=number=${NUMBER}${NEWLINE}caller=${CALLERID(num)}${NEWLINE}"
                "at=${AT}${NEWLINE}name=${CALLERID(name)}${NEWLINE})",
            ),
        ],
    )
    + _context(
        "fallback-no-message",
        "The disk is nearly full: what is true is said, rather than a message asked for.",
        _extension(
            "s",
            "Answer(300)",
            "Playback(vaxel/${ARG3}/no-message&vaxel/${ARG3}/goodbye)",
            "Set(TOLD=no-room)",
            "Hangup(16)",
        ),
    )
    + _context(
        "no-such-number",
        "A number that isn't ours.",
        # Told before the call is answered, so that it costs the caller nothing.
        _extension("s", "Progress()", "Playback(vaxel/${CHANNEL(language)}/unknown-number,noanswer)", "Hangup(1)"),
    )
)

_ALONE = _context(
    "alone",
    "number, organisation, way: a call that the controller doesn't see is written down when it ends, whatever becomes of it.",
    _extension(
        "s",
        'ExecIf($["${BEGUN}" != ""]?Return())',
        "Set(BEGUN=${EPOCH})",
        "Set(DIALLED=${ARG1})",
        "Set(SERVED=${ARG2})",
        "Set(WAY=${ARG3})",
        "Set(PHONE=${CHANNEL(endpoint)})",
        "Set(CHANNEL(hangup_handler_push)=alone-ended,s,1)",
        "Return()",
    ),
) + _context(
    "alone-ended",
    "ID.call, for the worker. The call is over by now: a full disk costs this file, and nobody the call.",
    _extension(
        "s",
        "Set(NEWLINE=${BASE64_DECODE(Cg==)})",
        # What comes from outside is digits, or stands last: what stands before it counts.
        "Set(FILE(${MESSAGES}/${UNIQUEID}.call,,,,u)="
        + "".join(f"{key}={written}${{NEWLINE}}" for key, written in _RECORD.items())
        + ")",
        "Return()",
    ),
)
