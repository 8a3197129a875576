# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would happen to a call, as the lines of a tree: every step with its reason and clause, and every way on from it.

The route is the one that ``routing.plan`` gives to a live call; here it is only laid out for reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from vaxel.domain.draft import SWITCHBOARD_MAILBOX
from vaxel.domain.phrases import LANGUAGES, SOMEBODY, texts
from vaxel.domain.plan import Announce, HangUp, Menu, Party, PartyKind, Queue, Ring, Step, Target, Voicemail
from vaxel.domain.routing import Route
from vaxel.domain.rules import Topic
from vaxel.domain.speaking import expand
from vaxel.domain.words import _
from vaxel.domain.world import Organisation, World


class What(StrEnum):
    """``PERSON``, ``OPERATOR``: they talk. ``TOLD``: ends having heard when to ring again; ``DEAD``: ends without.

    ``SAME``: goes on as after the digit told.
    """

    ANNOUNCE = "announce"
    RING = "ring"
    NO_TELEPHONE = "no_telephone"
    PERSON = "person"
    MENU = "menu"
    QUEUE = "queue"
    OPERATOR = "operator"
    MAILBOX = "mailbox"
    MESSAGE = "message"
    TOLD = "told"
    DEAD = "dead"
    SAME = "same"


class Line(Struct, frozen=True, kw_only=True):
    """One line of the tree. Lines of one ``depth`` follow each other; deeper ones are ways off the line before them.

    ``branch`` is how the call gets here: "" (goes on), ``answered``, ``unanswered``, ``waited`` (no operator in time), ``chose:CODE`` with
    ``digit``, ``chose:nothing``.
    ``who`` is rung, talks, or has the mailbox. ``seconds``: rung, waited or recorded at most. ``prompts`` are the plan's own, ``heard``
    what they say, in the municipality's language. ``reason`` is why an operator gets the call (a ``ReasonCode``).
    """

    depth: int
    what: What
    branch: str = ""
    digit: str = ""
    who: tuple[Party, ...] = ()
    seconds: float = 0.0
    prompts: tuple[str, ...] = ()
    heard: str = ""
    reason: str = ""
    why: str = ""
    clause: str = ""


def explain(route: Route, at: float, world: World) -> tuple[Line, ...]:
    """The tree of ``route``, decided for ``at`` (seconds since the epoch) in ``world``."""
    home = world.organisations.get(route.organisation)
    return tuple(_Tree(world, home, at).lines(route.plan))


