# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a SCIM source may do: with the people and groups that it keeps, and no others. Changes go the way of every import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from vaxel.directory.audit import By, Via
from vaxel.directory.hours import today_in
from vaxel.directory.keys import row
from vaxel.exchange.apply import carry_out_single
from vaxel.exchange.fields import Entry
from vaxel.exchange.known import directory, unit_paths
from vaxel.exchange.models import ExternalKey, Source
from vaxel.exchange.people import hidden_in
from vaxel.exchange.plan import Do, Options, Plan, Step, plan
from vaxel.exchange.scim import filters, users
from vaxel.exchange.scim.errors import OWN, ScimError
from vaxel.exchange.scim.patch import patched

Resource = dict[str, Any]
READ_ONLY = ("id", "meta", "groups", "schemas")


def by(source: Source) -> By:
    """Whose changes they are."""
    return By(name=source.name, via=Via.IMPORT)


class Users:
    """The people of a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.home = source.organisation
        self.today = today_in(self.home.time_zone)

    @property
    def _keys(self) -> QuerySet[ExternalKey]:
        found = ExternalKey.objects.filter(source=self.source, person__isnull=False, gone=False)
        if not self.source.protected:
            found = found.filter(person__protected=False)
        return (
            found.select_related("person__place")
            .prefetch_related("person__numbers", "person__further_functions", "person__substitutes")
            .prefetch_related("person__memberships__group")
            .order_by("id")
        )

    def _resources(self, keys: Iterable[ExternalKey]) -> list[Resource]:
        paths = unit_paths(self.home)
        hidden = frozenset() if self.source.protected else hidden_in(self.home)
        people = [(key, key.person) for key in keys if key.person is not None]
        return [self._resource(key, users.user(key, person, paths, hidden, self.today)) for key, person in people]

    @staticmethod
    def _resource(key: ExternalKey, made: Resource) -> Resource:
        return made | {"meta": {"resourceType": "User", "created": key.made, "lastModified": key.changed}}

    def _key(self, id_: str) -> ExternalKey:
        found = self._keys.filter(person=row(id_, "p") or 0).first()
        if found is None:
            raise ScimError(404, f"There is no user “{id_[:60]}”.")
        return found

    def get(self, id_: str) -> Resource:
        return self._resources([self._key(id_)])[0]

    def found(self, tree: filters.Tree | None, start: int, count: int) -> tuple[int, list[Resource]]:
        """How many there are, and those from ``start`` (0 is the first), at most ``count``."""
        if tree is None:
            return self._keys.count(), self._resources(self._keys[start : start + count])
        fitting = [one for one in self._resources(_narrowed(self._keys, tree)) if filters.fits(tree, one)]
        return len(fitting), fitting[start : start + count]

    def create(self, body: Mapping[str, Any]) -> Resource:
        entry = users.entry(body, "", self.home.country, self.today)
        self._refuse_twice(entry, None)
        known = ExternalKey.objects.filter(source=self.source, key__iexact=entry.key, person__isnull=False).first()
        if known is not None and not known.gone:
            raise ScimError(409, "There is a user with this externalId or userName already.", "uniqueness")
        made = self._carry_out(entry)
        key = self._keys.filter(key__iexact=entry.key).first()
        if key is None or made is None:
            raise ScimError(409, "The user can't be made.", "uniqueness")
        return self._resources([key])[0]

    def _refuse_twice(self, entry: Entry, own: ExternalKey | None) -> None:
        """userName is unique (RFC 7643 4.1.1)."""
        same = ExternalKey.objects.filter(
            source=self.source, person__isnull=False, gone=False, extra__userName__iexact=entry.extra["userName"]
        )
        if same.exclude(pk=own.pk if own else 0).exists():
            raise ScimError(409, "There is a user with this userName already.", "uniqueness")

    def replace(self, id_: str, body: Mapping[str, Any], check: Callable[[Resource], None]) -> Resource:
        """``check`` gets the resource as it is, before anything is changed."""
        key = self._key(id_)
        check(self._resources([key])[0])
        person = key.person
        entry = users.entry(body, key.key, self.home.country, self.today, person.last_day if person else None)
        self._refuse_twice(entry, key)
        self._carry_out(entry)
        self._keep_extra(key, entry)
        return self.get(id_)

    def patch(self, id_: str, body: dict[str, Any], check: Callable[[Resource], None]) -> Resource:
        present = self.get(id_)
        check(present)
        changed = patched({name: value for name, value in present.items() if name not in READ_ONLY}, body)
        _follow_the_name(present, changed)
        for schema, attributes in users.EXTENSIONS.items():
            # What is no longer there has been removed; in a resource that is sent whole it just isn't told.
            changed[schema] = {**dict.fromkeys(attributes, ""), **(changed.get(schema) or {})}
        self._leave_consent(self._key(id_), present, changed)
        return self.replace(id_, changed, lambda _resource: None)

    @staticmethod
    def _leave_consent(key: ExternalKey, present: Resource, changed: Resource) -> None:
        """Of a consent that the operations don't touch the source says what it said before: what she has taken back since stays so."""
        before, after = present.get(OWN) or {}, changed[OWN]
        for attribute, field in users.CONSENT_ATTRIBUTES.items():
            if (after[attribute] or "") == before.get(attribute, ""):
                if field in key.said:
                    after[attribute] = key.said[field]
                else:
                    del after[attribute]

    def remove(self, id_: str, check: Callable[[Resource], None]) -> None:
        """She leaves today, and the source doesn't know her any longer."""
        key = self._key(id_)
        check(self._resources([key])[0])
        person = key.person
        assert person is not None
        today, last = self.today.isoformat(), person.last_day.isoformat() if person.last_day else ""
        after = {} if last and last <= today else {"last_day": today}
        before = {"last_day": last} if after else {}
        step = Step(
            do=Do.LEAVE, key=key.key, name=person.name, person=person.pk, before=before, after=after, said=key.said
        )
        self._write(Plan(steps=[step], known=1))

    def _carry_out(self, entry: Entry) -> Plan | None:
        made = plan([entry], [], directory(self.source, entry), Options(protected=self.source.protected))
        if made.problems:
            raise ScimError(400, "; ".join(problem.told for problem in made.problems), "invalidValue")
        self._write(made)
        return made

    def _write(self, made: Plan) -> None:
        try:
            carry_out_single(self.source, made, by(self.source))
        except ValidationError as error:
            raise ScimError(409, " ".join(error.messages), "mutability") from error

    @staticmethod
    def _keep_extra(key: ExternalKey, entry: Entry) -> None:
        key.refresh_from_db()
        if entry.extra.items() - key.extra.items() or set(key.extra) - set(entry.extra):
            key.extra = dict(entry.extra)
            key.save(update_fields=["extra", "changed"])


def _narrowed(keys: QuerySet[ExternalKey], tree: filters.Tree) -> QuerySet[ExternalKey]:
    """What identity providers ask all the time is found by the database; the rest is looked through."""
    match tree:
        case filters.Compare("username", "eq", str(value)):
            return keys.filter(extra__userName__iexact=value)
        case filters.Compare("externalid", "eq", str(value)):
            return keys.filter(extra__externalId=value)
        case filters.Compare("id", "eq", str(value)):
            return keys.filter(person=row(value, "p") or 0)
        case filters.Both(one, _other):
            return _narrowed(keys, one)
    return keys


def _follow_the_name(before: Resource, after: Resource) -> None:
    """Who changes a part of the name, and not what is shown, means both."""
    name, shown = after.get("name"), after.get("displayName")
    if not isinstance(name, dict) or shown != before.get("displayName") or name == before.get("name"):
        return
    if name.get("formatted") == before["name"].get("formatted"):
        name["formatted"] = " ".join(str(name[part]) for part in ("givenName", "familyName") if name.get(part))
    after["displayName"] = name["formatted"] or shown
