# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups of the directory as SCIM groups. Members that somebody added by hand stay, and aren't shown to the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from vaxel.directory.audit import acting
from vaxel.directory.groups import GroupPlan, change_group
from vaxel.directory.guard import guarded
from vaxel.directory.keys import row
from vaxel.directory.models import Group
from vaxel.directory.text import visible
from vaxel.exchange.models import ExternalKey, Source
from vaxel.exchange.scim import filters
from vaxel.exchange.scim.errors import GROUP, ScimError
from vaxel.exchange.scim.patch import patched
from vaxel.exchange.scim.service import Resource, by


class Groups:
    """The groups of a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.home = source.organisation

    @property
    def _keys(self) -> QuerySet[ExternalKey]:
        found = ExternalKey.objects.filter(source=self.source, group__isnull=False, gone=False)
        return found.select_related("group").prefetch_related("group__memberships__person").order_by("id")

    def _people(self) -> set[str]:
        """Keys of the source's people."""
        keys = ExternalKey.objects.filter(source=self.source, person__isnull=False)
        if not self.source.protected:
            keys = keys.filter(person__protected=False)
        return {f"p{id_}" for id_ in keys.values_list("person_id", flat=True)}

    def _resource(self, key: ExternalKey, group: Group, people: set[str]) -> Resource:
        made: Resource = {
            "schemas": [GROUP],
            "id": group.key,
            "displayName": group.name,
            "members": [
                {"value": f"p{membership.person_id}", "type": "User"}
                for membership in group.memberships.all()
                if f"p{membership.person_id}" in people
            ],
            "meta": {"resourceType": "Group", "created": key.made, "lastModified": key.changed},
        }
        return made | ({"externalId": key.extra["externalId"]} if key.extra.get("externalId") else {})

    def _key(self, id_: str) -> ExternalKey:
        found = self._keys.filter(group=row(id_, "g") or 0).first()
        if found is None:
            raise ScimError(404, f"There is no group “{id_[:60]}”.")
        return found

    def get(self, id_: str) -> Resource:
        key = self._key(id_)
        assert key.group is not None
        return self._resource(key, key.group, self._people())

    def found(self, tree: filters.Tree | None, start: int, count: int) -> tuple[int, list[Resource]]:
        people = self._people()
        all_ = [self._resource(key, key.group, people) for key in self._keys if key.group is not None]
        fitting = [one for one in all_ if tree is None or filters.fits(tree, one)]
        return len(fitting), fitting[start : start + count]

    def create(self, body: Mapping[str, Any]) -> Resource:
        name, members, external = self._read(body)
        if self._keys.filter(group__name__iexact=name).exists():
            raise ScimError(409, "There is a group with this displayName already.", "uniqueness")
        with acting(by(self.source)), guarded(self.home.pk):
            group = Group.objects.filter(organisation=self.home, name__iexact=name).first()
            made = group is None
            if group is None:
                group = Group(organisation=self.home, name=name)
                group.full_clean()
                group.save()
            key = ExternalKey.objects.create(
                source=self.source, group=group, key=external or group.key, extra={"externalId": external, "made": made}
            )
            self._write_members(group, members)
        assert key.group is not None
        return self.get(key.group.key)

    def replace(self, id_: str, body: Mapping[str, Any], check: Callable[[Resource], None]) -> Resource:
        key = self._key(id_)
        group = key.group
        assert group is not None
        check(self.get(id_))
        name, members, external = self._read(body)
        with acting(by(self.source)), guarded(self.home.pk):
            if group.name != name:
                group.name = name
                group.full_clean()
                group.save()
            self._write_members(group, members)
            if external != key.extra.get("externalId", ""):
                key.extra = {**key.extra, "externalId": external}
            key.save(update_fields=["extra", "changed"])
        return self.get(id_)

    def patch(self, id_: str, body: dict[str, Any], check: Callable[[Resource], None]) -> Resource:
        present = self.get(id_)
        check(present)
        changed = patched({name: value for name, value in present.items() if name not in ("id", "meta")}, body)
        return self.replace(id_, changed, lambda _resource: None)

    def remove(self, id_: str, check: Callable[[Resource], None]) -> None:
        """A group that the source made goes; one that was there before loses the source's members."""
        key = self._key(id_)
        group = key.group
        assert group is not None
        check(self.get(id_))
        if key.extra.get("made") and group.numbers.exists():
            told = "“%(name)s” has telephone numbers: give them another owner first."
            raise ScimError(409, told % {"name": group.name}, "mutability")
        with acting(by(self.source)), guarded(self.home.pk):
            if key.extra.get("made"):
                group.delete()
            else:
                self._write_members(group, [])
                key.delete()

    def _read(self, body: Mapping[str, Any]) -> tuple[str, list[str], str]:
        told = {name.casefold(): value for name, value in body.items()}
        name, external = told.get("displayname"), told.get("externalid")
        if not isinstance(name, str) or not visible(name):
            raise ScimError(400, "displayName is missing.", "invalidValue")
        members = told.get("members") or []
        if not isinstance(members, list) or not all(isinstance(part, dict) and "value" in part for part in members):
            raise ScimError(400, "members is a list of objects with a value each.", "invalidValue")
        keys = list(dict.fromkeys(str(part["value"]) for part in members))
        people = self._people()
        unknown = next((key for key in keys if key not in people), None)
        if unknown is not None:
            raise ScimError(400, f"There is no user “{unknown[:60]}”.", "invalidValue")
        return visible(name), keys, external[:200] if isinstance(external, str) else ""

    def _write_members(self, group: Group, members: list[str]) -> None:
        """The source's members in its order, after those added by hand; who was logged out stays so."""
        people = self._people()
        known = {f"p{membership.person_id}": membership.logged_in for membership in group.memberships.all()}
        wanted = [key for key in known if key not in people] + members
        if wanted == list(known):
            return
        plan = GroupPlan(
            members=wanted,
            logged_in=frozenset(key for key in wanted if known.get(key, True)),
            strategy=group.strategy,
            seconds=group.seconds,
            overflow=_overflow(group),
            mailbox=group.mailbox,
            pick_up=group.pick_up,
            first_day=group.first_day,
            last_day=group.last_day,
        )
        try:
            change_group(group, by(self.source), plan)
        except ValidationError as error:
            raise ScimError(409, " ".join(error.messages), "mutability") from error


def _overflow(group: Group) -> str:
    if group.overflow_group is not None:
        return group.overflow_group.key
    return group.overflow_person.key if group.overflow_person is not None else ""