@dataclass
class _Tree:
    world: World
    home: Organisation | None
    at: float

    def lines(self, step: Step, depth: int = 0, branch: str = "", digit: str = "") -> Iterator[Line]:
        match step:
            case Announce():
                yield self._line(step, What.ANNOUNCE, depth, branch, digit, step.prompts)
                yield from self.lines(step.then, depth)
            case Menu():
                yield from self._menu(step, depth, branch, digit)
            case Ring():
                yield from self._ring(step, depth, branch, digit)
            case Queue():
                yield from self._queue(step, depth, branch, digit)
            case Voicemail():
                what = What.MAILBOX if step.person else What.MESSAGE
                line = self._line(step, what, depth, branch, digit, step.prompts)
                yield replace(line, who=self._named(step.person), seconds=step.seconds)
            case HangUp():
                yield self._line(step, What.TOLD if step.told else What.DEAD, depth, branch, digit)

    def _line(
        self, step: Step, what: What, depth: int, branch: str, digit: str = "", prompts: tuple[str, ...] = ()
    ) -> Line:
        return Line(
            depth=depth,
            what=what,
            branch=branch,
            digit=digit,
            prompts=prompts,
            heard=heard(prompts, self.home, self.world, self.at),
            why=step.why,
            clause=step.clause,
        )

    def _menu(self, step: Menu, depth: int, branch: str, digit: str) -> Iterator[Line]:
        line = self._line(step, What.MENU, depth, branch, digit, step.prompts)
        yield replace(line, seconds=step.seconds * step.times)
        for option in step.options:
            yield from self.lines(option.then, depth + 1, f"chose:{option.code}", option.digit)
        same = next((option for option in step.options if option.then is step.otherwise), None)
        if same is None:
            yield from self.lines(step.otherwise, depth + 1, "chose:nothing")
        else:
            yield Line(depth=depth + 1, what=What.SAME, branch="chose:nothing", digit=same.digit)

    def _ring(self, step: Ring, depth: int, branch: str, digit: str) -> Iterator[Line]:
        line = self._line(step, What.RING, depth, branch, digit)
        rounds = [targets for targets in (step.targets, *step.more) if any(target.endpoint for target in targets)]
        if not rounds:
            yield replace(line, what=What.NO_TELEPHONE, who=self._known((step.party,) if step.party else ()))
            yield from self.lines(step.then, depth)
            return
        for n, targets in enumerate(rounds):
            who = self._known(parties(targets))
            again = line if n == 0 else replace(line, branch="unanswered", digit="")
            yield replace(again, who=who, seconds=step.seconds)
            yield Line(depth=depth + 1, what=What.PERSON, branch="answered", who=who)
        yield from self.lines(step.then, depth, "unanswered")

    def _queue(self, step: Queue, depth: int, branch: str, digit: str) -> Iterator[Line]:
        """In the queue the call's own rule holds: whom nobody answers in time leaves a message."""
        line = self._line(step, What.QUEUE, depth, branch, digit)
        rules = self.home.rules if self.home else None
        yield replace(line, seconds=rules.wait if rules else 0.0, reason=step.reason.code)
        yield Line(depth=depth + 1, what=What.OPERATOR, branch="answered")
        message = self._line(SWITCHBOARD_MAILBOX, What.MESSAGE, depth, "waited", "", SWITCHBOARD_MAILBOX.prompts)
        seconds = self.home.voicemail_seconds if self.home else 0.0
        yield replace(
            message,
            seconds=seconds,
            why=_("No operator answered in time: a message."),
            clause=rules.clause(Topic.MESSAGE_OFFER) if rules else "",
        )

    def _known(self, people: tuple[Party, ...]) -> tuple[Party, ...]:
        """With their names, which a call doesn't show of protected identities: who may read them is for the reader's page to know."""
        return tuple(
            replace(party, name=self.world.people[party.id].name) if party.id in self.world.people else party
            for party in people
        )

    def _named(self, key: str) -> tuple[Party, ...]:
        owner = self.world.people.get(key) or self.world.groups.get(key)
        return (
            () if owner is None else (Party(kind=PartyKind.PERSON, id=owner.id, name=owner.name, number=owner.number),)
        )


def parties(targets: Iterable[Target]) -> tuple[Party, ...]:
    """Whose telephones they are, each once."""
    return tuple(dict.fromkeys(target.party for target in targets if target.endpoint))


def heard(prompts: Iterable[str], home: Organisation | None, world: World, at: float) -> str:
    """What ``prompts`` say at ``at``, as text in the municipality's language. A personal greeting isn't known, and left out."""
    language = home.language if home is not None and home.language in LANGUAGES else "en"
    zone = ZoneInfo(home.time_zone if home is not None else "UTC")
    said = [
        (fragment, part)
        for item in prompts
        for fragment in expand(item, language, at, zone)
        if (part := _said(fragment, language, home, world))
    ]
    return _written([part for _fragment, part in said], [fragment.startswith("name-") for fragment, _part in said])


def _written(parts: list[str], names: list[bool]) -> str:
    """Fragments end as they are spoken; to the eye a small letter begins no sentence, and a capital one does, but for a name's."""
    text = ""
    for part, is_name in zip(parts, names, strict=True):
        if part[0].islower():
            text = text.removesuffix(".")
        elif not is_name and text.endswith(","):
            text = f"{text[:-1]}."
        text = f"{text} {part}" if text else part
    return text


def _said(fragment: str, language: str, home: Organisation | None, world: World) -> str:
    kind, _dash, key = fragment.partition("-")
    match kind:
        case "welcome":
            return home.welcome_phrase if home is not None else ""
        case "name":
            owner = world.people.get(key) or world.groups.get(key)
            return owner.name if owner is not None else texts(language)[SOMEBODY]
        case "greeting":
            return ""
    return texts(language).get(fragment, "")
